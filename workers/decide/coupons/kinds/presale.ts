/** 预售券: paid for in advance within a window, worth more on its day; the days on which it works are those of its validity. */
import * as z from 'zod';
import { Fen, Instant } from '../../../../schema/index.ts';
import { yuanFigure } from '../../plain/yuan.ts';
import { furtherFault, furtherWords, moneyOff, moneyOffFields, mostFen } from '../money-off.ts';
import { defineCouponKind, type FieldFault } from './define.ts';

const fields = {
  priceFen: Fen.min(1).meta({ description: 'What one is sold for.' }),
  saleFrom: Instant.meta({ description: 'Sold from this moment on.' }),
  saleTo: Instant.meta({ description: 'No longer sold from this moment on.' }),
  ...moneyOffFields,
  ifUnused: z.enum(['keep', 'refund']).default('keep').meta({
    description:
      'What becomes of the money of one that was not used once its time is over; until then it is always paid back.',
  }),
};
type Terms = z.output<z.ZodObject<typeof fields>>;

export const presale = defineCouponKind({
  kind: 'presale',
  label: '预售券',
  fields,
  fault,
  example: {
    priceFen: 1_000,
    saleFrom: '2026-06-11T00:00:00+08:00',
    saleTo: '2026-06-18T00:00:00+08:00',
    valueFen: 2_000,
    furtherFromFen: 61_800,
    furtherOffFen: 6_180,
  },
  moneyOff,
  faceFen: mostFen,
  face: ({ valueFen }) => ({ figure: yuanFigure(valueFen), unit: '元' }),
  more: furtherWords,
  offer: ({ priceFen, saleFrom, saleTo, ifUnused }) => ({
    priceFen,
    from: Date.parse(saleFrom),
    to: Date.parse(saleTo),
    isKeptAfter: ifUnused === 'keep',
  }),
});

function fault(terms: Terms): FieldFault | null {
  if (Date.parse(terms.saleFrom) >= Date.parse(terms.saleTo))
    return { field: 'saleTo', message: 'must be later than saleFrom' };
  if (terms.priceFen >= terms.valueFen)
    return { field: 'valueFen', message: 'must be worth more than priceFen, what is paid for it' };
  return furtherFault(terms);
}
