/** 收回之前先看: what a campaign has given and who holds it, in figures and as a list; nothing is written. */
import type { CampaignId, GrantPlace, MemberId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { list } from '../set.ts';
import { givenBySales, givenElsewhere, holdingsOf, type Given } from './given.ts';
import { lastSaleBefore } from './takebacks.ts';

/** Rows that one look goes through; in a shop with more since the campaign began the figures say so. */
const rowsMax = 100_000;
/** No clock is further off (takebacks.ts). */
const slackMs = 86_400_000;

export type Foreseen = {
  readonly causes: number;
  readonly people: number;
  readonly points: number;
  /** Of them, what the members still have: where nothing came since, it is what will come back. */
  readonly pointsLeft: number;
  readonly coupons: number;
  readonly couponsUsed: number;
  readonly walletFen: number;
  /** Of it, what has been paid out to WeChat. */
  readonly paidFen: number;
  /** False: there are more sales than one look goes through. */
  readonly isWhole: boolean;
};

const held = `held AS MATERIALIZED (
    SELECT s.id AS sale_id, s.member_id, granted.value -> 2 AS awards
    FROM ${holdingsOf('(SELECT id, member_id, document FROM sales WHERE seq > ?2 ORDER BY seq LIMIT ?3) AS s')}
    UNION ALL SELECT NULL, g.member_id, g.awards
    FROM (SELECT * FROM grants ORDER BY cause, campaign_id LIMIT ?3) AS g WHERE g.campaign_id = ?1 AND g.times > 0),
  person AS (SELECT member_id, sum(coalesce(awards ->> 'points', 0)) AS points FROM held GROUP BY member_id)`;
const balance = `(SELECT l.balance FROM ledger AS l WHERE l.member_id = person.member_id AND l.account = 'points'
  ORDER BY l.seq DESC LIMIT 1)`;
const couponsIn = (
  state: string,
): string => `(SELECT count(*) FROM held CROSS JOIN json_each(held.awards, '$.coupons') AS given
  CROSS JOIN coupons AS c ON c.id = given.value ->> 0 WHERE c.state = '${state}')`;
const packet = `coalesce(held.awards ->> 'redPacketFen', 0)`;
const isPaid = `EXISTS (SELECT 1 FROM transfers AS t WHERE t.sale_id = held.sale_id AND t.state = 'paid')`;

export async function foresee(
  db: Db,
  { id, createdAt }: { readonly id: CampaignId; readonly createdAt: number },
): Promise<Foreseen> {
  const saleFrom = await lastSaleBefore(db, createdAt - slackMs);
  const results = await db.batch([
    statement(
      `WITH ${held} SELECT (SELECT count(*) FROM held) AS causes, (SELECT count(*) FROM person) AS people,
         (SELECT coalesce(sum(points), 0) FROM person) AS points,
         (SELECT coalesce(sum(min(points, max(0, coalesce(${balance}, 0)))), 0) FROM person) AS pointsLeft,
         ${couponsIn('issued')} AS coupons, ${couponsIn('used')} AS couponsUsed,
         (SELECT coalesce(sum(${packet}), 0) FROM held) AS walletFen,
         (SELECT coalesce(sum(${packet}), 0) FROM held WHERE ${isPaid}) AS paidFen,
         (SELECT count(*) FROM (SELECT 1 FROM sales WHERE seq > ?2 ORDER BY seq LIMIT ?3)) AS looked`,
      id,
      saleFrom,
      rowsMax,
    ),
  ]);
  const row = rowsAt(results, 0)[0] ?? {};
  const number = (name: string): number => Number(row[name] ?? 0);
  return {
    causes: number('causes'),
    people: number('people'),
    points: number('points'),
    pointsLeft: number('pointsLeft'),
    coupons: number('coupons'),
    couponsUsed: number('couponsUsed'),
    walletFen: number('walletFen'),
    paidFen: number('paidFen'),
    isWhole: number('looked') < rowsMax,
  };
}

/** One cause, as somebody reads it. */
export type Holder = {
  readonly cause: string;
  readonly orderNo: string | null;
  readonly at: number | null;
  readonly memberId: MemberId;
  readonly name: string | null;
  readonly phone: string | null;
  readonly points: number;
  readonly coupons: number;
  readonly couponsUsed: number;
  readonly walletFen: number;
};

export type HoldersPage = { readonly items: readonly Holder[]; readonly next: string | null };

/** `after` is where the page before ended: a number of a sale, or, behind all sales, a grant's place. */
export async function holders(
  db: Db,
  { id, createdAt }: { readonly id: CampaignId; readonly createdAt: number },
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<HoldersPage> {
  const size = { rowsMax: pageRowsMax, causesMax: limit };
  const place = placeIn(after);
  if (place !== null && typeof place === 'object')
    return elsewhere(db, id, { after: place, limit, before: [] });
  const saleAt = place ?? (await lastSaleBefore(db, createdAt - slackMs));
  const { given, at } = await givenBySales(db, { campaignId: id, saleAt, saleTo: lastSeq }, size);
  // What is no sale stands behind them on the same page, where there is room: nobody is led to a page of nothing.
  if (at >= lastSeq && given.length < limit)
    return elsewhere(db, id, { after: ['', ''], limit, before: given });
  return { items: await named(db, given), next: at >= lastSeq ? '["",""]' : String(at) };
}

async function elsewhere(
  db: Db,
  campaignId: CampaignId,
  {
    after,
    limit,
    before,
  }: { readonly after: GrantPlace; readonly limit: number; readonly before: readonly Given[] },
): Promise<HoldersPage> {
  const size = { rowsMax: pageRowsMax, causesMax: limit - before.length };
  const { given, at } = await givenElsewhere(db, { campaignId, grantAt: after }, size);
  return { items: await named(db, [...before, ...given]), next: at === null ? null : list(at) };
}

/** Rows that one page of the list looks through. */
const pageRowsMax = 5_000;
const lastSeq = Number.MAX_SAFE_INTEGER;

function placeIn(after: string): number | GrantPlace | null {
  if (/^\d{1,15}$/.test(after)) return Number(after);
  try {
    const place: unknown = JSON.parse(after);
    if (Array.isArray(place) && place.length === 2) return [String(place[0]), String(place[1])];
  } catch {
    // Whatever somebody typed: the list begins anew.
  }
  return null;
}

async function named(db: Db, given: readonly Given[]): Promise<Holder[]> {
  const results = await db.batch([
    statement(
      `SELECT id, name, phone FROM members WHERE id IN (SELECT value FROM json_each(?1))`,
      list(given.map(({ memberId }) => memberId)),
    ),
    statement(
      `SELECT id, order_no AS orderNo, occurred_at AS at FROM sales WHERE id IN (SELECT value FROM json_each(?1))`,
      list(given.flatMap(({ saleId }) => saleId ?? [])),
    ),
    statement(
      `SELECT id, state FROM coupons WHERE id IN (SELECT value FROM json_each(?1))`,
      list(given.flatMap(({ couponIds }) => couponIds)),
    ),
  ]);
  const byId = (at: number): Map<unknown, Row> => new Map(rowsAt(results, at).map((row) => [row['id'], row]));
  const [people, receipts, states] = [byId(0), byId(1), byId(2)];
  return given.map(({ cause, saleId, memberId, couponIds, awards }) => {
    const [person, receipt] = [people.get(memberId), receipts.get(saleId)];
    const inState = (state: string): number =>
      couponIds.filter((code) => states.get(code)?.['state'] === state).length;
    return {
      cause,
      orderNo: textOf(receipt?.['orderNo']),
      at: receipt ? Number(receipt['at']) : null,
      memberId,
      name: textOf(person?.['name']),
      phone: textOf(person?.['phone']),
      points: Number(awards['points'] ?? 0),
      coupons: inState('issued'),
      couponsUsed: inState('used'),
      walletFen: Number(awards['redPacketFen'] ?? 0),
    };
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
