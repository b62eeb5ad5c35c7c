/** 微信用户: who follows the account, how they came, and whether they want to hear from it. */
import type { Here } from '../here.ts';

export type Person = {
  readonly openid: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly role: 'member' | 'associate';
  readonly following: number;
};

/** `refuses`: the person switched the account's messages off, or the account put them on its blacklist. */
export type Follower = Person & {
  readonly unionid: string | null;
  readonly refuses: '' | 'person' | 'account';
  readonly followed_at: number;
  readonly came_by: string;
  readonly scene: string;
};

const columns = 'openid, name, phone, role, following';
const more = `${columns}, unionid, refuses, followed_at, came_by, scene`;

export function personOf(db: D1Database, openid: string): Promise<Follower | null> {
  return db.prepare(`SELECT ${more} FROM people WHERE openid = ?`).bind(openid).first<Follower>();
}

/** The shop's people first, then the others as they came. */
export async function listPeople(db: D1Database): Promise<readonly Person[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM people ORDER BY seat, openid LIMIT 100`)
    .all<Person>();
  return results;
}

type News = {
  readonly openid: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly unionid?: string | undefined;
  /** The parameter of the code that was scanned. */
  readonly scene?: string | undefined;
};

/** Makes the person known, following or not; what was known of them stays unless something newer is given. */
export async function setFollowing({ db, now }: Here, news: News, following: boolean): Promise<void> {
  await db
    .prepare(
      `INSERT INTO people (openid, name, phone, unionid, role, following, seat, followed_at, came_by, scene)
       VALUES (?1, ?2, ?3, ?4, 'member', ?5, ?6, ?6, ?7, ?8)
       ON CONFLICT (openid) DO UPDATE SET following = ?5, name = coalesce(?2, name), phone = coalesce(?3, phone),
         unionid = coalesce(?4, unionid),
         followed_at = iif(following < ?5, ?6, followed_at), came_by = iif(following < ?5, ?7, came_by),
         scene = iif(following < ?5, ?8, scene)`,
    )
    .bind(
      news.openid,
      news.name ?? null,
      news.phone ?? null,
      news.unionid ?? null,
      following ? 1 : 0,
      now,
      news.scene === undefined ? 'ADD_SCENE_SEARCH' : 'ADD_SCENE_QR_CODE',
      news.scene ?? '',
    )
    .run();
}

/** Makes the person known without a follow: they have only opened a page. */
export async function meet({ db, now }: Here, openid: string): Promise<void> {
  await db
    .prepare(`INSERT OR IGNORE INTO people (openid, role, following, seat) VALUES (?, 'member', 0, ?)`)
    .bind(openid, now)
    .run();
}

export async function setRefuses(
  db: D1Database,
  openid: string,
  refuses: Follower['refuses'],
): Promise<void> {
  await db.prepare('UPDATE people SET refuses = ? WHERE openid = ?').bind(refuses, openid).run();
}

/** The followers among these, as many as there are. */
export async function followersOf(
  db: D1Database,
  openids: readonly string[] | null,
): Promise<readonly Follower[]> {
  const { results } = await db
    .prepare(
      `SELECT ${more} FROM people WHERE following = 1
       AND (?1 IS NULL OR openid IN (SELECT value FROM json_each(?1))) ORDER BY seat, openid`,
    )
    .bind(openids === null ? null : JSON.stringify(openids))
    .all<Follower>();
  return results;
}
