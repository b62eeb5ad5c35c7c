/** 营销短信同意: given and withdrawn by the member, whenever they like. */
import { smsConsents, type SmsConsent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

/** Agreeing again does not give back what was sent already. */
export const agreeToSms = (memberId: string, now: number): Statement =>
  statement(
    `INSERT INTO sms_consents (member_id, agreed_at, withdrawn_at, sent_at) VALUES (?1, CAST(?2 AS INTEGER), NULL, '[]')
     ON CONFLICT (member_id) DO UPDATE SET agreed_at = excluded.agreed_at, withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL`,
    memberId,
    now,
  );

export const withdrawSms = (memberId: string, now: number): Statement =>
  statement(
    `UPDATE sms_consents SET withdrawn_at = CAST(?2 AS INTEGER) WHERE member_id = ?1 AND withdrawn_at IS NULL`,
    memberId,
    now,
  );

/** Null where they were never asked, or never agreed. */
export async function readSmsConsent(db: Db, memberId: string): Promise<SmsConsent | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(smsConsents, 't')} FROM sms_consents AS t WHERE t.member_id = ?1`,
      memberId,
    ),
  ]);
  return decodeAll(smsConsents, rowsAt(results, 0))[0] ?? null;
}
