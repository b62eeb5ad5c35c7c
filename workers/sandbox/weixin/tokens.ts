/** 稳定版接口调用凭据: access tokens that live for two hours, and for five minutes more beside their successor. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { wordOf } from '../plain/random.ts';
import { dayStart } from '../plain/time.ts';
import type { Call } from './endpoint.ts';
import { refusal } from './errors.ts';

const lifeMs = 7_200_000;
const overlapMs = 300_000;
const forcedPerDay = 20;
const forcedApartMs = 30_000;

const Body = z.object({
  grant_type: z.string(),
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().default(false),
});

export async function stableToken({ here, body }: Call): Promise<Response> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { grant_type: grantType, appid, secret, force_refresh: isForced } = parsed.data;
  if (grantType !== 'client_credential') return refusal(40002);
  if (appid !== here.env.WECHAT_APP_ID) return refusal(40013);
  if (secret !== here.env.WECHAT_APP_SECRET) return refusal(40125);
  const issued = await issueToken(here, isForced);
  if (issued === 'too-often') return refusal(45009);
  return Response.json({ access_token: issued.token, expires_in: issued.expiresInSeconds });
}

type Token = { value: string; issued_at: number; ends_at: number; forced: number; superseded: number };

type Issued = { readonly token: string; readonly expiresInSeconds: number } | 'too-often';

/** The same token until five minutes before its end. Forced: a new one, at most 20 a day and 30 seconds apart. */
async function issueToken(here: Here, isForced: boolean): Promise<Issued> {
  const { db, now } = here;
  const current = await db
    .prepare(
      `SELECT * FROM tokens WHERE app = 'wechat' AND superseded = 0 AND ends_at - ? >= ? ORDER BY issued_at DESC`,
    )
    .bind(now, overlapMs)
    .first<Token>();
  const justForced = current?.forced === 1 && now - current.issued_at < forcedApartMs;
  if (current !== null && (!isForced || justForced)) {
    return { token: current.value, expiresInSeconds: Math.floor((current.ends_at - now) / 1000) };
  }
  if (isForced && (await forcedToday(here)) >= forcedPerDay) return 'too-often';
  // As long as real ones, so that a column or a URL too narrow for them shows.
  const token = `98_${wordOf(102)}`;
  await db.batch([
    // Forcing twice is how a leaked token is killed: the last but one ends at once.
    db
      .prepare(
        `UPDATE tokens SET ends_at = min(ends_at, ?) WHERE app = 'wechat' AND superseded = 1 AND ? = 1`,
      )
      .bind(now, isForced ? 1 : 0),
    db
      .prepare(
        `UPDATE tokens SET superseded = 1, ends_at = min(ends_at, ?) WHERE app = 'wechat' AND superseded = 0`,
      )
      .bind(now + overlapMs),
    db
      .prepare(`INSERT INTO tokens VALUES (?, 'wechat', ?, ?, ?, 0)`)
      .bind(token, now, now + lifeMs, isForced ? 1 : 0),
  ]);
  return { token, expiresInSeconds: lifeMs / 1000 };
}

export async function checkToken({ db, now }: Here, value: string): Promise<'valid' | 'expired' | 'unknown'> {
  const token = await db
    .prepare(`SELECT * FROM tokens WHERE app = 'wechat' AND value = ?`)
    .bind(value)
    .first<Token>();
  if (token === null) return 'unknown';
  if (token.ends_at > now) return 'valid';
  return token.superseded === 1 ? 'unknown' : 'expired';
}

/** Ends every token now, as if two hours had passed. */
export async function expireTokens(db: D1Database): Promise<void> {
  await db.prepare('UPDATE tokens SET ends_at = 0').run();
}

async function forcedToday({ db, now }: Here): Promise<number> {
  const count = await db
    .prepare(`SELECT count(*) AS count FROM tokens WHERE app = 'wechat' AND forced = 1 AND issued_at >= ?`)
    .bind(dayStart(now))
    .first<number>('count');
  return count ?? 0;
}
