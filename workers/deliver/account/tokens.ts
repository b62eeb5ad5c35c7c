/** access_token: read from the database, refreshed by one winner, waited for by everyone else. */
import type { Db } from '../../db/db.ts';
import { claimRefresh, endRefresh, readToken } from '../../db/shop/wechat-tokens.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Answer } from '../../engine/wechat-account.ts';
import type { Reply, TokenReply, WechatClient } from '../../wechat/client.ts';
import type { WecomClient } from '../../wechat/wecom/client.ts';

/** The account: 公众号 or an app of 企业微信. */
export type TokenAccount = {
  /** The key of its row; no two accounts share one. */
  readonly id: string;
  readonly ask: () => Promise<Answer<TokenReply>>;
  /** Forces a new token before the old one expires; null when the provider has no such call. */
  readonly force: (() => Promise<Answer<TokenReply>>) | null;
};

/** `refusal` is the provider's answer, if there was one. */
export type NoToken = { readonly why: string; readonly refusal: Reply | null };

export type Tokens = {
  /** A token other than `failed`, or why there is none. */
  readonly token: (failed: string | null) => Promise<{ readonly token: string } | NoToken>;
};

export const wechatAccount = (
  client: Pick<WechatClient, 'stableToken'>,
  account: { readonly appId: string; readonly secret: string },
): TokenAccount => ({
  id: account.appId,
  ask: () => client.stableToken({ ...account, forceRefresh: false }),
  // WeChat returns the same token until it is about to expire, so a refused token has to be replaced by force.
  force: () => client.stableToken({ ...account, forceRefresh: true }),
});

export const wecomAccount = (
  client: Pick<WecomClient, 'token'>,
  app: { readonly corpId: string; readonly secret: string; readonly agentId: number },
): TokenAccount => ({ id: `${app.corpId}/${app.agentId}`, ask: () => client.token(app), force: null });

/** A token is not used in its last minutes: a call under way must not outlive it. */
const marginMs = 5 * 60_000;
/** Longer than both calls of a refresh may take. */
const claimMs = 20_000;
const waitMs = 250;
const waitsMax = 20;

export function tokens({ db, account, clock }: { db: Db; account: TokenAccount; clock: Clock }): Tokens {
  const { id: appId } = account;

  const usable = async (failed: string | null): Promise<string | null> => {
    const stored = await readToken(db, appId);
    const isUsable = stored && stored.token !== failed && stored.expiresAt - marginMs > clock();
    return isUsable ? stored.token : null;
  };

  const refresh = async (failed: string | null, untilAt: number): ReturnType<Tokens['token']> => {
    const claim = { appId, untilAt };
    const none = async (why: string, refusal: Reply | null): Promise<NoToken> => {
      await endRefresh(db, claim, null);
      return { why: `access_token: ${why}`, refusal };
    };
    for (const ask of failed === null ? [account.ask] : [account.ask, account.force]) {
      if (ask === null) continue;
      const answer = await ask();
      if (!answer.ok) return none(`${answer.outage} ${answer.detail}`, null);
      const { token, errcode, errmsg } = answer.reply;
      if (token === null) return none(`${errcode} ${errmsg.slice(0, 120)}`, answer.reply);
      if (token.value === failed) continue;
      const expiresAt = clock() + token.expiresInSeconds * 1000;
      await endRefresh(db, claim, { token: token.value, expiresAt });
      return { token: token.value };
    }
    return none('仍返回已失效的令牌', null);
  };

  return {
    token: async (failed) => {
      for (let waits = 0; waits <= waitsMax; waits += 1) {
        const known = await usable(failed);
        if (known !== null) return { token: known };
        const now = clock();
        const untilAt = now + claimMs;
        const isMine = await claimRefresh(db, { appId, failed, runsOutBy: now + marginMs, now, untilAt });
        if (isMine) return refresh(failed, untilAt);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
      return { why: 'access_token: 等待刷新超时', refusal: null };
    },
  };
}
