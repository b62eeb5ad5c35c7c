/** 会员动态: one member's history as one list. */
import * as z from 'zod';
import { accounts, couponStates, MemberId, messageStates } from '../../../schema/index.ts';
import { endOfTime } from '../../db/paging.ts';
import { readTimeline, type Happening } from '../../db/members/timeline.ts';
import { codeOfCoupon } from '../../decide/coupons/life.ts';
import { byKind } from '../../decide/plain/registry.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import { route } from '../call/define.ts';
import { unknownMember } from './member-view.ts';
import { cut, listOf, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';

const TimelineEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sale'),
    at: At,
    saleId: z.string(),
    orderNo: z.string(),
    storeId: z.string(),
    paidFen: z.int(),
    keptFen: z.int(),
  }),
  z.strictObject({
    kind: z.literal('posting'),
    at: At,
    account: z.enum(accounts),
    seq: z.int(),
    delta: z.int(),
    balance: z.int(),
    cause: z.string(),
  }),
  z.strictObject({
    kind: z.literal('coupon'),
    at: At,
    couponId: z.string(),
    templateId: z.string(),
    state: z.enum(couponStates),
    campaignId: z.string().nullable(),
    saleId: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('message'),
    at: At,
    messageId: z.string(),
    message: z.string().meta({ description: 'What kind of message, such as sale-earned.' }),
    state: z.enum(messageStates),
    associateId: z.string().nullable(),
  }),
  z
    .looseObject({
      kind: z.literal('reminder'),
      at: At,
      planId: z.string(),
      reminder: z.string().meta({ description: 'What kind of reminder, such as run-out.' }),
    })
    .meta({
      description: 'With what its kind says of it: a run-out names `sku`, `productName` and `endsOn`.',
    }),
]);
type TimelineEntry = z.infer<typeof TimelineEntry>;

export const timeline = route({
  method: 'GET',
  path: '/members/{id}/timeline',
  tag: 'Members',
  summary: 'Everything that happened to a member',
  description: 'Sales, postings, coupons, messages and reminders that went out, as one list, newest first.',
  scope: 'pos',
  statuses: [200],
  refusals: { 404: ['unknown_member'] },
  params: z.strictObject({ id: MemberId }),
  query: z.strictObject(pageQuery),
  answer: listOf('Timeline', TimelineEntry),
  handle: ({ deps, params: { id }, query }) =>
    paged(
      query,
      {
        cursor: z.strictObject({ at: z.int(), kind: z.string(), key: z.string() }),
        start: { at: endOfTime, kind: '', key: '' },
        read: async (before, limit) => {
          const found = await readTimeline(deps.db, id, before, limit + 1);
          return found
            ? cut(found, limit, ({ at, kind, key }) => ({ at, kind: kind as string, key }))
            : unknownMember;
        },
      },
      toEntry,
    ),
});

function toEntry(happening: Happening): TimelineEntry {
  const at = instant(happening.at);
  switch (happening.kind) {
    case 'sale': {
      const { id, orderNo, storeId, paidFen, keptFen } = happening.sale;
      return { kind: 'sale', at, saleId: id, orderNo, storeId, paidFen, keptFen };
    }
    case 'posting': {
      const { account, seq, delta, balance, cause } = happening.posting;
      return { kind: 'posting', at, account, seq, delta, balance, cause };
    }
    case 'coupon': {
      const { templateId, state, campaignId, saleId } = happening.coupon;
      return {
        kind: 'coupon',
        at,
        couponId: codeOfCoupon(happening.coupon),
        templateId,
        state,
        campaignId,
        saleId,
      };
    }
    case 'message': {
      const { seq, kind, state, associateId } = happening.message;
      return { kind: 'message', at, messageId: String(seq), message: kind, state, associateId };
    }
    case 'reminder': {
      const { planId, kind, subject, basis } = happening.reminder;
      const facts = byKind(reminderKinds, kind).facts(subject, basis);
      return { ...facts, kind: 'reminder', at, planId, reminder: kind };
    }
    default:
      return happening satisfies never;
  }
}
