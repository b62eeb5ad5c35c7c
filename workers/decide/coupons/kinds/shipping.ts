/** 包邮券: what was bought is sent without postage. */
import { defineCouponKind } from './define.ts';

export const shipping = defineCouponKind({
  kind: 'shipping',
  label: '包邮券',
  fields: {},
  example: {},
  face: () => ({ figure: '包邮', unit: '' }),
});
