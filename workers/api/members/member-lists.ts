/** A member's postings, coupons and sales, newest first. */
import * as z from 'zod';
import { MemberId, accounts } from '../../../schema/index.ts';
import { listCoupons, listPostings, listSales } from '../../db/members/member-lists.ts';
import { endOfTime } from '../../db/paging.ts';
import { route } from '../call/define.ts';
import { CouponAnswer, viewCoupon } from '../promotions/coupon-view.ts';
import { unknownMember } from './member-view.ts';
import { cut, listOf, newestFirst, paged, pageQuery } from '../call/paging.ts';
import { SaleAnswer, viewSale } from './sale-view.ts';
import { At, instant } from '../call/shapes.ts';

const params = z.strictObject({ id: MemberId });
const common = {
  method: 'GET',
  tag: 'Members',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params,
} as const;

const ledger = route({
  ...common,
  path: '/members/{id}/ledger',
  summary: 'What came to an account and what went',
  description:
    'points and growth count points; wallet, principal and bonus count fen. `balance` is what the account held after the row.',
  query: z.strictObject({ account: z.enum(accounts).default('points'), ...pageQuery }),
  answer: listOf(
    'PostingList',
    z.strictObject({ seq: z.int(), delta: z.int(), balance: z.int(), cause: z.string(), at: At }),
  ),
  handle: ({ deps, params: { id }, query }) =>
    paged(
      query,
      {
        cursor: z.int(),
        start: endOfTime,
        read: async (before, limit) => {
          const { account } = query;
          const found = await listPostings(deps.db, id, { account, before, limit: limit + 1 });
          return found ? cut(found, limit, ({ seq }) => seq) : unknownMember;
        },
      },
      ({ seq, delta, balance, cause, at }) => ({ seq, delta, balance, cause, at: instant(at) }),
    ),
});

const coupons = route({
  ...common,
  path: '/members/{id}/coupons',
  summary: 'Coupons, used and revoked ones included',
  description: 'Usable from validFrom, and no longer from validTo on.',
  query: z.strictObject(pageQuery),
  answer: listOf('CouponList', CouponAnswer),
  handle: ({ deps, params: { id }, query, now }) =>
    paged(
      query,
      newestFirst(
        async (before, limit) => (await listCoupons(deps.db, id, before, limit)) ?? unknownMember,
        ({ coupon }) => ({ at: coupon.issuedAt, id: coupon.id }),
      ),
      (held) => viewCoupon(held, now),
    ),
});

const sales = route({
  ...common,
  path: '/members/{id}/sales',
  summary: 'Sales with their lines',
  description: 'Lines are as sold; keptFen is what is left of the sale after returns.',
  query: z.strictObject(pageQuery),
  answer: listOf('SaleList', SaleAnswer),
  handle: ({ deps, params: { id }, query }) =>
    paged(
      query,
      newestFirst(
        async (before, limit) => (await listSales(deps.db, id, before, limit)) ?? unknownMember,
        ({ sale }) => ({ at: sale.occurredAt, id: sale.id }),
      ),
      viewSale,
    ),
});

export const memberListRoutes = [ledger, coupons, sales];
