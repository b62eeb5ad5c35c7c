/** 核销记录 in the database: what was used between two instants, newest first, and its sums by day, store and who did it. */
import type { CouponId, MemberId, StoreId, TemplateId } from '../../../schema/index.ts';
import { saleCause } from '../../decide/plain/causes.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db, type Row, type Value } from '../db.ts';
import { placeOfCoupon } from '../members/member-lists.ts';
import { list } from '../set.ts';
import type { CouponAddress } from './office-coupons.ts';

/** What no index knows is looked for among so many of the days asked for; the next page goes on from there. */
const lookedMax = 2_000;
/** The newest that are added up; whoever has more asks for fewer days. */
export const countedMax = 5_000;

export type RedemptionFilter = {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** Null is every store, and what no store is known of. */
  readonly stores: readonly StoreId[] | null;
  readonly templateId: string | null;
  /** Undefined is everybody; null is nobody: the receipt itself brought it. */
  readonly by: string | null | undefined;
};

/** The last row seen: newest first. */
export type RedemptionPlace = { readonly at: number; readonly seq: number };

export type Redemption = RedemptionPlace & {
  readonly storeId: StoreId | null;
  readonly by: string | null;
  readonly offFen: number | null;
  /** Brought back since: a return, a void, or undone at the counter. */
  readonly isBack: boolean;
  readonly code: CouponId;
  readonly templateId: TemplateId;
  readonly templateName: string | null;
  readonly orderNo: string | null;
  /** Null where its owner asked to be forgotten. */
  readonly owner: (CouponAddress & { readonly name: string | null; readonly storeId: StoreId | null }) | null;
};

const inDays = `coupon_moves AS t INDEXED BY coupon_moves_used WHERE t.act = 'used' AND t.at >= ?1 AND t.at < ?2`;
const asked = `(?3 IS NULL OR t.store_id IN (SELECT value FROM json_each(?3))) AND (?4 IS NULL OR t.template_id = ?4)`;
/** Whatever was used again since, this use came back before. */
const isBack = `EXISTS (SELECT 1 FROM coupon_moves AS b WHERE b.coupon_id = t.coupon_id AND b.act = 'given-back' AND b.seq > t.seq)`;
/** A cart that used it has its receipt later. */
const receipt = `CASE WHEN t.ended_at = t.at THEN t.used_for ELSE t.cause END`;
const saleMark = saleCause('' as never).length;

const valuesOf = ({ from, to, stores, templateId }: RedemptionFilter): Value[] => [
  from,
  to,
  stores === null ? null : list(stores),
  templateId,
];

export async function listRedemptions(
  db: Db,
  filter: RedemptionFilter,
  after: RedemptionPlace,
  limit: number,
): Promise<{ readonly items: readonly Redemption[]; readonly next: RedemptionPlace | null }> {
  const { by } = filter;
  const looked = `SELECT t.seq, t.at, t.coupon_id, t.store_id, t.by, t.off_fen, t.cause, c.template_id, c.member_id, c.issued_at,
      c.used_for, c.ended_at, c.id FROM (SELECT t.* FROM ${inDays} AND (t.at, t.seq) < (?5, ?6)
      ORDER BY t.at DESC, t.seq DESC LIMIT ${lookedMax}) AS t CROSS JOIN coupons AS c ON c.id = t.coupon_id`;
  const results = await db.batch([
    statement(
      `WITH looked AS MATERIALIZED (${looked}),
       page AS MATERIALIZED (SELECT t.* FROM looked AS t WHERE ${asked} AND (?7 = 0 OR t.by IS ?8)
         ORDER BY t.at DESC, t.seq DESC LIMIT ?9)
       SELECT t.*, ${isBack} AS is_back, ${placeOfCoupon} AS place, k.definition ->> 'name' AS template_name, s.order_no,
         o.id AS owner, o.name AS owner_name, o.store_id AS owner_store,
         (SELECT count(*) FROM looked) AS looked, (SELECT min(at) FROM looked) AS last_at,
         (SELECT seq FROM looked ORDER BY at, seq LIMIT 1) AS last_seq
       FROM (SELECT 1) LEFT JOIN page AS t LEFT JOIN coupon_templates AS k ON k.id = t.template_id
         LEFT JOIN members AS o ON o.id = t.member_id AND o.deleted_at IS NULL
         LEFT JOIN sales AS s ON s.id = substr(${receipt}, ${saleMark + 1}) AND ${receipt} LIKE 'sale:%'
       ORDER BY t.at DESC, t.seq DESC`,
      ...valuesOf(filter),
      after.at,
      after.seq,
      by === undefined ? 0 : 1,
      by ?? null,
      limit + 1,
    ),
  ]);
  const rows = rowsAt(results, 0);
  const [first] = rows;
  const found = rows.filter(({ seq }) => seq !== null).map(redemptionIn);
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length > limit && last) return { items, next: { at: last.at, seq: last.seq } };
  const isMore = Number(first?.['looked']) === lookedMax;
  return {
    items,
    next: isMore ? { at: Number(first?.['last_at']), seq: Number(first?.['last_seq']) } : null,
  };
}

