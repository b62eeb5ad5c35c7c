/** 柜台上的券 in the database: those that somebody holds, those that a bill has used, and what was used at the counters today. */
import {
  couponMoves,
  coupons,
  couponTemplates,
  type Coupon,
  type CouponId,
  type CouponMove,
  type CouponRef,
  type CouponTemplate,
  type MemberId,
  type StoreId,
} from '../../../schema/index.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';
import { isCoded } from './coupons.ts';

/** Of one person; whoever has more sees those that end first. */
const heldMax = 50;
/** A customer asks after what ended yesterday. */
const endedDays = 7;

export type AtCounter = {
  readonly coupons: readonly Coupon[];
  readonly standing: readonly Coupon[];
  readonly configVersion: number;
};

type Asked = {
  readonly memberId: MemberId | null;
  readonly code: CouponId | null;
  readonly ref: CouponRef;
};

/** One round trip. A coupon of somebody who asked to be forgotten is nobody's. */
export async function readAtCounter(db: Db, { memberId, code, ref }: Asked, now: number): Promise<AtCounter> {
  const results = await db.batch([
    statement(`SELECT value AS version FROM settings WHERE key = 'config_version'`),
    statement(
      `SELECT ${selectList(coupons, 't')} FROM coupons AS t WHERE t.member_id = ?1 AND t.state = 'issued'
       AND t.valid_to > ?2 ORDER BY t.valid_to, t.id LIMIT ${heldMax}`,
      memberId,
      now - endedDays * dayMs,
    ),
    statement(
      `SELECT ${selectList(coupons, 't')} FROM coupons AS t CROSS JOIN members AS o ON o.id = t.member_id
       WHERE ${isCoded('?1')} AND o.deleted_at IS NULL`,
      code,
    ),
    statement(`SELECT ${selectList(coupons, 't')} FROM coupons AS t WHERE t.used_for = ?1`, ref),
  ]);
  return {
    configVersion: Number(rowsAt(results, 0)[0]?.['version'] ?? 0),
    coupons: [...decodeAll(coupons, rowsAt(results, 1)), ...decodeAll(coupons, rowsAt(results, 2))],
    standing: decodeAll(coupons, rowsAt(results, 3)),
  };
}

export type CounterUse = {
  readonly move: CouponMove;
  readonly coupon: Coupon;
  readonly template: CouponTemplate | null;
  /** Who may not see it belongs to another store. */
  readonly storeName: string | null;
};

/** More than a counter uses in a day; the newest are shown. */
const usesMax = 200;

/** Null sees every store. */
export async function listCounterUses(
  db: Db,
  stores: readonly StoreId[] | null,
  since: number,
): Promise<CounterUse[]> {
  const among = `(SELECT value FROM json_each(?1) WHERE ?1 IS NOT NULL UNION ALL SELECT id FROM stores WHERE ?1 IS NULL)`;
  return usesBy(
    db,
    `t.act = 'used' AND t.by IS NOT NULL AND t.store_id IN ${among} AND t.at >= ?2`,
    stores === null ? null : list(stores),
    since,
  );
}

export const readCounterUse = async (db: Db, seq: number): Promise<CounterUse | null> =>
  (await usesBy(db, `t.seq = ?1 AND ?2 = 0 AND t.act = 'used' AND t.by IS NOT NULL`, seq, 0))[0] ?? null;

async function usesBy(
  db: Db,
  which: string,
  ...params: readonly [string | number | null, number]
): Promise<CounterUse[]> {
  const page = `FROM coupon_moves AS t CROSS JOIN coupons AS c ON c.id = t.coupon_id WHERE ${which}
    ORDER BY t.at DESC, t.seq DESC LIMIT ${usesMax}`;
  const results = await db.batch([
    statement(`SELECT ${selectList(couponMoves, 't')} ${page}`, ...params),
    statement(`SELECT ${selectList(coupons, 'c')} ${page}`, ...params),
    statement(
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k WHERE k.id IN (SELECT template_id FROM (SELECT c.template_id ${page}))`,
      ...params,
    ),
    statement(
      `SELECT s.id, s.name FROM stores AS s WHERE s.id IN (SELECT store_id FROM (SELECT t.store_id ${page}))`,
      ...params,
    ),
  ]);
  const held = decodeAll(coupons, rowsAt(results, 1));
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 2)).map((row) => [row.id, row]));
  const names = new Map(rowsAt(results, 3).map(({ id, name }) => [id, String(name)]));
  return decodeAll(couponMoves, rowsAt(results, 0)).flatMap((move, place) => {
    const coupon = held[place];
    if (!coupon) return [];
    const template = templates.get(coupon.templateId) ?? null;
    return [{ move, coupon, template, storeName: names.get(move.storeId) ?? null }];
  });
}
