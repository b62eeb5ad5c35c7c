/** 邀请好友: who brought whom, what it gave, and what the friend's purchases still bring. One level only: a friend's friends count for nobody. */
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import type { EventBase } from '../events/base.ts';
import { SaleId, StoreId, TemplateId, type MemberId } from '../plain/ids.ts';
import { Id } from '../plain/names.ts';

/** Of the friend, by the id with which they were made; of an invitation that was refused, of its event. */
export const ReferralId = Id.brand<'ReferralId'>();
export type ReferralId = z.infer<typeof ReferralId>;

/** new: not looked at yet, for a minute at most. waiting: for the first purchase that is kept. */
export const referralStates = ['new', 'review', 'waiting', 'paid', 'refused', 'rejected'] as const;
export type ReferralState = (typeof referralStates)[number];

/**
 * SELF: the inviter's own phone or WeChat. MEMBER: was a member before. MONTH: over the inviter's limit of the month. GONE: one of
 * the two has left. DEVICE, ADDRESS: seen with another member, so that somebody has to look.
 */
export const referralReasons = ['SELF', 'MEMBER', 'MONTH', 'GONE', 'DEVICE', 'ADDRESS'] as const;
export type ReferralReason = (typeof referralReasons)[number];

export const referrals = sqliteTable(
  'referrals',
  {
    id: text().primaryKey().$type<ReferralId>(),
    /** 邀请人. */
    memberId: text().notNull().$type<MemberId>(),
    /** 好友; null where the invitation was refused: of them nothing is kept. */
    inviteeId: text().$type<MemberId>(),
    at: integer().notNull(),
    state: text({ enum: referralStates }).notNull(),
    why: text({ enum: referralReasons }),
    /** What it gave when it was paid. */
    walletFen: integer().notNull(),
    coupons: text({ mode: 'json' }).notNull().$type<readonly (readonly [TemplateId, number])[]>(),
    settledAt: integer(),
    /** What the friend has kept of their purchases, and what of it was posted, when it was last posted. */
    spentFen: integer().notNull(),
    commissionFen: integer().notNull(),
    /** Keyed digests, until it is looked at. */
    device: text(),
    network: text(),
    /** Who decided in the queue. */
    by: text(),
    rev: integer().notNull(),
  },
  (table) => [
    index('referrals_member').on(table.memberId, table.at),
    index('referrals_state').on(table.state, table.at),
    index('referrals_invitee')
      .on(table.inviteeId)
      .where(sql`invitee_id IS NOT NULL`),
    check(
      'referral_state',
      sql`${table.state} IN ('new', 'review', 'waiting', 'paid', 'refused', 'rejected')`,
    ),
  ],
);
export type Referral = typeof referrals.$inferSelect;

/** 设备与网络: keyed digests of where a member was seen, under the month or the day in which that was; they name nobody. */
export const referralMarks = sqliteTable(
  'referral_marks',
  { key: text().notNull(), memberId: text().notNull().$type<MemberId>() },
  (table) => [
    primaryKey({ columns: [table.key, table.memberId] }),
    index('referral_marks_member').on(table.memberId),
  ],
);
export type ReferralMark = typeof referralMarks.$inferSelect;

/** 到点要看的邀请, by the moment. */
export const referralDues = sqliteTable(
  'referral_dues',
  { dueAt: integer().notNull(), id: text().notNull().$type<ReferralId>() },
  (table) => [primaryKey({ columns: [table.dueAt, table.id] })],
);
export type ReferralDueAt = typeof referralDues.$inferSelect;

/** As they were when the friend registered: what is changed later is for later friends. */
export type ReferralTerms = {
  readonly windowDays: number;
  /** 首单满: null pays at registration. */
  readonly leastFen: number | null;
  readonly rateBps: number;
  readonly capFen: number | null;
  /** The last day on which a purchase brings commission. */
  readonly lastOn: string;
};

