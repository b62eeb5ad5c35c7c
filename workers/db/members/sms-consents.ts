/** 营销短信同意: given and withdrawn by the member, whenever they like. */
import { statement, type Statement } from '../db.ts';

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
