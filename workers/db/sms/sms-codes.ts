/** 短信验证码 in the database: requested within limits that hold under concurrency, guessed a few times at most, used once. */
import { smsAttemptsMax, smsCodes, type SmsCode, type SmsPurpose } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decode, list, rowsOf, selectList } from '../set.ts';

/** In the order in which they are reported when several are met. */
export const smsLimits = ['phoneMinute', 'phoneDay', 'openidDay', 'addressHour', 'shopHour'] as const;
export type SmsLimit = (typeof smsLimits)[number];

export type SmsCaps = Readonly<Record<SmsLimit, number>>;

/** From when each of them counts. */
export type SmsSince = { readonly minute: number; readonly hour: number; readonly day: number };

/**
 * Codes that were sent, or may have been, count. An attempt that certainly failed counts only for the network address and the
 * shop.
 */
const counts = `SELECT
    count(*) FILTER (WHERE phone_key = ?1 AND is_counted = 1 AND sent_at > ?4) AS "phoneMinute",
    count(*) FILTER (WHERE phone_key = ?1 AND is_counted = 1 AND sent_at >= ?6) AS "phoneDay",
    count(*) FILTER (WHERE openid_key = ?2 AND is_counted = 1 AND sent_at >= ?6) AS "openidDay",
    count(*) FILTER (WHERE address_key = ?3 AND sent_at > ?5) AS "addressHour",
    count(*) FILTER (WHERE sent_at > ?5) AS "shopHour"
  FROM sms_codes`;

const columns =
  'phone_key, sent_at, id, purpose, openid_key, address_key, code_key, expires_at, attempts, is_counted';

/** Stores the code if no limit is met, in the statement that counts; otherwise says which one is. */
export async function reserveCode(
  db: Db,
  code: SmsCode,
  caps: SmsCaps,
  since: SmsSince,
): Promise<{ readonly met: SmsLimit | null }> {
  const { phoneKey, openidKey, addressKey } = code;
  const about = [phoneKey, openidKey, addressKey, since.minute, since.hour, since.day] as const;
  const row = [
    phoneKey,
    code.sentAt,
    code.id,
    code.purpose,
    openidKey,
    addressKey,
    code.codeKey,
    code.expiresAt,
  ];
  const isBelow = smsLimits.map((limit) => `c."${limit}" < ${caps[limit]}`).join(' AND ');
  const results = await db.batch([
    // Nothing older is ever asked for: limits look back a day, and codes live for minutes.
    statement(`DELETE FROM sms_codes WHERE sent_at < ?1`, Math.min(since.hour, since.day)),
    statement(counts, ...about),
    statement(
      `INSERT INTO sms_codes (${columns}) WITH ${rowsOf('?7')}
       SELECT ${row.map((_, place) => `v ->> ${place}`).join(', ')}, 0, 1 FROM r CROSS JOIN (${counts}) AS c
       WHERE ${isBelow} RETURNING id`,
      ...about,
      list([row]),
    ),
  ]);
  if (rowsAt(results, 2).length > 0) return { met: null };
  const [counted] = rowsAt(results, 1);
  const met = smsLimits.find((limit) => Number(counted?.[limit]) >= caps[limit]);
  if (met === undefined) throw new Error('a code was refused, and no limit says why');
  return { met };
}

/** It was certainly not sent: the day is not charged, and nobody has the code. */
export async function uncountCode(db: Db, { phoneKey, id }: SmsCode): Promise<void> {
  await db.batch([
    statement(
      `UPDATE sms_codes SET is_counted = 0, expires_at = sent_at WHERE phone_key = ?1 AND id = ?2`,
      phoneKey,
      id,
    ),
  ]);
}

/** Charges one guess to the newest valid code and returns it for comparison; null when there is none. */
export async function takeGuess(
  db: Db,
  about: { readonly phoneKey: string; readonly openidKey: string; readonly purpose: SmsPurpose },
  now: number,
): Promise<SmsCode | null> {
  const results = await db.batch([
    statement(
      `UPDATE sms_codes SET attempts = attempts + 1 WHERE phone_key = ?1 AND attempts < ${smsAttemptsMax}
       AND id = (SELECT id FROM sms_codes WHERE phone_key = ?1 AND openid_key = ?2 AND purpose = ?3
         AND expires_at > ?4 ORDER BY sent_at DESC LIMIT 1)
       RETURNING ${selectList(smsCodes, 'sms_codes')}`,
      about.phoneKey,
      about.openidKey,
      about.purpose,
      now,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  return row ? decode(smsCodes, row) : null;
}

export async function burnCode(db: Db, { phoneKey, id }: SmsCode, now: number): Promise<void> {
  await db.batch([
    statement(
      `UPDATE sms_codes SET used_at = coalesce(used_at, CAST(?3 AS INTEGER)) WHERE phone_key = ?1 AND id = ?2`,
      phoneKey,
      id,
      now,
    ),
  ]);
}

/** Limits look back one day, so older rows are deleted. */
export const forgetCodes = (before: number): Statement =>
  statement(`DELETE FROM sms_codes WHERE sent_at < ?1`, before);
