/** 会员: one person, found again through any of their identities. */
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import type { AssociateId, IdentityKey, MemberId, StoreId } from '../plain/ids.ts';
import type { ChildUse, UsedGoods } from './use-stages.ts';

/** `born` is a day (YYYY-MM-DD); while it is expected, the day it is due. */
export type Child = {
  readonly born: string;
  readonly isExpected: boolean;
  readonly name?: string | undefined;
  /** 在用, where it is not as the table of the shop says. */
  readonly uses?: Readonly<Partial<Record<UsedGoods, ChildUse>>>;
};

export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey().$type<MemberId>(),
    name: text(),
    phone: text(),
    level: text(),
    /** 超级会员 until this instant; null never was one. */
    superUntil: integer(),
    /** 专属导购: chosen by a scan, a link or the office. */
    associateId: text().$type<AssociateId>(),
    /** 建议的导购: who served them first at the till. Gets their reminders while nobody is chosen, and owns nothing. */
    sellerId: text().$type<AssociateId>(),
    storeId: text().$type<StoreId>(),
    orders: integer().notNull(),
    /** What the member's sales are worth after returns. */
    spentFen: integer().notNull(),
    firstAt: integer(),
    lastAt: integer(),
    /** How many sales were told of the hour of `lastAt`: a card that a till sends for everybody has many. */
    salesInHour: integer().notNull().default(0),
    createdAt: integer().notNull(),
    mergedInto: text().$type<MemberId>(),
    deletedAt: integer(),
    /** Rises with every decision about this member; a write based on an older reading is refused. */
    version: integer().notNull(),
    /** When the person registered with us, by phone, for the first time; null while only the till knows them. */
    joinedAt: integer(),
    /** Where they came from: the scene of the code that was scanned. */
    source: text(),
    /** 宝宝: birthdays, and due dates of those to come. */
    children: text({ mode: 'json' }).$type<readonly Child[]>(),
    /** 生日 of the member, YYYY-MM-DD. */
    birthdayOn: text(),
    /** Heads of their accounts, and the nouns that are kept with them, as db/documents/member-document.ts writes it; null holds nothing. */
    document: text(),
  },
  (table) => [check('members_version', sql`${table.version} >= 1`)],
);
export type Member = Omit<typeof members.$inferSelect, 'document'>;

/** Strongest first: a card the till issued says more about who stands there than a phone number does. */
export const identityKinds = ['ext', 'card', 'unionid', 'openid', 'phone'] as const;
export type IdentityKind = (typeof identityKinds)[number];

export const identities = sqliteTable(
  'identities',
  {
    key: text().primaryKey().$type<IdentityKey>(),
    memberId: text().notNull().$type<MemberId>(),
  },
  (table) => [
    index('identities_member').on(table.memberId),
    // 手机尾号: of the key itself, so that joining, parting and forgetting members need nothing more to keep it right.
    index('identities_phone_end')
      .on(sql`substr(key, -4)`)
      .where(sql`key GLOB 'phone:*'`),
  ],
);
export type Identity = typeof identities.$inferSelect;

/**
 * 一人一次: that somebody collected what is given once in a life. A keyed digest of how they were known then; it names nobody, and
 * outlives their phone number and openid, so that leaving and coming back is not a second life.
 */
export const joinedDigests = sqliteTable('joined_digests', {
  key: text().primaryKey(),
  at: integer().notNull(),
});
export type JoinedDigest = typeof joinedDigests.$inferSelect;
