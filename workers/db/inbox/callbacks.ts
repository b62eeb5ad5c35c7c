/** 最近的微信回调: whether WeChat speaks to us at all, and what time it believes it is. */
import { rowsAt, statement, type Db } from '../db.ts';
import { unpackBody } from './packed-body.ts';

export type NewestCallback = {
  readonly receivedAt: number;
  /** As WeChat says it; 0 when it was emptied. */
  readonly createdAt: number;
};

/** Looks back this far and no further: in a busy shop that is hours, in a quiet one years. */
const rowsLookedAt = 5_000;

export async function newestCallback(db: Db): Promise<NewestCallback | null> {
  const results = await db.batch([
    statement(
      `SELECT received_at AS "receivedAt", body FROM inbox WHERE source_id = 'wechat'
         AND seq > (SELECT coalesce(max(seq), 0) FROM inbox) - ?1 ORDER BY seq DESC LIMIT 1`,
      rowsLookedAt,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  if (!row) return null;
  const [, seconds = '0'] =
    /<CreateTime>(?:<!\[CDATA\[)?(\d{1,12})/.exec(unpackBody(String(row['body']))) ?? [];
  return { receivedAt: Number(row['receivedAt']), createdAt: Number(seconds) * 1000 };
}
