/** 券模板: drawn up once, given out by campaigns. */
import * as z from 'zod';
import { CouponTemplateInput, TemplateId, type CouponTemplate } from '../../../schema/index.ts';
import { insertTemplate, listTemplates } from '../../db/shop/coupon-templates.ts';
import { fromNewest } from '../../db/paging.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, route } from '../call/define.ts';
import { newId } from '../../platform/digest.ts';
import { cut, listOf, NewestFirstCursor, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';

const [cash, percent, gift, experience, shipping, partner] = CouponTemplateInput.options;
const more = { id: z.string(), createdAt: At };
const TemplateAnswer = namedAnswer(
  'CouponTemplate',
  z.discriminatedUnion('kind', [
    cash.extend(more),
    percent.extend(more),
    gift.extend(more),
    experience.extend(more),
    shipping.extend(more),
    partner.extend(more),
  ]),
);
type TemplateAnswer = z.infer<typeof TemplateAnswer>;

const view = ({ id, definition, createdAt }: CouponTemplate): TemplateAnswer => ({
  ...definition,
  id,
  createdAt: instant(createdAt),
});

const create = route({
  method: 'POST',
  path: '/coupon-templates',
  tag: 'Coupons',
  summary: 'Draw up a coupon',
  scope: 'admin',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  body: namedBody('CouponTemplateInput', CouponTemplateInput),
  answer: TemplateAnswer,
  handle: (call) => {
    const template = { id: TemplateId.parse(newId('t')), definition: call.body, createdAt: call.now };
    return commit(call, insertTemplate(template), created(view(template)));
  },
});

const list = route({
  method: 'GET',
  path: '/coupon-templates',
  tag: 'Coupons',
  summary: 'Coupons drawn up, newest first',
  scope: 'admin',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('CouponTemplateList', TemplateAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: NewestFirstCursor,
        start: fromNewest,
        read: async (before, limit) => {
          const found = await listTemplates(deps.db, before, limit + 1);
          return cut(found, limit, ({ createdAt, id }) => ({ at: createdAt, id: id as string }));
        },
      },
      view,
    ),
});

export const couponTemplateRoutes = [create, list];
