/** 卖预售券、退预付款: somebody stands at the counter and waits. The same number, however often, is one. */
import {
  EventId,
  type MemberId,
  type VoucherMiss,
  type VoucherRefunded,
  type VoucherRefundedData,
  type VoucherSaleId,
  type VoucherSold,
  type VoucherSoldData,
} from '../../../schema/index.ts';
import { readVoucherSale, type SoldVouchers } from '../../db/coupons/voucher-sales.ts';
import type { Engine } from '../../engine/engine.ts';
import { newId } from '../../platform/digest.ts';
import { resultOf, run } from '../run.ts';

type Asked<Data> = {
  readonly voucherSaleId: VoucherSaleId;
  /** Whose the member's numbers are, and the receipt's. */
  readonly namespace: string;
  readonly data: Data;
};

export type VouchersDone =
  | { readonly done: SoldVouchers }
  | { readonly miss: VoucherMiss }
  | { readonly isNobody: true }
  /** The outcome is unknown; the same again finds out. */
  | { readonly undecided: true };

export const sellVouchers = (
  engine: Engine,
  asked: Asked<VoucherSoldData> & { readonly memberId?: MemberId },
  now: number,
): Promise<VouchersDone> => settle(engine, { ...asked, ...common(now), type: 'voucher.sold' }, now);

export const refundVouchers = (
  engine: Engine,
  asked: Asked<VoucherRefundedData>,
  now: number,
): Promise<VouchersDone> => settle(engine, { ...asked, ...common(now), type: 'voucher.refunded' }, now);

const common = (now: number) => ({ id: EventId.parse(newId('vs')), occurredAt: now, isAsked: true }) as const;

async function settle(
  engine: Engine,
  event: VoucherSold | VoucherRefunded,
  now: number,
): Promise<VouchersDone> {
  const ran = await run(engine, event, now, () => readVoucherSale(engine.db, event.voucherSaleId));
  if (ran.verdict === 'refused') {
    if (ran.refusal.code === 'NO_MEMBER') return { isNobody: true };
    if (ran.refusal.code === 'VOUCHER') return { miss: ran.refusal.miss };
    throw new Error(`vouchers were refused with ${ran.refusal.code}`);
  }
  const done = resultOf(ran);
  return done ? { done } : { undecided: true };
}
