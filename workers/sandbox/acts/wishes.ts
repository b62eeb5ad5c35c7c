/** 用户的意愿: agrees to notices, switches messages off, takes back what was authorised, or leaves WeChat. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { Here, SandboxApp } from '../here.ts';
import { meet, personOf, setFollowing, setRefuses } from '../state/people.ts';
import { report, tell } from '../push/account.ts';
import { Delivery } from '../push/push.ts';
import { addConsent, dropConsents } from '../weixin/send-subscription.ts';
import { closeWindows } from '../state/windows.ts';
import { Openid, act } from './act.ts';

/** These events come from the platform's own account; whom they are about stands inside. */
const platform = 'oPlatformPushAccount00000000';

const Answer = Delivery.extend({
  openid: Openid,
  templateId: z.string().min(1),
  accept: z.boolean(),
  /** `settings`: in the list of all notices, later, where only a refusal is told. */
  where: z.enum(['popup', 'settings']).default('popup'),
});
const Revoke = Delivery.extend({
  openid: Openid,
  /** 201 地址 202 发票 203 卡券 204 麦克风 205 昵称头像 206 位置 207 图片或视频. */
  info: z.union([z.string(), z.int().transform(String)]).pipe(z.string().regex(/^20[1-7]$/)),
});
const Block = z.object({ openid: Openid, by: z.enum(['person', 'account', '']).default('person') });

export const wishes = new Hono<SandboxApp>();

wishes.post(
  '/subscribe-answer',
  act(Answer, async (here, given) => {
    const { openid, templateId, accept, where } = given;
    await meet(here, openid);
    if (accept) await addConsent(here.db, openid, templateId);
    else await dropConsents(here.db, openid, templateId);
    if (accept && where === 'settings') return { ok: true, status: 0, attempts: 0 };
    const said = { TemplateId: templateId, SubscribeStatusString: accept ? 'accept' : 'reject' };
    const List = where === 'popup' ? { ...said, PopupScene: 1 } : said;
    // The change is wrapped in the other event's element: WeChat's own sample has it so.
    const Event = where === 'popup' ? 'subscribe_msg_popup_event' : 'subscribe_msg_change_event';
    const fields = { MsgType: 'event', Event, SubscribeMsgPopupEvent: { List } };
    return report(await tell(here, openid, fields, given));
  }),
);

/** Whoever switched the messages off still follows: what is sent to them is accepted and does not arrive. */
wishes.post(
  '/block',
  act(Block, async ({ db }, { openid, by }) => {
    await setRefuses(db, openid, by);
    return { ok: true };
  }),
);

wishes.post(
  '/revoke',
  act(Revoke, async (here, given) => {
    const fields = { ...(await aboutOf(here, given.openid)), RevokeInfo: given.info };
    return report(await tellOf(here, 'user_authorization_revoke', fields, given));
  }),
);

wishes.post(
  '/cancel-account',
  act(Delivery.extend({ openid: Openid }), async (here, given) => {
    const { openid } = given;
    const fields = await aboutOf(here, openid);
    await setFollowing(here, { openid }, false);
    await closeWindows(here, openid);
    return report(await tellOf(here, 'user_authorization_cancellation', fields, given));
  }),
);

async function aboutOf({ db, env }: Here, openid: string) {
  const unionid = (await personOf(db, openid))?.unionid ?? null;
  return { OpenID: openid, AppID: env.WECHAT_APP_ID, ...(unionid === null ? {} : { UnionID: unionid }) };
}

const tellOf = (here: Here, event: string, fields: Readonly<Record<string, string>>, delivery: Delivery) =>
  tell(here, platform, { MsgType: 'event', Event: event, ...fields }, delivery);
