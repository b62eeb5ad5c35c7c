/** 标准单据: what a till can send, parsed once at the edge into our words and units. */
import * as z from 'zod';
import { withoutAbsent } from '../plain/absent.ts';
import { At, MemberProfileInput, MemberRefInput } from './members.ts';
import { BusinessDate, Currency, Named, ofSale } from './parts.ts';
import { PackageRedeemedInput, PackageSoldInput } from './packages.ts';
import { VoucherRefundedInput, VoucherSoldInput } from './prepaid.ts';
import {
  CashOutInput,
  RechargeInput,
  RechargeReversalInput,
  StoredRefundInput,
  StoredSpendInput,
} from './stored.ts';
import { Id, Name, shortText } from '../plain/names.ts';
import { MovedInInput } from '../members/openings.ts';
import { Quantity } from '../plain/quantities.ts';
import { channels, couponCodesMax, lineKinds } from '../sales/sales.ts';
import { Fen, FenOfEitherSign } from '../plain/values.ts';

export const linesMax = 500;

export const LineInput = z.object({
  lineNo: Id.optional(),
  originalLineNo: Id.nullish(),
  kind: z.enum(lineKinds).default('normal'),
  sku: Id,
  name: Name.default(''),
  categoryIds: z.array(Id).max(20).default([]),
  brand: shortText.nullish(),
  quantity: Quantity,
  unitPriceFen: Fen.optional(),
  discountFen: Fen.optional(),
  amountFen: Fen,
  pointsExcluded: z.boolean().default(false),
});

export const paymentMethods = [
  'cash',
  'wechat',
  'alipay',
  'card',
  'stored_value',
  'points',
  'coupon',
  'credit',
  'other',
] as const;

const Payments = z
  .array(z.object({ method: z.enum(paymentMethods), amountFen: Fen }))
  .max(50)
  .default([]);

const Version = shortText.min(1).default('1');
/** A payment may have two names. */
const paymentNosMax = 40;
/** 付款号: numbers of the payments by which a sale was paid; some systems name a return by nothing else. */
const PaymentNos = z.array(Id).max(paymentNosMax);

const SaleInput = z.object({
  orderNo: Id,
  version: Version,
  businessDate: BusinessDate,
  store: Named,
  terminal: shortText.nullish(),
  channel: z.enum(channels).default('pos'),
  cashier: Named.nullish(),
  associate: Named.nullish(),
  /** 会员码: as it was scanned from the buyer's phone; whatever else names her is stronger. */
  member: MemberRefInput.extend({ memberCode: shortText.nullish() }).nullish(),
  lines: z.array(LineInput, 'must be a list of at least one line').min(1).max(linesMax),
  amounts: z.object({
    goodsFen: Fen.optional(),
    discountFen: Fen.optional(),
    roundingFen: FenOfEitherSign.default(0),
    shippingFen: Fen.default(0),
    paidFen: Fen,
  }),
  currency: Currency,
  payments: Payments,
  paymentNos: PaymentNos.optional(),
  couponCodes: z.array(Id).max(couponCodesMax).default([]),
  /** 购物车号: under which coupons were locked or used before there was an order number. */
  cartId: Id.nullish(),
});

const RefundInput = z.object({
  refundNo: Id,
  version: Version,
  businessDate: BusinessDate,
  orderNo: Id.nullish(),
  /** Where the sale's own number is not known: the payment that was paid back. */
  paymentNo: Id.nullish(),
  scope: z.enum(['full', 'partial', 'no_original']),
  ...ofSale,
  member: MemberRefInput.nullish(),
  lines: z.array(LineInput).max(linesMax).default([]),
  amounts: z.object({ refundedFen: Fen }),
  currency: Currency,
});

const ProductInput = z.object({
  sku: Id,
  name: Name.min(1),
  categoryPath: z
    .array(z.object({ id: Id, name: Name.default('') }))
    .max(20)
    .default([]),
  brand: shortText.nullish(),
  tags: z.array(shortText.min(1)).max(50).default([]),
  pointsFactor: z.number().min(0).max(100).default(1),
  status: z.enum(['active', 'removed']).default('active'),
});
export type ProductInput = z.infer<typeof ProductInput>;

