/** 代金券: so much money off, and from a higher sum on, where the merchant says so, so much more. */
import { yuanFigure } from '../../plain/yuan.ts';
import { furtherFault, furtherWords, moneyOff, moneyOffFields, mostFen } from '../money-off.ts';
import { defineCouponKind } from './define.ts';

export const cash = defineCouponKind({
  kind: 'cash',
  label: '代金券',
  fields: moneyOffFields,
  fault: furtherFault,
  example: { valueFen: 1_000 },
  moneyOff,
  faceFen: mostFen,
  face: ({ valueFen }) => ({ figure: yuanFigure(valueFen), unit: '元' }),
  more: furtherWords,
});
