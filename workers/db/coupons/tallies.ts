/** 券的成绩 in the database: moved by differences, read by template and by campaign. */
import type { CampaignId, CouponTally, TemplateId } from '../../../schema/index.ts';
import type { Tally } from '../../decide/coupons/tally.ts';
import { rowsAt, statement, type Db, type Row, type Statement } from '../db.ts';
import { list, rowsOf } from '../set.ts';

export const addTallies = (by: readonly CouponTally[]): Statement =>
  statement(
    `INSERT INTO coupon_tallies (template_id, sent, revoked, used)
     WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3 FROM r WHERE true
     ON CONFLICT (template_id) DO UPDATE SET sent = sent + excluded.sent,
       revoked = revoked + excluded.revoked, used = used + excluded.used`,
    list(by.map(({ templateId, sent, revoked, used }) => [templateId, sent, revoked, used])),
  );

/** What stands in a campaign's counter, template by template, with the differences of `v ->> 3`; as it is where there are none. */
export const couponsMoved = `CASE WHEN v ->> 3 IS NULL THEN coupons ELSE (
  SELECT json_group_object(template, json_array(sent, revoked, used)) FROM (
    SELECT e.key AS template, sum(e.value ->> 0) AS sent, sum(e.value ->> 1) AS revoked, sum(e.value ->> 2) AS used
    FROM (SELECT key, value FROM json_each(coalesce(campaign_counters.coupons, '{}'))
      UNION ALL SELECT key, value FROM json_each(v ->> 3)) AS e GROUP BY 1)) END`;

const daysDroppedMax = 1_000;

/** 每日发放: what no decision looks at any more; how many were sent altogether is in the tallies. */
export const forgetCouponDays = (before: string): Statement =>
  statement(
    `DELETE FROM coupon_days WHERE (template_id, day_on) IN (SELECT d.template_id, d.day_on FROM coupon_days AS d WHERE d.day_on < ?1 LIMIT ${daysDroppedMax})`,
    before,
  );

/** How many of its stock are out, and how many of today's. */
export async function templateUse(
  db: Db,
  id: TemplateId,
  today: string,
): Promise<{ readonly issued: number; readonly today: number }> {
  const results = await db.batch([
    statement(
      `SELECT (SELECT issued FROM coupon_template_counters WHERE template_id = ?1) AS issued,
         (SELECT issued FROM coupon_days WHERE template_id = ?1 AND day_on = ?2) AS today`,
      id,
      today,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  return { issued: Number(row?.['issued'] ?? 0), today: Number(row?.['today'] ?? 0) };
}

const sums = `coalesce(sum(t.sent), 0) AS sent, coalesce(sum(t.revoked), 0) AS revoked, coalesce(sum(t.used), 0) AS used`;

/** What campaigns gave, template by template; of campaigns there are few. */
const given = `SELECT g.campaign_id, e.key AS template_id, e.value ->> 0 AS sent, e.value ->> 1 AS revoked, e.value ->> 2 AS used
  FROM campaign_counters AS g, json_each(g.coupons) AS e`;
const tallied = {
  template: `SELECT template_id AS id, sent, revoked, used FROM coupon_tallies WHERE template_id IN (SELECT value FROM json_each(?1))
    UNION ALL SELECT template_id, sent, revoked, used FROM (${given}) WHERE template_id IN (SELECT value FROM json_each(?1))`,
  campaign: `SELECT campaign_id AS id, sent, revoked, used FROM (${given} WHERE g.campaign_id IN (SELECT value FROM json_each(?1)))`,
};

/** Of each template, whatever gave it; of each campaign, all its templates together. */
export async function talliesBy(
  db: Db,
  by: 'template' | 'campaign',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Tally>> {
  const results = await db.batch([
    statement(`SELECT t.id, ${sums} FROM (${tallied[by]}) AS t GROUP BY 1`, list(ids)),
  ]);
  return new Map(rowsAt(results, 0).map((row) => [String(row['id']), tallyIn(row)]));
}

const tallyIn = (row: Row): Tally => ({
  sent: Number(row['sent']),
  revoked: Number(row['revoked']),
  used: Number(row['used']),
});

/** The other end of the pair, by its name where it still has one. */
export type NamedTally = { readonly id: string; readonly name: string | null; readonly tally: Tally };

/** Of one template or campaign; those that sent most. */
const namedMax = 200;

/** 券在每个活动: what each campaign made of a template; an empty id is whatever no campaign gave. */
export const talliesOfTemplate = (db: Db, id: TemplateId): Promise<NamedTally[]> =>
  namedTallies(
    db,
    `SELECT t.campaign_id AS id, (SELECT c.definition ->> 'name' FROM campaigns AS c WHERE c.id = t.campaign_id AND c.in_force_to IS NULL) AS name,
       t.sent, t.revoked, t.used
     FROM (SELECT * FROM (${given}) WHERE template_id = ?1
       UNION ALL SELECT '', template_id, sent, revoked, used FROM coupon_tallies WHERE template_id = ?1) AS t`,
    id,
  );

/** 活动的每种券. */
export const talliesOfCampaign = (db: Db, id: CampaignId): Promise<NamedTally[]> =>
  namedTallies(
    db,
    `SELECT t.template_id AS id, (SELECT k.definition ->> 'name' FROM coupon_templates AS k WHERE k.id = t.template_id) AS name,
       t.sent, t.revoked, t.used
     FROM (${given} WHERE g.campaign_id = ?1) AS t`,
    id,
  );

async function namedTallies(db: Db, named: string, id: string): Promise<NamedTally[]> {
  const results = await db.batch([statement(`${named} ORDER BY t.sent DESC, 1 LIMIT ${namedMax}`, id)]);
  return rowsAt(results, 0).map((row) => ({
    id: String(row['id']),
    name: typeof row['name'] === 'string' ? row['name'] : null,
    tally: tallyIn(row),
  }));
}
