/** 转赠: a member makes a link for a coupon, takes it back, and a friend opens it and takes the coupon. */
import {
  EventId,
  type Coupon,
  type CouponPassed,
  type IdentityKey,
  type MemberId,
} from '../../../schema/index.ts';
import { memberAt, readCouponRow, readPassed, type CouponLife } from '../../db/coupons/coupons.ts';
import { isPassing } from '../../decide/coupons/life.ts';
import { takeMiss, type PassMiss } from '../../decide/coupons/passing.ts';
import { drawCode } from '../../decide/plain/random.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

/** 100 bits that stand nowhere: they follow from the merchant's secret, so that a copy of the database opens no link. */
const secretLength = 20;
const passIdLength = 16;
const onceShape = /^[0-9a-z]{16,64}$/;
const linkShape = /^([0-9a-z]{16})-([0-9A-Z]{20})$/;

async function secretOf({ seeds }: Engine, passId: string): Promise<string | null> {
  const cause = `pass-link:${passId}`;
  const seed = (await seeds(new Set([cause]))).get(cause);
  return seed ? drawCode(seed, cause, secretLength) : null;
}

/** What stands in the link while the coupon is on its way; null when it is not. */
export async function linkOf(engine: Engine, coupon: Coupon, now: number): Promise<string | null> {
  const { passId } = coupon;
  if (passId === null || !isPassing(coupon, now)) return null;
  const secret = await secretOf(engine, passId);
  return secret && `${passId}-${secret}`;
}

export type Opened = {
  readonly life: CouponLife;
  /** Who opens it; null for somebody who is no member yet. */
  readonly memberId: MemberId | null;
  /** Why it cannot be taken; null where it can. */
  readonly miss: PassMiss | null;
  readonly isTheirs: boolean;
};

/** Null where nobody made such a link, or it was taken back. */
export async function openLink(
  engine: Engine,
  { link, key }: { readonly link: string; readonly key: IdentityKey },
  now: number,
): Promise<Opened | null> {
  const [, passId = '', secret = ''] = linkShape.exec(link) ?? [];
  if (passId === '' || secret !== (await secretOf(engine, passId))) return null;
  const [life, memberId] = await Promise.all([readPassed(engine.db, passId), memberAt(engine.db, key)]);
  if (!life) return null;
  const { coupon } = life;
  const isTheirs = coupon.passedAt !== null && coupon.memberId === memberId;
  const miss = isTheirs ? null : takeMiss(coupon, memberId, isPassing(coupon, now));
  return { life, memberId, miss, isTheirs };
}

export type Passed =
  | { readonly held: CouponLife }
  | { readonly miss: PassMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same wish again finds out. */
  | { readonly undecided: true };

type Wish = Pick<CouponPassed, 'couponId' | 'memberId' | 'passId' | 'act'>;

async function pass(engine: Engine, id: string, wish: Wish, now: number): Promise<Passed> {
  const event: CouponPassed = {
    ...wish,
    type: 'coupon.passed',
    id: EventId.parse(id),
    namespace: '',
    occurredAt: now,
  };
  const ran = await run(engine, event, now, () => readCouponRow(engine.db, wish.couponId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code !== 'PASS')
      throw new Error(`a coupon was not passed because of ${ran.refusal.code}`);
    return { miss: ran.refusal.miss };
  }
  const held = resultOf(ran);
  return held ? { held } : { undecided: true };
}

/** `once` was drawn with the form: the form sent twice makes one link. */
export async function offerCoupon(
  engine: Engine,
  { coupon, once }: { readonly coupon: Coupon; readonly once: string },
  now: number,
): Promise<Passed> {
  if (!onceShape.test(once)) return { undecided: true };
  const { id, memberId } = coupon;
  const passId = once.slice(0, passIdLength);
  return pass(engine, `pass_o_${passId}`, { couponId: id, memberId, passId, act: 'offer' }, now);
}

export async function withdrawCoupon(
  engine: Engine,
  { coupon, passId }: { readonly coupon: Coupon; readonly passId: string },
  now: number,
): Promise<Passed> {
  const { id, memberId } = coupon;
  return pass(engine, `pass_w_${passId}`, { couponId: id, memberId, passId, act: 'withdraw' }, now);
}

export async function takeCoupon(
  engine: Engine,
  { coupon, memberId }: { readonly coupon: Coupon; readonly memberId: MemberId },
  now: number,
): Promise<Passed> {
  const passId = coupon.passId ?? '';
  const wish = { couponId: coupon.id, memberId, passId, act: 'accept' } as const;
  return pass(engine, `pass_t_${passId}_${memberId}`, wish, now);
}
