/** 站外消息: what came by another way than the official account: WeCom, and short messages to a phone number. */
import type { Here } from '../here.ts';
import { offsetTime } from '../plain/time.ts';

export type Channel = 'wecom' | 'wecom-customer' | 'sms';

export type NewLetter = {
  readonly channel: Channel;
  readonly recipient: string;
  readonly kind: string;
  readonly text: string;
  readonly data: unknown;
  readonly msgid: string;
  /** The same for the same content, so that a repetition can be told. */
  readonly digest?: string;
};

export async function post({ db, now }: Here, letter: NewLetter): Promise<void> {
  const { channel, recipient, kind, text, data, msgid, digest = '' } = letter;
  await db
    .prepare(
      `INSERT INTO letters (channel, recipient, at, kind, text, data, msgid, digest)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .bind(channel, recipient, now, kind, text, JSON.stringify(data), msgid, digest)
    .run();
}

/** How many of this kind came since; of every kind when there is none. */
export async function countSince(
  { db }: Here,
  which: { channel: Channel; recipient: string; since: number; kind?: string },
): Promise<number> {
  const count = await db
    .prepare(
      `SELECT count(*) AS count FROM letters
       WHERE channel = ?1 AND recipient = ?2 AND at > ?3 AND (?4 IS NULL OR kind = ?4)`,
    )
    .bind(which.channel, which.recipient, which.since, which.kind ?? null)
    .first<number>('count');
  return count ?? 0;
}

/** The number under which the same was sent since; null when it was not. */
export function sentAs({ db }: Here, digest: string, since: number): Promise<string | null> {
  return db
    .prepare('SELECT msgid FROM letters WHERE digest = ? AND at > ? ORDER BY seq DESC')
    .bind(digest, since)
    .first<string>('msgid');
}

/** Newest first; to everybody when nobody is named. */
export async function listLetters(
  db: D1Database,
  which: { channels: readonly Channel[]; recipient: string | null; limit: number },
) {
  const { results } = await db
    .prepare(
      `SELECT seq, channel, recipient, at, kind, text, data, msgid FROM letters
       WHERE channel IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR recipient = ?2)
       ORDER BY seq DESC LIMIT ?3`,
    )
    .bind(JSON.stringify(which.channels), which.recipient, which.limit)
    .all<{ at: number; data: string; [name: string]: unknown }>();
  return results.map((row) => {
    const data: unknown = JSON.parse(row.data);
    return { ...row, at: offsetTime(row.at), data };
  });
}
