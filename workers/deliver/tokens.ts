/** access_token: read from the database, refreshed by one winner, waited for by everyone else. */
import type { Db } from '../db/db.ts';
import { claimRefresh, endRefresh, readToken } from '../db/wechat-tokens.ts';
import type { Clock } from '../ports.ts';
import type { WechatClient } from '../wechat/client.ts';

export type WechatAccount = { readonly appId: string; readonly secret: string };

export type Tokens = {
  /** A token that is not `failed`; or why there is none. */
  readonly token: (failed: string | null) => Promise<{ token: string } | { why: string }>;
};

/** The last minutes of a token are left alone: a call under way must not outlive it. */
const marginMs = 5 * 60_000;
const claimMs = 10_000;
const waitMs = 250;
const waitsMax = 20;

export function tokens(deps: { db: Db; client: WechatClient; account: WechatAccount; clock: Clock }): Tokens {
  const { db, client, account, clock } = deps;
  const { appId } = account;

  const usable = async (failed: string | null): Promise<string | null> => {
    const stored = await readToken(db, appId);
    const isUsable = stored && stored.token !== failed && stored.expiresAt - marginMs > clock();
    return isUsable ? stored.token : null;
  };

  const refresh = async (failed: string | null): Promise<{ token: string } | { why: string }> => {
    // WeChat hands out the same token until its end is near, so a token it no longer takes has to be forced out.
    for (const forceRefresh of failed === null ? [false] : [false, true]) {
      const answer = await client.stableToken({ ...account, forceRefresh });
      if (!answer.ok) {
        await endRefresh(db, appId, null);
        return { why: `access_token: ${answer.outage} ${answer.detail}` };
      }
      const { token, errcode, errmsg } = answer.reply;
      if (token === null) {
        await endRefresh(db, appId, null);
        return { why: `access_token: ${errcode} ${errmsg.slice(0, 120)}` };
      }
      if (token.value === failed) continue;
      await endRefresh(db, appId, {
        token: token.value,
        expiresAt: clock() + token.expiresInSeconds * 1000,
      });
      return { token: token.value };
    }
    await endRefresh(db, appId, null);
    return { why: 'access_token: 微信仍返回已失效的令牌' };
  };

  return {
    token: async (failed) => {
      for (let waits = 0; waits <= waitsMax; waits += 1) {
        const known = await usable(failed);
        if (known !== null) return { token: known };
        const now = clock();
        const runsOutBy = now + marginMs;
        const isMine = await claimRefresh(db, { appId, failed, runsOutBy, now, untilAt: now + claimMs });
        if (isMine) return refresh(failed);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
      return { why: 'access_token: 等待刷新超时' };
    },
  };
}
