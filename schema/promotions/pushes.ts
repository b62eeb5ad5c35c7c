/** 导购发券: which associate offered which coupon to whom, and who took it. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, CouponId, MemberId, TemplateId } from '../plain/ids.ts';

/** entrance: the member is told, and takes it. direct: it is given at once; who could not have it then may still take it. */
export const pushModes = ['entrance', 'direct'] as const;
export type PushMode = (typeof pushModes)[number];

export const pushes = sqliteTable(
  'pushes',
  {
    id: text().primaryKey(),
    associateId: text().notNull().$type<AssociateId>(),
    templateId: text().notNull().$type<TemplateId>(),
    mode: text({ enum: pushModes }).notNull(),
    at: integer().notNull(),
    /** reclaimAfterDays as it was then: a place that nobody has taken by now is hers to offer again, without anybody writing it. */
    until: integer().notNull(),
  },
  (table) => [index('pushes_associate').on(table.associateId, table.at), index('pushes_at').on(table.at)],
);
export type Push = typeof pushes.$inferSelect;

export const pushPlaces = sqliteTable(
  'push_places',
  {
    seq: integer().primaryKey(),
    pushId: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
    couponId: text().$type<CouponId>(),
    claimedAt: integer(),
  },
  (table) => [
    index('push_places_push').on(table.pushId),
    index('push_places_open')
      .on(table.memberId)
      .where(sql`coupon_id IS NULL`),
  ],
);