const textIn = (row: Row, name: string): string | null => {
  const value = row[name];
  return typeof value === 'string' ? value : null;
};

function redemptionIn(row: Row): Redemption {
  const owner = textIn(row, 'owner');
  return {
    at: Number(row['at']),
    seq: Number(row['seq']),
    storeId: textIn(row, 'store_id') as StoreId | null,
    by: textIn(row, 'by'),
    offFen: row['off_fen'] === null ? null : Number(row['off_fen']),
    isBack: row['is_back'] === 1,
    code: String(row['coupon_id']) as CouponId,
    templateId: String(row['template_id']) as TemplateId,
    templateName: textIn(row, 'template_name'),
    orderNo: textIn(row, 'order_no'),
    owner:
      owner === null
        ? null
        : {
            memberId: owner as MemberId,
            issuedAt: Number(row['issued_at']),
            place: Number(row['place']),
            name: textIn(row, 'owner_name'),
            storeId: textIn(row, 'owner_store') as StoreId | null,
          },
  };
}

export type RedemptionSum = {
  /** Which of the days asked for, from 0. */
  readonly day: number;
  readonly storeId: StoreId | null;
  readonly by: string | null;
  readonly used: number;
  readonly back: number;
  /** Of those that did not come back. */
  readonly offFen: number;
  /** Of these, how many of which nobody said what they took off. */
  readonly unsaid: number;
};

export type RedemptionSums = { readonly sums: readonly RedemptionSum[]; readonly isCut: boolean };

/** Whoever did it stands in each sum, so that it can be chosen: the filter's `by` is left to the reader. */
export async function sumRedemptions(db: Db, filter: RedemptionFilter): Promise<RedemptionSums> {
  const newest = `(SELECT t.* FROM ${inDays} ORDER BY t.at DESC, t.seq DESC LIMIT ${countedMax})`;
  const each = `SELECT t.*, c.template_id, ${isBack} AS is_back FROM ${newest} AS t CROSS JOIN coupons AS c ON c.id = t.coupon_id`;
  const results = await db.batch([
    statement(
      `SELECT CAST((t.at - ?1) / ${dayMs} AS INTEGER) AS day, t.store_id, t.by, count(*) AS used, sum(is_back) AS back,
         sum(iif(is_back, 0, coalesce(off_fen, 0))) AS off_fen, sum(NOT is_back AND off_fen IS NULL) AS unsaid
       FROM (${each}) AS t WHERE ${asked} GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3`,
      ...valuesOf(filter),
    ),
    statement(
      `SELECT count(*) AS n FROM (SELECT 1 FROM ${inDays} LIMIT ${countedMax + 1})`,
      filter.from,
      filter.to,
    ),
  ]);
  const sums = rowsAt(results, 0).map((row) => ({
    day: Number(row['day']),
    storeId: textIn(row, 'store_id') as StoreId | null,
    by: textIn(row, 'by'),
    used: Number(row['used']),
    back: Number(row['back']),
    offFen: Number(row['off_fen']),
    unsaid: Number(row['unsaid']),
  }));
  return { sums, isCut: Number(rowsAt(results, 1)[0]?.['n']) > countedMax };
}
