/** 公众号接口 as the API uses it: asked in the shop's name, and what WeChat says when it will not. */
import { ticketOf, type Ticket } from '../../db/shop/scenes.ts';
import type { Problem } from '../../platform/problem.ts';
import type { WechatClient } from '../../wechat/client.ts';
import type { Answer, Asked } from '../../engine/wechat-account.ts';

export type OfficialAccount = {
  readonly [Name in 'createQr' | 'createMenu' | 'deleteMenu']: Asked<WechatClient[Name]>;
};

type Reply = { readonly errcode: number; readonly errmsg: string };

/** Of every call that asks WeChat. */
export const accountRefusals = { 409: ['wechat_refused'], 503: ['no_wechat', 'wechat_unreachable'] } as const;

/** The reply of a call that WeChat took; a problem otherwise. */
export async function ask<R extends Reply>(
  account: OfficialAccount | undefined,
  call: (account: OfficialAccount) => Promise<Answer<R>>,
): Promise<R | Problem> {
  if (!account) return noWechat;
  const answer = await call(account);
  if (!answer.ok) return unreachable(`${answer.outage} ${answer.detail}`);
  return answer.reply.errcode === 0 ? answer.reply : refused(answer.reply);
}

/** A code for a scene; null lasts for ever. */
export async function makeCode(
  account: OfficialAccount | undefined,
  code: { readonly scene: string; readonly expiresInSeconds: number | null },
  now: number,
): Promise<Ticket | Problem> {
  const reply = await ask(account, ({ createQr }) => createQr(code));
  if ('code' in reply) return reply;
  if (reply.qr === null) throw new Error('WeChat took the call and gave no code');
  return ticketOf(reply.qr, now);
}

const noWechat: Problem = {
  status: 503,
  code: 'no_wechat',
  detail: 'this deployment has no official account; set WECHAT_APP_ID and WECHAT_APP_SECRET',
};

const retryAfterSeconds = 30;

const unreachable = (why: string): Problem => ({
  status: 503,
  code: 'wechat_unreachable',
  detail: `WeChat did not answer (${why}); send it again`,
  retryAfterSeconds,
});

const refused = ({ errcode, errmsg }: Reply): Problem => ({
  status: 409,
  code: 'wechat_refused',
  detail: `WeChat refused: ${errcode} ${errmsg}`,
  numbers: { errcode },
});
