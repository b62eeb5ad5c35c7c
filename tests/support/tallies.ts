/** 券的成绩 of a campaign, as if it had given so many of each template: sent, revoked, used. */
import { statement, type Statement } from '../../workers/db/db.ts';

export const gaveCoupons = (
  campaignId: string,
  byTemplate: Readonly<Record<string, readonly [sent: number, revoked: number, used: number]>>,
): Statement =>
  statement(
    `INSERT INTO campaign_counters (campaign_id, used, spent_fen, coupons) VALUES (?1, 0, 0, ?2)
     ON CONFLICT (campaign_id) DO UPDATE SET coupons = excluded.coupons`,
    campaignId,
    JSON.stringify(byTemplate),
  );
