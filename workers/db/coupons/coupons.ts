/** 券 in the database for whoever asks at a till: one with its steps, and those that a member or a cart brings along. */
import {
  couponMoves,
  couponTemplates,
  coupons,
  products,
  type Coupon,
  type CouponId,
  type CouponMove,
  type IdentityKey,
  type MemberId,
  type Product,
  type Sku,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';
import { headsIn } from '../documents/member-documents.ts';
import { heldIn } from '../stored/stored-value.ts';
import { ofMember, type HeldCoupon } from '../members/member-lists.ts';
import { emptyHead, type Head } from '../../decide/money/lots.ts';
import { momentLength } from '../../decide/coupons/issue-coupon.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Parts } from '../../decide/stored/parts.ts';

/** Of one person. Whoever has more sees those that end first. */
const couponsMax = 100;
/** A customer asks after what ended yesterday. */
const endedDays = 7;
/** A coupon is locked and let go again as often as a till likes. */
const movesMax = 100;

const isKnown = `EXISTS (SELECT 1 FROM members AS o WHERE o.id = t.member_id AND o.deleted_at IS NULL)`;

/** The SQL of the coupon, as `t`, that has a code now: one that was passed on is not found under the one it had before. */
export const isCoded = (code: string): string => `(t.id = ${code} AND t.code IS NULL OR t.code = ${code})`;

export type CouponLife = HeldCoupon & {
  /** The oldest first. */
  readonly moves: readonly CouponMove[];
};

/** By its code. */
export const readCoupon = (db: Db, code: CouponId): Promise<CouponLife | null> =>
  readLife(db, isCoded('?1'), code);

/** By its row, whatever its code has become. */
export const readCouponRow = (db: Db, id: CouponId): Promise<CouponLife | null> =>
  readLife(db, 't.id = ?1', id);

/** By the link that it was passed on with, or is on its way with. */
export const readPassed = (db: Db, passId: string): Promise<CouponLife | null> =>
  readLife(db, 't.pass_id = ?1', passId);

async function readLife(db: Db, which: string, named: string): Promise<CouponLife | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(coupons, 't')} FROM coupons AS t WHERE ${which} AND ${isKnown}`, named),
    statement(
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k
       WHERE k.id = (SELECT t.template_id FROM coupons AS t WHERE ${which})`,
      named,
    ),
    statement(
      `SELECT ${selectList(couponMoves, 'm')} FROM coupon_moves AS m
       WHERE m.coupon_id = (SELECT t.id FROM coupons AS t WHERE ${which}) ORDER BY m.seq DESC LIMIT ?2`,
      named,
      movesMax,
    ),
  ]);
  const [coupon] = decodeAll(coupons, rowsAt(results, 0));
  const [template = null] = decodeAll(couponTemplates, rowsAt(results, 1));
  const moves = decodeAll(couponMoves, rowsAt(results, 2)).toReversed();
  return coupon ? { coupon, template, moves } : null;
}

/** Of a member, those whose codes end so. */
export async function couponsWith(db: Db, id: MemberId, secrets: readonly string[]): Promise<HeldCoupon[]> {
  const found = `coupons AS t WHERE t.member_id = (SELECT id FROM s)
    AND substr(t.id, ${momentLength} + 1) IN (SELECT value FROM json_each(?2))`;
  const results = await db.batch([
    ofMember(id, `SELECT ${selectList(coupons, 't')} FROM ${found} ORDER BY t.id`, list(secrets)),
    ofMember(
      id,
      `SELECT ${selectList(couponTemplates, 'k')} FROM coupon_templates AS k WHERE k.id IN (SELECT t.template_id FROM ${found})`,
      list(secrets),
    ),
  ]);
  const templates = new Map(decodeAll(couponTemplates, rowsAt(results, 1)).map((row) => [row.id, row]));
  return decodeAll(coupons, rowsAt(results, 0)).map((coupon) => ({
    coupon,
    template: templates.get(coupon.templateId) ?? null,
  }));
}

export type Brought = {
  /** Null where nobody is named, or nobody has these numbers. */
  readonly memberId: MemberId | null;
  /** Templates may have been drawn up since the configuration at hand was read. */
  readonly configVersion: number;
  readonly coupons: readonly Coupon[];
  /** 积分 and 储值 of the member. */
  readonly points: Head;
  readonly held: Parts;
  readonly products: ReadonlyMap<Sku, Product>;
};

export type Bringing = {
  /** Strongest first. */
  readonly keys: readonly IdentityKey[];
  readonly codes: readonly CouponId[];
  readonly skus: readonly string[];
};

/** One round trip. */
export async function readBrought(db: Db, { keys, codes, skus }: Bringing, now: number): Promise<Brought> {
  const whose = `(SELECT i.member_id FROM json_each(?1) AS j CROSS JOIN identities AS i ON i.key = j.value
    ORDER BY j.key LIMIT 1)`;
  const results = await db.batch([
    statement(
      `SELECT ${whose} AS id, (SELECT m.document FROM members AS m WHERE m.id = ${whose}) AS document,
       (SELECT value FROM settings WHERE key = 'config_version') AS version`,
      list(keys),
    ),
    statement(
      `SELECT ${selectList(coupons, 't')} FROM coupons AS t WHERE t.member_id = ${whose} AND t.state = 'issued'
       AND t.valid_to > ?2 ORDER BY t.valid_to, t.id LIMIT ${couponsMax}`,
      list(keys),
      now - endedDays * dayMs,
    ),
    statement(
      `SELECT ${selectList(coupons, 't')} FROM coupons AS t
       WHERE (t.code IS NULL AND t.id IN (SELECT value FROM json_each(?1)) OR t.code IN (SELECT value FROM json_each(?1)))
       AND ${isKnown}`,
      list(codes),
    ),
    statement(
      `SELECT ${selectList(products, 't')} FROM products AS t WHERE t.sku IN (SELECT value FROM json_each(?1))`,
      list(new Set(skus)),
    ),
  ]);
  const { id, document, version } = rowsAt(results, 0)[0] ?? {};
  const memberId = typeof id === 'string' ? (id as MemberId) : null;
  const heads = memberId === null ? [] : headsIn(memberId, typeof document === 'string' ? document : null);
  const found = [...decodeAll(coupons, rowsAt(results, 1)), ...decodeAll(coupons, rowsAt(results, 2))];
  return {
    memberId,
    points: heads.find(([account]) => account === 'points')?.[1] ?? emptyHead,
    held: heldIn(new Map(heads.map(([account, { balance }]) => [account, balance]))),
    configVersion: Number(version ?? 0),
    coupons: [...new Map(found.map((coupon) => [coupon.id, coupon])).values()],
    products: new Map(decodeAll(products, rowsAt(results, 3)).map((product) => [product.sku, product])),
  };
}

/** Who has this WeChat account; null for somebody who is no member. */
export async function memberAt(db: Db, key: IdentityKey): Promise<MemberId | null> {
  const results = await db.batch([
    statement(`SELECT i.member_id AS id FROM identities AS i WHERE i.key = ?1`, key),
  ]);
  const id = rowsAt(results, 0)[0]?.['id'];
  return typeof id === 'string' ? (id as MemberId) : null;
}
