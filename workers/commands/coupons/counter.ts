/** 没有对接收银机的核销: a colleague finds a coupon by a scan, a code or the end of a phone, sees its worth for this bill, and uses it. */
import type { CouponId, CouponRef, MemberId, StoreId } from '../../../schema/index.ts';
import { readAtCounter, readCounterUse, type CounterUse } from '../../db/coupons/counter.ts';
import { findByLastDigits, findMembers, readMember, type MemberHoldings } from '../../db/members/members.ts';
import { codeRead } from '../../decide/coupons/codes.ts';
import { offerOf, type Offer } from '../../decide/coupons/use/at-counter.ts';
import { codeOfCoupon } from '../../decide/coupons/life.ts';
import { candidateOf } from '../../decide/coupons/use/receipt.ts';
import { phoneKey } from '../../decide/members/who/identity-keys.ts';
import { plainPhone } from '../../decide/plain/phones.ts';
import type { Engine } from '../../engine/engine.ts';
import { memberCodeRead } from '../../platform/member-code.ts';
import type { Problem } from '../../platform/problem.ts';
import { memberByCode, type CodeRead } from '../member-codes/member-code.ts';
import { presentCoupon, type Presented } from './present.ts';
import { receiptRef } from './receipt-ref.ts';

/** With more of the same last digits, the name is asked for. */
const foundMax = 20;

/** Of whom, or of what: as it was scanned or typed. */
export type Shown = { readonly text: string; readonly name: string | null };

/** What was shown, read. */
export type Read =
  | { readonly person: MemberHoldings }
  | { readonly people: readonly MemberHoldings[] }
  | { readonly code: CouponId }
  | { readonly wrong: Extract<CodeRead, { wrong: string }>['wrong'] | 'payment-code' | 'nobody' };

/** 付款码 of WeChat Pay and Alipay: what a customer holds up most often. */
const paymentCode = /^(?:1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22})$/;

/** `by` is who asks, for the count of wrong member codes. */
export async function readShown(
  engine: Engine,
  { text, name }: Shown,
  by: string,
  now: number,
): Promise<Read> {
  const plain = text.normalize('NFKC').replaceAll(/[\s-]/g, '');
  if (memberCodeRead(plain)) {
    const read = await memberByCode(engine, { typed: plain, by }, now);
    return 'found' in read ? { person: read.found } : { wrong: read.wrong };
  }
  if (paymentCode.test(plain)) return { wrong: 'payment-code' };
  const phone = plainPhone(plain);
  const isTail = /^\d{4}$/.test(plain);
  if (phone === null && !isTail) {
    const code = codeRead(plain);
    return code === null ? { wrong: 'nobody' } : { code };
  }
  const people =
    phone === null
      ? await findByLastDigits(engine.db, { digits: plain, name, limit: foundMax })
      : await findMembers(engine.db, phoneKey(phone));
  const [only] = people;
  if (!only) return { wrong: 'nobody' };
  return people.length === 1 ? { person: only } : { people };
}

export const personOf = (engine: Engine, id: MemberId): Promise<MemberHoldings | null> =>
  readMember(engine.db, id);

/** 这一单: by its number on the receipt, so that returns find their coupons, or else by the form it was entered in. */
export type BillNamed = { readonly form: string; readonly orderNo: string | null; readonly storeId: StoreId };

export async function billRef({ db }: Engine, bill: BillNamed, now: number): Promise<CouponRef | Problem> {
  const { form, orderNo, storeId } = bill;
  if (orderNo !== null) return receiptRef(db, undefined, { store: storeId, orderNo }, now);
  return `cart:counter:${form}`;
}

export type Asked = {
  readonly of: { readonly memberId: MemberId } | { readonly code: CouponId };
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  readonly payableFen: number | null;
};

/** What each coupon is worth for this bill: usable ones first, of these the worthiest. Nothing is written. */
export async function offersFor(engine: Engine, asked: Asked, now: number): Promise<Offer[]> {
  const { of, ref, storeId, payableFen } = asked;
  const [memberId, code] = 'code' in of ? [null, of.code] : [of.memberId, null];
  const { coupons, standing, configVersion } = await readAtCounter(engine.db, { memberId, code, ref }, now);
  const config = await engine.config.atLeast(configVersion);
  const use = { refs: [ref], storeId, memberId: null, at: now, now };
  const candidates = standing.flatMap((coupon) => candidateOf({ config }, coupon));
  const offers = coupons.map((coupon) => offerOf(config, coupon, { use, payableFen, standing: candidates }));
  const worth = (offer: Offer): number => ('miss' in offer.worth ? -1 : offer.worth.offFen);
  return offers.toSorted((one, other) => worth(other) - worth(one));
}

export type Using = {
  readonly couponId: CouponId;
  readonly ref: CouponRef;
  readonly storeId: StoreId;
  readonly payableFen: number | null;
  readonly by: string;
};

/** Twice for the same bill is once. */
export const useAtCounter = (engine: Engine, using: Using, now: number): Promise<Presented> =>
  presentCoupon(engine, { ...using, act: 'redeem', lines: null, isPartner: false }, now);

export type Undone = Presented | { readonly isNoUse: true };

/** `stores` are those that the colleague stands in; null is all of them. What another store used looks like nothing. */
export async function undoAtCounter(
  engine: Engine,
  {
    seq,
    stores,
    by,
  }: { readonly seq: number; readonly stores: readonly StoreId[] | null; readonly by: string },
  now: number,
): Promise<Undone> {
  const use = await usedIn(engine, seq, stores);
  if (!use) return { isNoUse: true };
  const { cause, storeId, at } = use.move;
  const couponId = codeOfCoupon(use.coupon);
  const { usedFor, endedAt } = use.coupon;
  // Used again since, it is another use; told since, its receipt has its number. The cause of a use is its receipt, as it was written.
  const ref = endedAt === at && usedFor !== null ? usedFor : (cause as CouponRef);
  return presentCoupon(engine, { act: 'undo', couponId, ref, storeId: storeId ?? ('' as StoreId), by }, now);
}

export async function usedIn(
  { db }: Engine,
  seq: number,
  stores: readonly StoreId[] | null,
): Promise<CounterUse | null> {
  const use = Number.isSafeInteger(seq) ? await readCounterUse(db, seq) : null;
  const isTheirs =
    use && (stores === null || (use.move.storeId !== null && stores.includes(use.move.storeId)));
  return isTheirs ? use : null;
}