/** Some tills wrap the subject under its name, some send it bare; both mean the same. */
const subject = <Shape extends z.ZodType>(name: string, shape: Shape) =>
  z.preprocess((data) => {
    if (typeof data !== 'object' || data === null) return data;
    const inner: unknown = Reflect.get(data, name);
    return inner === undefined ? data : inner;
  }, shape);

const envelope = {
  occurredAt: At,
  /** 历史单据: told for the record. */
  history: z.boolean().nullish(),
  /** Written by the import of files. */
  fromFile: z.boolean().nullish(),
};

/** The events that a till can tell, without the many ways of not giving a field. */
export const ToldEvent = z.discriminatedUnion('type', [
  z.object({ ...envelope, type: z.literal('sale.completed'), data: SaleInput }),
  z.object({ ...envelope, type: z.literal('refund.completed'), data: RefundInput }),
  z.object({ ...envelope, type: z.literal('sale.voided'), data: z.object({ orderNo: Id, ...ofSale }) }),
  z.object({
    ...envelope,
    type: z.literal('sale.paid'),
    data: z.object({ orderNo: Id, paymentNos: PaymentNos.min(1), ...ofSale }),
  }),
  z.object({
    ...envelope,
    type: z.literal('member.created'),
    /** 搬来: heard of a file alone. */
    movedIn: MovedInInput.nullish(),
    data: subject('member', MemberProfileInput),
  }),
  z.object({
    ...envelope,
    type: z.literal('member.updated'),
    data: subject('member', MemberProfileInput),
  }),
  z.object({
    ...envelope,
    type: z.literal('member.merged'),
    data: z.object({ from: MemberRefInput, into: MemberRefInput }),
  }),
  z.object({ ...envelope, type: z.literal('member.deleted'), data: subject('member', MemberRefInput) }),
  z.object({ ...envelope, type: z.literal('product.upserted'), data: subject('product', ProductInput) }),
  z.object({
    ...envelope,
    type: z.literal('product.removed'),
    data: subject('product', z.object({ sku: Id })),
  }),
  z.object({ ...envelope, type: z.literal('stored_value.recharged'), data: RechargeInput }),
  z.object({ ...envelope, type: z.literal('stored_value.spent'), data: StoredSpendInput }),
  z.object({ ...envelope, type: z.literal('stored_value.refunded'), data: StoredRefundInput }),
  z.object({ ...envelope, type: z.literal('stored_value.reversed'), data: RechargeReversalInput }),
  z.object({ ...envelope, type: z.literal('stored_value.cashed_out'), data: CashOutInput }),
  z.object({ ...envelope, type: z.literal('voucher.sold'), data: VoucherSoldInput }),
  z.object({ ...envelope, type: z.literal('voucher.refunded'), data: VoucherRefundedInput }),
  z.object({ ...envelope, type: z.literal('package.sold'), data: PackageSoldInput }),
  z.object({ ...envelope, type: z.literal('package.redeemed'), data: PackageRedeemedInput }),
  z.object({ type: z.literal('ping'), occurredAt: At.optional(), data: z.unknown().optional() }),
]);

/** One body of `POST /hooks/erp/{source}`, adapter generic; contract.md "Canonical ERP event". */
export const CanonicalEvent = z.preprocess(withoutAbsent, ToldEvent);
export type CanonicalEvent = z.infer<typeof CanonicalEvent>;
/** The event types that a till can send, in the order above. */
export const canonicalTypes: readonly CanonicalEvent['type'][] = ToldEvent.options.map(
  (option) => option.shape.type.value,
);

export type EventLine = z.infer<typeof LineInput>;
export type SaleData = z.infer<typeof SaleInput>;
export type RefundData = z.infer<typeof RefundInput>;
