/** jsapi_ticket: signs pages for WeChat's browser. It is stored and refreshed like the access tokens. */
import type { Db } from '../../db/db.ts';
import type { Clock } from '../../engine/ports.ts';
import { asAccount } from '../../engine/wechat-account.ts';
import type { WechatClient } from '../../wechat/client.ts';
import { tokens, type Tokens } from './tokens.ts';
import { wechatVerdicts } from '../verdicts/wechat.ts';

type Kept = {
  readonly db: Db;
  readonly clock: Clock;
  readonly appId: string;
  readonly client: Pick<WechatClient, 'jsTicket'>;
  readonly accountTokens: Tokens;
};

/** A ticket, or why there is none. */
export function jsTicket({ db, clock, appId, client, accountTokens }: Kept) {
  const ask = asAccount(accountTokens, wechatVerdicts.tokenErrors)(client.jsTicket);
  const kept = tokens({
    db,
    clock,
    account: {
      id: `jsapi:${appId}`,
      ask: async () => {
        const answer = await ask();
        if (!answer.ok) return answer;
        const { ticket, ...reply } = answer.reply;
        return { ok: true, reply: { ...reply, token: ticket } };
      },
      // WeChat's server never reports a wrong signature; only the phone shows it.
      force: null,
    },
  });
  return async (): Promise<{ readonly ticket: string } | { readonly why: string }> => {
    const got = await kept.token(null);
    return 'token' in got ? { ticket: got.token } : { why: got.why };
  };
}
