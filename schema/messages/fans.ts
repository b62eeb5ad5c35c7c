/** 公众号粉丝: what WeChat tells us about a person. It is kept apart from the member, because it may have to be erased. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, MemberId, StoreId } from '../plain/ids.ts';

/** One person who follows the account. The row is deleted when they leave; the member stays. */
export const fans = sqliteTable('fans', {
  openid: text().primaryKey(),
  unionid: text(),
  followedAt: integer().notNull(),
  /** 专属导购 whose code was scanned; the new member gets this associate. */
  associateId: text().$type<AssociateId>(),
  storeId: text().$type<StoreId>(),
  /** How they found us: the first scene that was scanned. */
  source: text(),
  /** The scene whose gift waits until they register. */
  claimScene: text(),
});
export type Fan = typeof fans.$inferSelect;

/** What a fan did; each act opens its own window (wechat.md §4.3). */
export const fanActs = ['said', 'clicked', 'followed', 'scanned'] as const;
export type FanAct = (typeof fanActs)[number];

/**
 * 客服消息窗口: how many messages may still be sent, and until when. The next act of the kind refreshes it and does not add to it.
 */
export const fanWindows = sqliteTable(
  'fan_windows',
  {
    openid: text().notNull(),
    act: text({ enum: fanActs }).notNull(),
    until: integer().notNull(),
    messagesLeft: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.openid, table.act] }),
    check('fan_window_act', sql`${table.act} IN ('said', 'clicked', 'followed', 'scanned')`),
    check('fan_window_left', sql`${table.messagesLeft} >= 0`),
  ],
);
export type FanWindow = typeof fanWindows.$inferSelect;

/** 订阅授权: how many more notices of one template a fan has agreed to receive. */
export const permissions = sqliteTable(
  'permissions',
  {
    openid: text().notNull(),
    templateId: text().notNull(),
    stock: integer().notNull(),
    refusedAt: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.openid, table.templateId] }),
    check('permission_stock', sql`${table.stock} >= 0`),
  ],
);
export type Permission = typeof permissions.$inferSelect;

/**
 * What a code stands for: an associate, a store, a coupon, a campaign, a source, or an associate who binds their own WeChat.
 */
export const sceneKinds = ['associate', 'store', 'coupon', 'campaign', 'source', 'staff'] as const;
export type SceneKind = (typeof sceneKinds)[number];

/** 场景二维码: what a parametric code stands for, and how often it was used. */
export const scenes = sqliteTable(
  'scenes',
  {
    /** The scene string that WeChat sends back, 1 to 64 characters. */
    id: text().primaryKey(),
    kind: text({ enum: sceneKinds }).notNull(),
    /** The associate, store, coupon template or campaign; for kind source, the source's own name. */
    targetId: text().notNull(),
    name: text().notNull(),
    ticket: text(),
    url: text(),
    /** When the code expires at WeChat; null for a permanent one. */
    expiresAt: integer(),
    createdAt: integer().notNull(),
    scans: integer().notNull(),
    claims: integer().notNull(),
    /** For a temporary code that is renewed: how many days each code lasts. The next one replaces it before it expires. */
    renewalDays: integer(),
  },
  (table) => [
    index('scenes_renewal')
      .on(table.expiresAt)
      .where(sql`renewal_days IS NOT NULL`),
    check(
      'scene_kind',
      sql`${table.kind} IN ('associate', 'store', 'coupon', 'campaign', 'source', 'staff')`,
    ),
    check('scene_counts', sql`${table.scans} >= 0 AND ${table.claims} >= 0`),
    check('scene_once', sql`${table.kind} <> 'staff' OR ${table.scans} <= 1`),
  ],
);
export type Scene = typeof scenes.$inferSelect;

export const contactDirections = ['in', 'out', 'note'] as const;

/** 沟通记录: what a person and the shop said to each other, one row each. Texts are erased when the person leaves; rows stay. */
export const contacts = sqliteTable(
  'contacts',
  {
    seq: integer().primaryKey(),
    /** The openid, or the member's id for contacts outside WeChat. */
    thread: text().notNull(),
    memberId: text().$type<MemberId>(),
    associateId: text().$type<AssociateId>(),
    direction: text({ enum: contactDirections }).notNull(),
    channel: text().notNull(),
    /** text, image, voice … as WeChat names it; call or visit for a note. */
    kind: text().notNull(),
    text: text(),
    /** For an answer: the cause of its message in the outbox. */
    cause: text().notNull(),
    at: integer().notNull(),
    /** 已读: the person who answers has seen everything in the thread up to this row. */
    readAt: integer(),
  },
  (table) => [
    index('contacts_thread').on(table.thread, table.seq),
    check('contact_direction', sql`${table.direction} IN ('in', 'out', 'note')`),
  ],
);
export type Contact = typeof contacts.$inferSelect;

/** 待清除: a deleted member whose copies still have to go. The row is deleted when everything stored has been looked through. */
export const erasures = sqliteTable('erasures', {
  id: text().primaryKey(),
  memberId: text().notNull().$type<MemberId>(),
  requestedAt: integer().notNull(),
  /** When the pass over everything began; null while it waits for the next pass. */
  startedAt: integer(),
});
export type Erasure = typeof erasures.$inferSelect;
