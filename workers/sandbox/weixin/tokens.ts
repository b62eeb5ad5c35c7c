/** 稳定版接口调用凭据: access tokens that live for two hours, and for five minutes more beside their successor. */
import { dayStart } from '../time.ts';

const lifeMs = 7_200_000;
const overlapMs = 300_000;
const forcedPerDay = 20;
const forcedApartMs = 30_000;

type Token = { value: string; issued_at: number; ends_at: number; forced: number; superseded: number };

export type Issued = { readonly token: string; readonly expiresInSeconds: number } | 'too-often';

/** The same token until five minutes before its end. Forced: a new one, at most 20 a day and 30 seconds apart. */
export async function issueToken(db: D1Database, isForced: boolean): Promise<Issued> {
  const now = Date.now();
  const current = await db
    .prepare('SELECT * FROM tokens WHERE superseded = 0 AND ends_at - ? >= ? ORDER BY issued_at DESC')
    .bind(now, overlapMs)
    .first<Token>();
  const justForced = current?.forced === 1 && now - current.issued_at < forcedApartMs;
  if (current !== null && (!isForced || justForced)) {
    return { token: current.value, expiresInSeconds: Math.floor((current.ends_at - now) / 1000) };
  }

  if (isForced && (await forcedToday(db, now)) >= forcedPerDay) return 'too-often';
  const token = newToken();
  await db.batch([
    // Forcing twice is how a leaked token is killed: the last but one ends at once.
    db
      .prepare('UPDATE tokens SET ends_at = min(ends_at, ?) WHERE superseded = 1 AND ? = 1')
      .bind(now, isForced ? 1 : 0),
    db
      .prepare('UPDATE tokens SET superseded = 1, ends_at = min(ends_at, ?) WHERE superseded = 0')
      .bind(now + overlapMs),
    db.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, 0)').bind(token, now, now + lifeMs, isForced ? 1 : 0),
  ]);
  return { token, expiresInSeconds: lifeMs / 1000 };
}

export async function checkToken(db: D1Database, value: string): Promise<'valid' | 'expired' | 'unknown'> {
  const token = await db.prepare('SELECT * FROM tokens WHERE value = ?').bind(value).first<Token>();
  if (token === null) return 'unknown';
  if (token.ends_at > Date.now()) return 'valid';
  return token.superseded === 1 ? 'unknown' : 'expired';
}

/** Ends every token now, as if two hours had passed. */
export async function expireTokens(db: D1Database): Promise<void> {
  await db.prepare('UPDATE tokens SET ends_at = min(ends_at, ?)').bind(Date.now()).run();
}

async function forcedToday(db: D1Database, now: number): Promise<number> {
  const count = await db
    .prepare('SELECT count(*) AS count FROM tokens WHERE forced = 1 AND issued_at >= ?')
    .bind(dayStart(now))
    .first<number>('count');
  return count ?? 0;
}

/** As long and as odd as real ones, so that a column or a URL too narrow for them shows. */
function newToken(): string {
  const random = crypto.getRandomValues(new Uint8Array(102));
  const base64 = btoa(Array.from(random, (byte) => String.fromCharCode(byte)).join(''));
  return `98_${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}
