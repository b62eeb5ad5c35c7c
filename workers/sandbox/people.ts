/** 微信用户: who follows the account, and the windows in which it may write to them freely. */

const minuteMs = 60_000;

/**
 * The user's own act opens a window: a message for 48 hours and 5 answers; a follow, a scan or a menu tap for a
 * minute and 3. A new act refills its window, it does not add to it.
 */
const windows = {
  message: { column: 'message', lastsMs: 48 * 60 * minuteMs, count: 5 },
  moment: { column: 'moment', lastsMs: minuteMs, count: 3 },
} as const;

export type Person = {
  readonly openid: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly role: 'member' | 'associate';
  readonly following: number;
};

const columns = 'openid, name, phone, role, following';

export function personOf(db: D1Database, openid: string): Promise<Person | null> {
  return db.prepare(`SELECT ${columns} FROM people WHERE openid = ?`).bind(openid).first<Person>();
}

/** The shop's people first, then the others as they came. */
export async function listPeople(db: D1Database): Promise<readonly Person[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM people ORDER BY seat, openid LIMIT 100`)
    .all<Person>();
  return results;
}

/** Makes the person known, following or not; what was known of them stays unless something newer is given. */
export async function setFollowing(
  db: D1Database,
  person: { openid: string; name?: string | undefined; phone?: string | undefined; following: boolean },
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO people (openid, name, phone, role, following, seat) VALUES (?1, ?2, ?3, 'member', ?4, ?5)
       ON CONFLICT (openid) DO UPDATE SET following = ?4, name = coalesce(?2, name), phone = coalesce(?3, phone)`,
    )
    .bind(person.openid, person.name ?? null, person.phone ?? null, person.following ? 1 : 0, Date.now())
    .run();
}

export async function openWindow(db: D1Database, openid: string, kind: keyof typeof windows): Promise<void> {
  const { column, lastsMs, count } = windows[kind];
  await db
    .prepare(`UPDATE people SET ${column}_until = ?, ${column}_left = ? WHERE openid = ?`)
    .bind(Date.now() + lastsMs, count, openid)
    .run();
}

/** Uses one answer, of the window that closes first. */
export async function useWindow(db: D1Database, openid: string): Promise<'used' | 'closed' | 'empty'> {
  const now = Date.now();
  for (const { column } of [windows.moment, windows.message]) {
    const { meta } = await db
      .prepare(
        `UPDATE people SET ${column}_left = ${column}_left - 1
         WHERE openid = ? AND ${column}_until > ? AND ${column}_left > 0`,
      )
      .bind(openid, now)
      .run();
    if (meta.changes > 0) return 'used';
  }
  const open = await db
    .prepare('SELECT 1 FROM people WHERE openid = ?1 AND (message_until > ?2 OR moment_until > ?2)')
    .bind(openid, now)
    .first();
  return open === null ? 'closed' : 'empty';
}
