/** 用户信息: what WeChat still says of a follower: no nickname, no picture, no sex and no place since 2021. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { personOf } from '../state/people.ts';
import type { Call } from './endpoint.ts';
import { refusal } from './errors.ts';
import { tagsOf } from './tags.ts';

const openidsMax = 100;

export async function userInfo({ here, query }: Call): Promise<Response> {
  const info = await infoOf(here, query('openid'));
  return info === null ? refusal(40003) : Response.json(info);
}

const Batch = z.object({ user_list: z.array(z.object({ openid: z.string(), lang: z.string().optional() })) });

export async function usersInfo({ here, body }: Call): Promise<Response> {
  const parsed = Batch.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { user_list: users } = parsed.data;
  if (users.length < 1 || users.length > openidsMax) return refusal(40032);
  const infos = await Promise.all(users.map(({ openid }) => infoOf(here, openid)));
  return infos.includes(null) ? refusal(40003) : Response.json({ user_info_list: infos });
}

/** Of somebody who does not follow there is nothing but that; null when nobody has this openid. */
async function infoOf({ db }: Here, openid: string) {
  const person = await personOf(db, openid);
  if (person === null) return null;
  if (person.following === 0) return { subscribe: 0, openid };
  const isNumber = /^\d{1,10}$/.test(person.scene);
  return {
    subscribe: 1,
    openid,
    language: 'zh_CN',
    subscribe_time: Math.floor(person.followed_at / 1000),
    ...(person.unionid === null ? {} : { unionid: person.unionid }),
    remark: '',
    groupid: 0,
    tagid_list: await tagsOf(db, openid),
    subscribe_scene: person.came_by,
    qr_scene: isNumber ? Number(person.scene) : 0,
    qr_scene_str: isNumber ? '' : person.scene,
  };
}
