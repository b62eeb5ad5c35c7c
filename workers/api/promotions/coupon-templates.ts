/** 券模板: created once, given by campaigns. */
import * as z from 'zod';
import { couponTemplates } from '../../commands/definitions/coupon-templates.ts';
import { couponKinds } from '../../decide/coupons/kinds/index.ts';
import { anyKind } from '../../decide/plain/registry.ts';
import { fixedResource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';
import { TallyAnswer, viewTally } from './tally-view.ts';

const more = { id: z.string(), createdAt: At, coupons: TallyAnswer };

export const couponTemplateRoutes = fixedResource({
  definition: couponTemplates,
  path: '/coupon-templates',
  tag: 'Coupons',
  name: 'CouponTemplate',
  answer: anyKind(couponKinds.map(({ kind, params }) => ({ kind, params: params.extend(more) }))),
  view: ({ id, definition, createdAt, tally }) => ({
    ...definition,
    id,
    createdAt: instant(createdAt),
    coupons: viewTally(tally),
  }),
  create: {
    summary: 'Draw up a coupon',
    description:
      'A budget counts `faceCostFen`; where it is null, `valueFen` of cash and `maxOffFen` of percent. A template is never changed, because members hold its coupons.',
  },
  list: {
    summary: 'Coupons drawn up, newest first',
    description:
      'Each with what was given out, used and revoked. A template is never changed: draw up another.',
  },
});
