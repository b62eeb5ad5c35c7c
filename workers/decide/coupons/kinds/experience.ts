/** 体验券: something is done for the customer: a bath, a haircut. */
import { defineCouponKind } from './define.ts';

export const experience = defineCouponKind({
  kind: 'experience',
  label: '体验券',
  fields: {},
  example: {},
  face: () => ({ figure: '体验', unit: '' }),
});
