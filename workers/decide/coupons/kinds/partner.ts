/** 异业券: a partner gives something for it, and answers for it by a call of its own. */
import { defineCouponKind } from './define.ts';

export const partner = defineCouponKind({
  kind: 'partner',
  label: '异业券',
  fields: {},
  example: {},
  isPartners: true,
  face: () => ({ figure: '异业', unit: '' }),
});
