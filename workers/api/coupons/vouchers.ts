/** 预售券: a till sells vouchers that are paid for in advance, and pays back those that are not used. */
import * as z from 'zod';
import {
  Day,
  Id,
  MemberRefInput,
  TemplateId,
  vouchersMax,
  Fen,
  type VoucherSaleId,
} from '../../../schema/index.ts';
import { told } from '../../commands/canonical.ts';
import { receiptRef } from '../../commands/coupons/receipt-ref.ts';
import { refundVouchers, sellVouchers, type VouchersDone } from '../../commands/coupons/vouchers.ts';
import { namespaceOf } from '../../commands/sources/namespace.ts';
import type { SoldVouchers } from '../../db/coupons/voucher-sales.ts';
import { fillAnswer } from '../../db/shop/idempotency.ts';
import { codeOfCoupon, standingOf, standings } from '../../decide/coupons/life.ts';
import { sourceOf } from '../call/bound.ts';
import { takeKey } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route, type Call, type Outcome } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';
import { unknownMember } from '../members/member-view.ts';
import { SourceName } from '../sources/source-named.ts';
import { notDecided } from './coupon-problem.ts';
import { StoreNamed, storeIdOf } from './receipt.ts';
import { voucherProblem, voucherRefusals } from './voucher-problem.ts';

const receipt = {
  saleNo: Id.meta({ description: 'The number of the receipt: under it they are sold once.' }),
  store: StoreNamed,
  terminal: Id.nullish(),
  businessDate: Day.nullish().meta({
    description:
      'Of the day on which they were sold, where numbers begin again every day; today unless given.',
  }),
  source: SourceName,
};
type Named = z.infer<z.ZodObject<typeof receipt>>;

const Answer = namedAnswer(
  'VoucherSale',
  z.strictObject({
    saleNo: z.string(),
    templateId: z.string(),
    name: z.string().nullable(),
    paidFen: z.int(),
    refundedFen: z.int().meta({ description: 'What of it was paid back in all.' }),
    soldAt: At,
    coupons: z.array(
      z.strictObject({ code: z.string(), state: z.enum(standings), validFrom: At, validTo: At }),
    ),
  }),
);

function view(
  saleNo: string,
  { sold, coupons, template }: SoldVouchers,
  now: number,
): z.infer<typeof Answer> {
  const { paidFen, couponIds, refundedIds, soldAt, templateId } = sold;
  return {
    saleNo,
    templateId,
    name: template?.definition.name ?? null,
    paidFen,
    refundedFen: (paidFen / couponIds.length) * refundedIds.length,
    soldAt: instant(soldAt),
    coupons: coupons.map((coupon) => ({
      code: codeOfCoupon(coupon),
      state: standingOf(coupon, now),
      validFrom: instant(coupon.validFrom),
      validTo: instant(coupon.validTo),
    })),
  };
}

type Place = { readonly voucherSaleId: VoucherSaleId; readonly namespace: string };

async function settle<Body extends Named>(
  call: Call<unknown, unknown, Body>,
  answer: typeof ok | typeof created,
  act: (place: Place) => Promise<VouchersDone>,
): Promise<Outcome<z.infer<typeof Answer>>> {
  const { deps, body, now, token, requestKey } = call;
  const { saleNo, terminal, businessDate } = body;
  const source = sourceOf(token, body.source);
  const found = await namespaceOf(deps.db, source);
  if ('code' in found) return found;
  const named = { store: storeIdOf(body.store), orderNo: saleNo, terminal, businessDate };
  const ref = await receiptRef(deps.db, source, named, now);
  if (typeof ref !== 'string') return ref;
  const taken = await takeKey(call);
  if (taken) return taken;
  // A receipt's number is a receipt's number, whatever was sold with it.
  const voucherSaleId = ref.slice('sale:'.length) as VoucherSaleId;
  const outcome = await act({ voucherSaleId, namespace: found.namespace });
  if ('undecided' in outcome) return notDecided;
  if ('isNobody' in outcome) return unknownMember;
  if ('miss' in outcome) return voucherProblem(outcome.miss);
  const success = answer(view(saleNo, outcome.done, now));
  if (requestKey) await deps.db.batch([fillAnswer(requestKey, success)]);
  return success;
}

const common = { method: 'POST', tag: 'Coupons', scope: 'pos', answer: Answer } as const;

const SaleBody = namedBody(
  'VoucherSelling',
  z.strictObject({
    ...receipt,
    templateId: TemplateId,
    count: z.int().min(1).max(vouchersMax).default(1),
    member: MemberRefInput.meta({ description: 'Who buys; a new member is made of somebody unknown.' }),
    paidFen: Fen.nullish().meta({
      description: 'What was taken for all; if given, it has to be their price.',
    }),
  }),
);

const sell = route({
  ...common,
  path: '/voucher-sales',
  summary: 'Sell vouchers that are paid for in advance (预售券)',
  description:
    'Within the window of the template; outside it sale_closed says from when until when. Under the same number again it answers the same. It is no sale: tell no sale of it besides, it earns no points. Without this call a till tells the event voucher.sold.',
  statuses: [201],
  refusals: {
    ...voucherRefusals('SALE_CLOSED', 'NONE_LEFT', 'NUMBER_TAKEN', 'AMOUNT_DIFFERS'),
    404: ['unknown_member', 'not_for_sale'],
  },
  body: told(SaleBody),
  documentedBody: SaleBody,
  handle: (call) => {
    const { member, templateId, count, paidFen, saleNo } = call.body;
    const store = { id: storeIdOf(call.body.store) };
    const data = { saleNo, store, member, templateId, count, paidFen };
    return settle(call, created, (place) => sellVouchers(call.deps.engine, { ...place, data }, call.now));
  },
});

const RefundBody = namedBody(
  'VoucherRefund',
  z.strictObject({
    ...receipt,
    codes: z.array(Id).min(1).max(vouchersMax).nullish().meta({
      description: 'These, or none of them; left out, all that are not used.',
    }),
    refundedFen: Fen.nullish().meta({
      description: 'What is paid back; if given, it has to be what was paid.',
    }),
  }),
);

const refund = route({
  ...common,
  path: '/voucher-refunds',
  summary: 'Pay back vouchers that are not used',
  description:
    'In full until their time is over, and afterwards if their template says so (ifUnused). One that was used is refused with already_used. Again for the same it answers the same.',
  statuses: [200],
  refusals: voucherRefusals(
    'UNKNOWN_SALE',
    'ALREADY_USED',
    'LOCKED_BY_OTHER',
    'REVOKED',
    'KEPT',
    'AMOUNT_DIFFERS',
    'NOT_OF_SALE',
  ),
  body: told(RefundBody),
  documentedBody: RefundBody,
  handle: (call) => {
    const { saleNo, codes, refundedFen } = call.body;
    const data = { saleNo, codes, refundedFen };
    return settle(call, ok, (place) => refundVouchers(call.deps.engine, { ...place, data }, call.now));
  },
});

export const voucherRoutes = [sell, refund];
