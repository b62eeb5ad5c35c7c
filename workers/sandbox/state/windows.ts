/** 下发条数: the windows in which the account may write freely (wechat.md §4.3). */
import type { Here } from '../here.ts';
import { minuteMs } from '../plain/time.ts';

/** A person's own act opens one. The same act again fills it up to its count, and adds nothing to what was left. */
const windows = {
  say: { lastsMs: 48 * 60 * minuteMs, count: 5 },
  click: { lastsMs: minuteMs, count: 3 },
  follow: { lastsMs: minuteMs, count: 3 },
  scan: { lastsMs: minuteMs, count: 3 },
} as const;
export type Window = keyof typeof windows;

export async function openWindow({ db, now }: Here, openid: string, kind: Window): Promise<void> {
  const { lastsMs, count } = windows[kind];
  await db
    .prepare('INSERT OR REPLACE INTO windows (openid, kind, until, remaining) VALUES (?, ?, ?, ?)')
    .bind(openid, kind, now + lastsMs, count)
    .run();
}

/** Uses one answer, of the window that closes first. */
export async function useWindow({ db, now }: Here, openid: string): Promise<'used' | 'closed' | 'empty'> {
  const { meta } = await db
    .prepare(
      `UPDATE windows SET remaining = remaining - 1 WHERE openid = ?1 AND remaining > 0 AND kind = (
         SELECT kind FROM windows WHERE openid = ?1 AND until > ?2 AND remaining > 0 ORDER BY until, kind LIMIT 1)`,
    )
    .bind(openid, now)
    .run();
  if (meta.changes > 0) return 'used';
  const isOpen = await db
    .prepare('SELECT 1 FROM windows WHERE openid = ? AND until > ?')
    .bind(openid, now)
    .first();
  return isOpen === null ? 'closed' : 'empty';
}

/** Who leaves takes their windows along. */
export async function closeWindows({ db }: Here, openid: string): Promise<void> {
  await db.prepare('DELETE FROM windows WHERE openid = ?').bind(openid).run();
}

export async function listWindows({ db, now }: Here, openid: string): Promise<readonly unknown[]> {
  const { results } = await db
    .prepare('SELECT kind, until, remaining FROM windows WHERE openid = ? AND until > ? ORDER BY until, kind')
    .bind(openid, now)
    .all();
  return results;
}