/** 被邀请: kept in the friend's document, so that a sale finds it without asking. */
export type Invited = {
  readonly memberId: MemberId;
  readonly id: ReferralId;
  readonly at: number;
  /** over: neither reward nor commission comes of it any more. */
  readonly state: 'open' | 'paid' | 'over';
  readonly terms: ReferralTerms;
  readonly spentFen: number;
  /** Commission of everything that was kept, before the cap. */
  readonly rawFen: number;
  /** 待结算, by the day on which it is due and the store. */
  readonly waits: readonly (readonly [on: string, storeId: StoreId, fen: number])[];
  /** Purchases that may be the first that is kept, with the day on which their return window has closed. */
  readonly candidates: readonly (readonly [saleId: SaleId, on: string])[];
};

/** 邀请人 and where the newcomer sat, as the page that registers them tells it. */
export type InvitedBy = {
  readonly inviterId: MemberId;
  /** Null where the browser kept nothing. */
  readonly device: string | null;
  readonly network: string | null;
};

type About = { readonly referralId: ReferralId; readonly inviteeId: MemberId; readonly inviterId: MemberId };
/** Made by us: something of it is due. */
export type ReferralDue = EventBase &
  About & {
    readonly type: 'referral.due';
    /** Seen with another member; asked of those that are new. */
    readonly alike: 'DEVICE' | 'ADDRESS' | null;
  };
/** Made by us: the office has looked at one of the queue. */
export type ReferralReviewed = EventBase &
  About & { readonly type: 'referral.reviewed'; readonly isApproved: boolean; readonly by: string };

const fenMax = 100_000;
const tiersMax = 10;
const couponKindsMax = 5;
const couponsMax = 20;
/** Longer than any return window. */
const windowDaysMax = 60;
const rateBpsMax = 2_000;
const daysMax = 3_660;

const ReferralTier = z.strictObject({
  fromFriends: z.int().min(1).max(1_000).default(1).meta({
    description: 'From so many friends on.',
    example: 1,
  }),
  walletFen: z.int().min(0).max(fenMax).default(0).meta({
    description: 'Into the inviter’s wallet, in fen.',
    example: 200,
  }),
  coupons: z
    .array(
      z.strictObject({
        templateId: TemplateId,
        count: z.int().min(1).max(couponsMax).default(1),
      }),
    )
    .max(couponKindsMax)
    .default([]),
});
export type ReferralTier = z.infer<typeof ReferralTier>;

/** 邀请好友: off until the shop switches it on, and one level only. */
export const ReferralSettings = z
  .strictObject({
    on: z.boolean().default(false),
    tiers: z.array(ReferralTier).max(tiersMax).default([]),
    payAt: z.enum(['registration', 'purchase']).default('registration').meta({
      description: 'At once, or with the first purchase that is kept.',
    }),
    leastFen: z.int().min(0).max(10_000_000).default(5_000).meta({
      description: 'What a first purchase has to keep, in fen.',
      example: 5_000,
    }),
    windowDays: z.int().min(0).max(windowDaysMax).default(7).meta({
      description: 'So many days until purchases can no longer be returned; 0 waits for nothing.',
      example: 7,
    }),
    perMonth: z.int().min(1).max(1_000).default(20).meta({
      description: 'Rewarded friends of one inviter in a month.',
      example: 20,
    }),
    rateBps: z.int().min(0).max(rateBpsMax).default(0).meta({
      description: 'Commission per ten thousand: 50 is 0.5 %.',
      example: 50,
    }),
    commissionDays: z.int().min(1).max(daysMax).default(365).meta({
      description: 'For so many days from registering a friend’s purchases bring commission.',
      example: 365,
    }),
    capFen: z.int().min(1).max(10_000_000).nullable().default(10_000).meta({
      description: 'The most commission of one friend, in fen; null has no end.',
      example: 10_000,
    }),
    reviewDevice: z.boolean().default(true),
    reviewAddress: z.boolean().default(true),
  })
  .refine(({ tiers }) => new Set(tiers.map(({ fromFriends }) => fromFriends)).size === tiers.length, {
    message: 'two tiers begin with the same number of friends',
    path: ['tiers'],
  });
export type ReferralSettings = z.infer<typeof ReferralSettings>;
