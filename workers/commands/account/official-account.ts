/** 公众号接口 as commands use it: calls in the shop's name, and WeChat's refusals as problems. */
import { ticketOf, type Ticket } from '../../db/shop/scenes.ts';
import type { Answer } from '../../engine/wechat-account.ts';
import type { Problem } from '../../platform/problem.ts';

type Reply = { readonly errcode: number; readonly errmsg: string };

/** `expiresInSeconds` is null for a permanent code. */
type Code = { readonly scene: string; readonly expiresInSeconds: number | null };
type CodeReply = Reply & {
  readonly qr: {
    readonly ticket: string;
    readonly url: string;
    readonly expiresInSeconds: number | null;
  } | null;
};

export type CodeMaker = { readonly createQr: (code: Code) => Promise<Answer<CodeReply>> };

/** `Menu` has the form that WeChat expects. */
export type MenuBoard<Menu> = {
  readonly createMenu: (menu: Menu) => Promise<Answer<Reply>>;
  readonly deleteMenu: () => Promise<Answer<Reply>>;
};

/** WeChat's reply when it accepted the call; a problem otherwise. */
export async function ask<Account, R extends Reply>(
  account: Account | undefined,
  call: (account: Account) => Promise<Answer<R>>,
): Promise<R | Problem> {
  if (!account) return noWechat;
  const answer = await call(account);
  if (!answer.ok) return unreachable(`${answer.outage} ${answer.detail}`);
  return answer.reply.errcode === 0 ? answer.reply : refused(answer.reply);
}

export async function makeCode(
  account: CodeMaker | undefined,
  code: Code,
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
