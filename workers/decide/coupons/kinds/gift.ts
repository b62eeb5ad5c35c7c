/** 礼品券: something is handed over for it at the counter. */
import { defineCouponKind } from './define.ts';

export const gift = defineCouponKind({
  kind: 'gift',
  label: '礼品券',
  fields: {},
  example: {},
  face: () => ({ figure: '礼品', unit: '' }),
});
