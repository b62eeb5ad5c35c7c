/** The access tokens of our accounts, stored for all isolates; the isolate that wins the claim refreshes one. */
import { rowsAt, statement, type Db } from '../db.ts';

export type StoredToken = { readonly token: string; readonly expiresAt: number };

export async function readToken(db: Db, appId: string): Promise<StoredToken | null> {
  const results = await db.batch([
    statement(
      `SELECT token, expires_at AS "expiresAt" FROM wechat_tokens WHERE app_id = ?1 AND token IS NOT NULL`,
      appId,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  return row ? { token: String(row['token']), expiresAt: Number(row['expiresAt']) } : null;
}

/**
 * True for exactly one caller. The token must still be the one that failed (or, when none failed, be running out): a token that
 * was replaced meanwhile is not replaced again.
 */
export async function claimRefresh(
  db: Db,
  claim: { appId: string; failed: string | null; runsOutBy: number; now: number; untilAt: number },
): Promise<boolean> {
  const results = await db.batch([
    statement(
      `INSERT INTO wechat_tokens (app_id, token, expires_at, refreshing_until)
       VALUES (?1, NULL, 0, CAST(?5 AS INTEGER))
       ON CONFLICT (app_id) DO UPDATE SET refreshing_until = excluded.refreshing_until
       WHERE refreshing_until <= ?4 AND (token IS NULL OR token IS ?2 OR expires_at <= ?3)
       RETURNING app_id`,
      claim.appId,
      claim.failed,
      claim.runsOutBy,
      claim.now,
      claim.untilAt,
    ),
  ]);
  return rowsAt(results, 0).length === 1;
}

/** Null releases the claim without a new token. A caller whose claim was taken over changes nothing. */
export async function endRefresh(
  db: Db,
  claim: { readonly appId: string; readonly untilAt: number },
  fresh: StoredToken | null,
): Promise<void> {
  const mine = `app_id = ?1 AND refreshing_until = ?2`;
  await db.batch([
    fresh === null
      ? statement(`UPDATE wechat_tokens SET refreshing_until = 0 WHERE ${mine}`, claim.appId, claim.untilAt)
      : statement(
          `UPDATE wechat_tokens SET token = ?3, expires_at = CAST(?4 AS INTEGER), refreshing_until = 0 WHERE ${mine}`,
          claim.appId,
          claim.untilAt,
          fresh.token,
          fresh.expiresAt,
        ),
  ]);
}
