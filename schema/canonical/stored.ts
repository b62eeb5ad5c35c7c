/** 储值单据: what a till tells of stored value: put in, spent, come back, called off, paid out. */
import * as z from 'zod';
import { MemberRefInput } from './members.ts';
import { BusinessDate, Currency, Named, ofSale } from './parts.ts';
import { Id, shortText } from '../plain/names.ts';
import { Fen } from '../plain/values.ts';

const place = {
  businessDate: BusinessDate,
  store: Named,
  terminal: shortText.nullish(),
  member: MemberRefInput.nullish(),
  currency: Currency,
};
/** 余额 after it, of a till that keeps the balance itself. */
const balanceAfter = z.object({ principalFen: Fen, bonusFen: Fen.default(0) }).nullish();

export const RechargeInput = z
  .object({
    rechargeNo: Id,
    ...place,
    /** 充值方案 by its name: what it says is put in, where no amounts are told. */
    plan: shortText.nullish(),
    /** 实收; what was paid is the principal where nothing is said. */
    paidFen: Fen.nullish(),
    principalFen: Fen.optional(),
    bonusFen: Fen.optional(),
    balanceAfter,
  })
  .refine(({ plan, principalFen = 0, bonusFen = 0 }) => plan != null || principalFen + bonusFen > 0, {
    path: ['principalFen'],
    message: 'nothing was put in',
  });
export type RechargeData = z.infer<typeof RechargeInput>;

type Amounts = {
  readonly amountFen?: number | null | undefined;
  readonly principalFen?: number | null | undefined;
  readonly bonusFen?: number | null | undefined;
};
/** Either the sum, which is split here, or both parts as the till split it. */
const amounts = {
  amountFen: Fen.nullish(),
  principalFen: Fen.nullish(),
  bonusFen: Fen.nullish(),
};
const isOneOfBoth = ({ amountFen, principalFen, bonusFen }: Amounts): boolean =>
  amountFen == null
    ? (principalFen ?? 0) + (bonusFen ?? 0) > 0
    : amountFen > 0 && principalFen == null && bonusFen == null;
const isSilent = ({ amountFen, principalFen, bonusFen }: Amounts): boolean =>
  amountFen == null && principalFen == null && bonusFen == null;
const whichAmount = {
  path: ['amountFen'],
  message: 'give either amountFen, or principalFen and bonusFen',
};

export const StoredSpendInput = z
  .object({
    spendNo: Id,
    orderNo: Id.nullish(),
    ...place,
    ...amounts,
    /** What was to be paid after coupons; nothing follows from it where the money is spent already. */
    payableFen: Fen.nullish(),
    balanceAfter,
  })
  .refine(isOneOfBoth, whichAmount);
export type StoredSpendData = z.infer<typeof StoredSpendInput>;

export const StoredRefundInput = z
  .object({
    refundNo: Id,
    /** The spending that it comes back from; without it both parts have to be said. */
    spendNo: Id.nullish(),
    ...place,
    /** The business day of the spending, where numbers begin again every day. */
    spentOn: BusinessDate,
    /** Without amounts all that is left of the spending. */
    ...amounts,
    balanceAfter,
  })
  .refine((told) => isOneOfBoth(told) || (told.spendNo != null && isSilent(told)), whichAmount)
  .refine(({ spendNo, amountFen }) => spendNo != null || amountFen == null, {
    path: ['spendNo'],
    message: 'is needed to know which part was spent; or give principalFen and bonusFen',
  });
export type StoredRefundData = z.infer<typeof StoredRefundInput>;

export const RechargeReversalInput = z.object({
  rechargeNo: Id,
  ...ofSale,
  member: MemberRefInput.nullish(),
  currency: Currency,
});
export type RechargeReversalData = z.infer<typeof RechargeReversalInput>;

export const CashOutInput = z
  .object({
    cashOutNo: Id,
    ...place,
    principalFen: Fen,
    /** 作废的赠送; the same share of it as of the principal, unless it is told. */
    bonusFen: Fen.nullish(),
    balanceAfter,
  })
  .refine(({ principalFen }) => principalFen > 0, { path: ['principalFen'], message: 'nothing is paid out' });
export type CashOutData = z.infer<typeof CashOutInput>;
