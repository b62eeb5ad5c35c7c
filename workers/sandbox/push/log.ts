/** 推送记录: what was pushed to Huike and how it was taken. */
import type { Here } from '../here.ts';
import { offsetTime } from '../plain/time.ts';

const bodyLengthMax = 4000;

type Entry = { app: string; from: string; plain: string; ok: boolean; status: number; attempts: number };

export async function keep({ db, now }: Here, entry: Entry): Promise<void> {
  const body = entry.plain.slice(0, bodyLengthMax);
  await db
    .prepare('INSERT INTO pushes (app, sender, at, body, ok, status, attempts) VALUES (?, ?, ?, ?, ?, ?, ?)')
    .bind(entry.app, entry.from, now, body, entry.ok ? 1 : 0, entry.status, entry.attempts)
    .run();
}

type Row = { seq: number; app: string; sender: string; at: number; body: string; ok: number };

/** Newest first; `event` finds the pushes that name it, or that type of message. */
export async function listPushes(
  db: D1Database,
  which: { sender: string | null; event: string | null; limit: number },
) {
  const named = which.event === null ? '%' : `%<![CDATA[${which.event}]]>%`;
  const { results } = await db
    .prepare(
      `SELECT seq, app, sender, at, body, ok, status, attempts FROM pushes
       WHERE (?1 IS NULL OR sender = ?1) AND body LIKE ?2 ORDER BY seq DESC LIMIT ?3`,
    )
    .bind(which.sender, named, which.limit)
    .all<Row & { status: number; attempts: number }>();
  return results.map((row) => ({ ...row, at: offsetTime(row.at), ok: row.ok === 1 }));
}
