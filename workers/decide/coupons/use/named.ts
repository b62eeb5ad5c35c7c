/** 小票上的券: what a receipt that names codes makes of them. What it cannot use stays what it was, and the sale earns all the same. */
import { defaultTimezone, type Coupon, type MemberId, type SaleCompleted } from '../../../../schema/index.ts';
import type { Effect } from '../../effects.ts';
import { localDate } from '../../plain/dates.ts';
import type { Ask } from '../../needs.ts';
import type { World } from '../../world.ts';
import { cartLines, toldPrice } from './cart.ts';
import { codeRead, couponCoded } from '../codes.ts';
import { codeOfCoupon } from '../life.ts';
import { isUsedFor, useMiss, type CouponMiss, type Declined, type Use } from './may-use.ts';
import { candidateOf, refsOf, usedFor } from './receipt.ts';
import { priced, stackMiss, type Candidate } from './stacking.ts';
import { reachFen } from './takes-off.ts';

/** A receipt that names no code asks for nothing. */
export function askForNamed(event: SaleCompleted, ask: Pick<Ask, 'coupon' | 'couponsFor'>): void {
  const { couponCodes } = event.data;
  if (couponCodes.length === 0) return;
  for (const code of couponCodes) ask.coupon(code);
  for (const ref of refsOf(event)) ask.couponsFor(ref);
}

/** `memberId` is whose receipt it is; null where nobody is named. */
export function redeemNamed(world: World, event: SaleCompleted, memberId: MemberId | null): Effect[] {
  const { data, saleId, occurredAt } = event;
  if (data.couponCodes.length === 0) return [];
  const isHistory = event.isHistory === true || world.sales.get(saleId)?.isHistory === true;
  const storeId = data.store.id as Use['storeId'];
  const use: Use = { refs: refsOf(event), storeId, memberId, at: occurredAt, now: world.now };
  const lines = cartLines(data.lines, world.products, toldPrice);
  const declined: Declined[] = [];
  const settled: Coupon[] = [];
  const redeemed: Coupon[] = [];
  let standing: Candidate[] = usedFor(world, use.refs);
  for (const [code, typed] of new Map(data.couponCodes.map((one) => [codeRead(one) ?? one, one]))) {
    const coupon = couponCoded(world, code);
    if (coupon && isUsedFor(coupon, use.refs)) {
      settled.push(coupon);
      continue;
    }
    const miss = isHistory ? history : missOf(world, { coupon, use, lines, standing });
    if (miss) declined.push({ code: typed, ...miss });
    else if (coupon) {
      redeemed.push(coupon);
      standing = [...standing, ...candidateOf(world, coupon)];
    }
  }
  const offs = new Map(priced(standing, lines).applied.map((one) => [one.code, one]));
  const [ref = `sale:${saleId}`] = use.refs;
  const common = { type: 'coupon.step', cause: ref, at: occurredAt, storeId } as const;
  const isNew = !world.sales.has(saleId);
  return [
    ...settled
      .filter(({ usedFor: before }) => isNew || before !== ref)
      .map((coupon): Effect => ({ ...common, couponId: coupon.id, step: { act: 'settled', ref } })),
    ...redeemed.map((coupon): Effect => {
      const off = offs.get(codeOfCoupon(coupon));
      const step = {
        act: 'used',
        ref,
        offFen: off?.offFen ?? null,
        onFen: off ? reachFen(off.definition, lines) : null,
      } as const;
      return { ...common, couponId: coupon.id, step };
    }),
    ...tell(world, event, declined),
  ];
}

const history: CouponMiss = { reason: 'HISTORY' };

type Named = {
  readonly coupon: Coupon | undefined;
  readonly use: Use;
  readonly lines: Parameters<typeof priced>[1];
  readonly standing: readonly Candidate[];
};

function missOf(world: World, { coupon, use, lines, standing }: Named): CouponMiss | null {
  const [candidate] = coupon ? candidateOf(world, coupon) : [];
  if (!coupon || !candidate) return { reason: 'UNKNOWN_CODE' };
  const miss = useMiss(coupon, candidate.definition, use) ?? stackMiss(candidate, standing);
  if (miss) return miss;
  const { missed } = priced([...standing, candidate], lines);
  return missed.find(({ code }) => code === candidate.code)?.miss ?? null;
}

/** The till gave something for them, because people let it: the shop is told once a day, not for each. */
function tell(world: World, { namespace }: SaleCompleted, declined: readonly Declined[]): Effect[] {
  const effects = declined.map((one): Effect => ({ type: 'coupon.decline', declined: one }));
  // A till may have coupons of its own, of which nothing is known here.
  if (declined.every(({ reason }) => reason === 'UNKNOWN_CODE' || reason === 'HISTORY')) return effects;
  const day = localDate(world.now, defaultTimezone);
  const note = {
    id: `coupons-declined/${namespace}/${day}`,
    kind: 'coupon.declined' as const,
    sourceId: namespace,
    text: `${day} 起有小票写了不能用的券码：系统没有核销这些券，收银台却可能已经按券优惠。是哪些券、为什么，见当天的事件；请提醒收银员先扫码核销再收款。`,
    at: world.now,
  };
  return [...effects, { type: 'alert.raise', note }];
}
