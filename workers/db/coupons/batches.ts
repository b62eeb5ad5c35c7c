/** 领券批次 in the database: what the office set, how many of each came to what, and what a visitor is shown of one. */
import {
  coupons,
  couponBatches,
  couponTemplates,
  stores,
  type BatchId,
  type Coupon,
  type CouponBatch,
  type CouponTemplate,
  type IdentityKey,
  type MemberId,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, insertSet, list, selectList } from '../set.ts';
import { listNewest, readOne } from '../shop/definitions.ts';
import { placeOfCoupon } from '../members/member-lists.ts';
import type { CouponPlace } from './own-coupons.ts';

/** The database numbers it. */
export const insertBatch = (batch: CouponBatch): Statement[] => [insertSet(couponBatches, [batch], ['seq'])];

export const listBatches = (db: Db, before: NewestFirst, limit: number): Promise<CouponBatch[]> =>
  listNewest(db, couponBatches, before, limit);

export const readBatch = (db: Db, id: BatchId): Promise<CouponBatch | null> => readOne(db, couponBatches, id);

/** Which of what a batch names is not there. */
export async function missingOf(
  db: Db,
  batch: CouponBatch,
): Promise<{ template: boolean; stores: string[] }> {
  const { definition } = batch;
  const named = [
    definition.storeId,
    ...(definition.kind === 'link' ? definition.placements.map(({ storeId }) => storeId) : []),
  ].filter((id) => id !== null);
  const results = await db.batch([
    statement(`SELECT 1 AS known FROM coupon_templates WHERE id = ?1`, definition.templateId),
    statement(
      `SELECT value AS id FROM json_each(?1) WHERE value NOT IN (SELECT id FROM stores)`,
      list(new Set(named)),
    ),
  ]);
  return {
    template: rowsAt(results, 0).length === 0,
    stores: rowsAt(results, 1).map(({ id }) => String(id)),
  };
}

/** 作废: as many as were claimed are all there are. A claim that is under way meets the limit, and looks again. */
export async function endBatch(db: Db, id: BatchId, now: number): Promise<CouponBatch | null> {
  const results = await db.batch([
    statement(
      `UPDATE coupon_batches SET ended_at = CAST(?2 AS INTEGER), limit_count = claimed
       WHERE id = ?1 AND ended_at IS NULL`,
      id,
      now,
    ),
    statement(`SELECT ${selectList(couponBatches, 't')} FROM coupon_batches AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(couponBatches, rowsAt(results, 1))[0] ?? null;
}

export type ClaimedState = 'held' | 'used' | 'revoked' | 'over';

/** The SQL of a coupon's state, of a coupon as `t` at the moment `?2`. */
export const stateOfCoupon = `CASE WHEN t.state <> 'issued' THEN t.state WHEN t.valid_to <= ?2 THEN 'over' ELSE 'held' END`;

export type PlacementCount = {
  readonly placement: number | null;
  readonly state: ClaimedState;
  readonly count: number;
};

/** More than any code batch has; of a larger link the first so many are told apart. */
export const countedMax = 100_000;

/** What became of the coupons that were claimed, at each placement. */
export async function countClaims(db: Db, id: BatchId, now: number): Promise<PlacementCount[]> {
  const results = await db.batch([
    statement(
      `SELECT placement, state, count(*) AS count FROM (
         SELECT t.placement, ${stateOfCoupon} AS state FROM coupons AS t WHERE t.batch_id = ?1 LIMIT ${countedMax})
       GROUP BY placement, state`,
      id,
      now,
    ),
  ]);
  return rowsAt(results, 0).map(({ placement, state, count }) => ({
    placement: typeof placement === 'number' ? placement : null,
    // As the CASE has it.
    state: state as ClaimedState,
    count: Number(count),
  }));
}

export type Offer = {
  readonly batch: CouponBatch;
  readonly template: CouponTemplate;
  readonly storeNames: ReadonlyMap<string, string>;
  /** Null for somebody who is no member. */
  readonly memberId: MemberId | null;
  /** How many of the batch they have claimed, and the newest of these. */
  readonly used: number;
  readonly newest: CouponPlace | null;
};

/** What somebody sees who comes for a coupon. */
export async function readOffer(db: Db, id: BatchId, key: IdentityKey): Promise<Offer | null> {
  const own = `coupons AS t WHERE t.member_id = (SELECT member_id FROM identities WHERE key = ?1) AND t.batch_id = ?2`;
  const results = await db.batch([
    statement(`SELECT ${selectList(couponBatches, 't')} FROM coupon_batches AS t WHERE t.id = ?1`, id),
    statement(
      `SELECT ${selectList(couponTemplates, 't')} FROM coupon_templates AS t
       WHERE t.id = (SELECT definition ->> '$.templateId' FROM coupon_batches WHERE id = ?1)`,
      id,
    ),
    statement(`SELECT ${selectList(stores, 't')} FROM stores AS t`),
    statement(
      `SELECT member_id AS "memberId", (SELECT count(*) FROM ${own}) AS used FROM identities WHERE key = ?1`,
      key,
      id,
    ),
    statement(
      `SELECT t.issued_at AS "issuedAt", ${placeOfCoupon} AS place FROM ${own} ORDER BY t.issued_at DESC, t.id DESC LIMIT 1`,
      key,
      id,
    ),
  ]);
  const [batch] = decodeAll(couponBatches, rowsAt(results, 0));
  const [template] = decodeAll(couponTemplates, rowsAt(results, 1));
  const [who] = rowsAt(results, 3);
  const [newest] = rowsAt(results, 4);
  if (!batch || !template) return null;
  return {
    batch,
    template,
    storeNames: new Map(decodeAll(stores, rowsAt(results, 2)).map((store) => [store.id, store.name])),
    memberId: who === undefined ? null : (String(who['memberId']) as MemberId),
    used: Number(who?.['used'] ?? 0),
    newest: newest ? { issuedAt: Number(newest['issuedAt']), place: Number(newest['place']) } : null,
  };
}

/** Where its owner finds it. */
export async function placeOf(db: Db, { id }: Pick<Coupon, 'id'>): Promise<CouponPlace | null> {
  const results = await db.batch([
    statement(
      `SELECT t.issued_at AS "issuedAt", ${placeOfCoupon} AS place FROM coupons AS t WHERE t.id = ?1`,
      id,
    ),
  ]);
  const [found] = rowsAt(results, 0);
  return found ? { issuedAt: Number(found['issuedAt']), place: Number(found['place']) } : null;
}

/** The coupon that a code became, if this is its owner. */
export async function ownOfCode(db: Db, key: string, memberId: MemberId): Promise<Coupon | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(coupons, 't')} FROM coupon_codes AS c CROSS JOIN coupons AS t ON t.id = c.coupon_id
       WHERE c.id = ?1 AND t.member_id = ?2`,
      key,
      memberId,
    ),
  ]);
  return decodeAll(coupons, rowsAt(results, 0))[0] ?? null;
}
