/** 先付的钱: what a till tells of money that is paid before anything is bought: a voucher is sold or paid back. */
import * as z from 'zod';
import { MemberRefInput } from './members.ts';
import { BusinessDate, Currency, Named, ofSale } from './parts.ts';
import { TemplateId } from '../plain/ids.ts';
import { Id, shortText } from '../plain/names.ts';
import { Fen } from '../plain/values.ts';

/** Of one sale. */
export const vouchersMax = 20;

export const VoucherSoldInput = z.object({
  /** 小票号: sold once under this number, however often it is told. */
  saleNo: Id,
  businessDate: BusinessDate,
  store: Named,
  terminal: shortText.nullish(),
  member: MemberRefInput.nullish(),
  currency: Currency,
  templateId: TemplateId,
  count: z.int().min(1).max(vouchersMax).default(1),
  /** What was taken for all of them; where it is told, it has to be their price. */
  paidFen: Fen.nullish(),
});
export type VoucherSoldData = z.infer<typeof VoucherSoldInput>;

export const VoucherRefundedInput = z.object({
  saleNo: Id,
  ...ofSale,
  currency: Currency,
  /** Without codes all that are not used. */
  codes: z.array(Id).min(1).max(vouchersMax).nullish(),
  /** What was paid back; where it is told, it has to be what was paid for them. */
  refundedFen: Fen.nullish(),
});
export type VoucherRefundedData = z.infer<typeof VoucherRefundedInput>;
