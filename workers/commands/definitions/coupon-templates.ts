/** 券模板: created once, given by campaigns, and never changed, because members hold coupons that refer to it. */
import { TemplateId, type CouponTemplateDefinition } from '../../../schema/index.ts';
import { CouponTemplateInput } from '../../decide/coupons/kinds/index.ts';
import { noTally } from '../../decide/coupons/tally.ts';
import { insertTemplate, listTemplates, type CountedTemplate } from '../../db/shop/coupon-templates.ts';
import type { Definition } from './define.ts';

export const couponTemplates: Definition<TemplateId, CouponTemplateDefinition, CountedTemplate> = {
  label: '券模板',
  noun: 'template',
  fullName: 'coupon template',
  id: TemplateId,
  idPrefix: 't',
  input: CouponTemplateInput,
  draw: (definition, place) => ({ ...place, definition, tally: noTally }),
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  insert: insertTemplate,
  list: listTemplates,
};
