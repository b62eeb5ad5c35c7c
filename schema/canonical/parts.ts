/** 单据的共同部分: what sales, returns, recharges and vouchers say alike. */
import * as z from 'zod';
import { Id, Name, shortText } from '../plain/names.ts';
import { Day } from '../plain/values.ts';

export const Named = z.object({ id: Id, name: Name.optional() });

/** 营业日 as the till counts it; without it, the day on which it happened. */
export const BusinessDate = Day.nullish();

/** What a return or a void says of its sale, where the sale's number alone does not name it. */
export const ofSale = {
  store: Named.nullish(),
  terminal: shortText.nullish(),
  /** 原销售单的营业日. */
  orderedOn: BusinessDate,
};

/** 币种 as ISO 4217 has it; what is not in CNY is parked. */
export const Currency = shortText.nullish();
