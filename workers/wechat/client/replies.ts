/** 接口的回答: how each reply is read. A body that is not what its page says is `malformed`, never half believed. */
import * as z from 'zod';
import { plainReply, replyWith } from './call.ts';
import type { MassReply, User } from './types.ts';

const seconds = z.int().positive();
const filled = z.string().min(1);
/** Where WeChat leaves out what does not apply, or sends it empty. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text || null);

export const tokenReply = replyWith(
  'token',
  z
    .object({ access_token: filled, expires_in: seconds })
    .transform((body) => ({ value: body.access_token, expiresInSeconds: body.expires_in })),
);

export const ticketReply = replyWith(
  'ticket',
  z
    .object({ ticket: filled, expires_in: seconds })
    .transform((body) => ({ value: body.ticket, expiresInSeconds: body.expires_in })),
);

/** A permanent code has no time, or one of 0. */
export const qrReply = replyWith(
  'qr',
  z
    .object({ ticket: filled, url: filled, expire_seconds: z.int().nonnegative().nullish() })
    .transform(({ ticket, url, expire_seconds: left }) => ({ ticket, url, expiresInSeconds: left || null })),
);

export const loginReply = replyWith(
  'login',
  z
    .object({
      openid: filled,
      access_token: filled,
      unionid: optionalText,
      is_snapshotuser: z.union([z.number(), z.string(), z.boolean()]).nullish(),
    })
    .transform(({ openid, unionid, access_token: accessToken, is_snapshotuser: flag }) => ({
      openid,
      unionid,
      // Only a plain no lets a login through as a real person's.
      isSnapshot: ![undefined, null, 0, '0', '', false].includes(flag),
      accessToken,
    })),
);

const user = z
  .object({
    openid: filled,
    subscribe: z.int(),
    unionid: optionalText,
    subscribe_time: z.int().nullish(),
    subscribe_scene: optionalText,
    qr_scene: z.union([z.int(), z.string()]).nullish(),
    qr_scene_str: optionalText,
  })
  .transform((body): User => {
    const { openid, unionid } = body;
    if (body.subscribe === 0) {
      return { openid, subscribed: false, unionid, subscribedAt: null, scene: { kind: null, str: null } };
    }
    const numbered = body.qr_scene ? String(body.qr_scene) : null;
    return {
      openid,
      subscribed: true,
      unionid,
      subscribedAt: body.subscribe_time ? body.subscribe_time * 1000 : null,
      scene: { kind: body.subscribe_scene, str: body.qr_scene_str ?? numbered },
    };
  });

export const userReply = replyWith('user', user);
export const usersReply = replyWith(
  'users',
  z.object({ user_info_list: z.array(user) }).transform((body) => body.user_info_list),
);

const text = z.union([z.string(), z.number()]).default('').transform(String);

export const checkReply = replyWith(
  'check',
  z
    .object({
      dns: z.array(z.object({ ip: text, real_operator: text })),
      ping: z.array(z.object({ ip: text, from_operator: text, package_loss: text, time: text })).default([]),
    })
    .transform(({ dns, ping }) => ({
      addresses: dns.map(({ ip, real_operator: operator }) => ({ ip, operator })),
      pings: ping.map(({ ip, from_operator: operator, package_loss: packetLoss, time }) => ({
        ip,
        operator,
        packetLoss,
        time,
      })),
    })),
);

export const ipsReply = replyWith(
  'ips',
  z.object({ ip_list: z.array(filled) }).transform((body) => body.ip_list),
);

export const templatesReply = replyWith(
  'templates',
  z
    .object({ template_list: z.array(z.object({ template_id: filled, title: text, content: text })) })
    .transform((body) =>
      body.template_list.map(({ template_id: id, title, content }) => ({
        id,
        title,
        fields: [...content.matchAll(/\{\{(\w+)\.DATA\}\}/g)].map(([, name = '']) => name),
      })),
    ),
);

export const quotaReply = replyWith(
  'quota',
  z
    .object({ quota: z.object({ daily_limit: z.int(), remain: z.int() }) })
    .transform(({ quota: { daily_limit: limit, remain: left } }) => ({ limit, left })),
);

/** The id comes with the good answer and with 45065, so it does not follow the errcode. */
export const massReply = z
  .object({ msg_id: z.union([z.string(), z.int()]).nullish() })
  .loose()
  .transform((body, context): MassReply => {
    const reply = plainReply.safeParse(body);
    if (reply.success) return { ...reply.data, msgId: body.msg_id == null ? null : String(body.msg_id) };
    context.addIssue({ code: 'custom', message: 'not a reply' });
    return z.NEVER;
  });
