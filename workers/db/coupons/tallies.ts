/** 券的成绩 in the database: moved by differences, read by template and by campaign. */
import type { CouponTally } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

export const addTallies = (by: readonly CouponTally[]): Statement =>
  statement(
    `INSERT INTO coupon_tallies (template_id, campaign_id, sent, revoked, used)
     WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3, v ->> 4 FROM r WHERE true
     ON CONFLICT (template_id, campaign_id) DO UPDATE SET sent = sent + excluded.sent,
       revoked = revoked + excluded.revoked, used = used + excluded.used`,
    list(
      by.map(({ templateId, campaignId, sent, revoked, used }) => [
        templateId,
        campaignId,
        sent,
        revoked,
        used,
      ]),
    ),
  );
