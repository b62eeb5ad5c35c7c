/** 数量: pieces or kilograms as decimal text, in thousandths. */
import * as z from 'zod';
import { nearestWhole } from './plain.ts';

/** A double written out in full has at most so many places. */
const quantityShape = /^\d{1,9}(\.\d{1,80})?$/;
const whatIsQuantity = 'must be a decimal string with at most 3 places, for example "2" or "0.515"';

export const Quantity = z
  .string()
  .regex(quantityShape, whatIsQuantity)
  .transform((quantity, context) => {
    const [whole = '0', part = ''] = quantity.split('.');
    if (part.length <= 3) return Number(whole) * 1000 + Number(part.padEnd(3, '0'));
    const milli = nearestWhole(Number(quantity) * 1000);
    if (Number.isInteger(milli)) return milli;
    context.addIssue({ code: 'custom', message: whatIsQuantity, input: quantity });
    return z.NEVER;
  });
