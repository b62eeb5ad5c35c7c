/** jsapi_ticket: what pages are signed with for WeChat's browser, kept and refreshed by one winner as the access tokens are. */
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

/** A ticket; or why there is none. */
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
      // WeChat does not say that a signature was wrong; only the phone does.
      force: null,
    },
  });
  return async (): Promise<{ readonly ticket: string } | { readonly why: string }> => {
    const got = await kept.token(null);
    return 'token' in got ? { ticket: got.token } : { why: got.why };
  };
}
