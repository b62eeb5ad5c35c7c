/** 设置: what a merchant may choose, which tokens may call, and which systems may send. */
import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';
import { CheckInSettings } from '../points/check-ins.ts';
import { NoticeTemplates, SmsSettings } from './channel-settings.ts';
import type { StoreId } from '../plain/ids.ts';
import { LevelSettings, MemberPrice, memberPricesMax } from '../members/levels.ts';
import { PointsSettings } from '../points/lots.ts';
import { MemberFileSettings } from '../members/files.ts';
import { PayoutSettings } from '../money/payout.ts';
import { PointsAsMoney } from '../points/spends.ts';
import { ReferralSettings } from '../members/referrals.ts';
import { StoredValueSettings } from '../money/stored-value.ts';
import { UseStages } from '../members/use-stages.ts';
import { SuperMembershipSettings } from '../members/super-memberships.ts';
import { WechatSettings } from '../messages/wechat-settings.ts';

/** One row per key; `config_version` rises with every change of what isolates cache. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull().$type<unknown>(),
});

/**
 * within_balance takes back up to the balance; unlimited goes below zero; only_unspent takes back what is left of this sale.
 */
export const takeBackPolicies = ['within_balance', 'unlimited', 'only_unspent'] as const;
export type TakeBackPolicy = (typeof takeBackPolicies)[number];

/** 行业: what a shop sells decides what registration asks. */
export const trades = [
  'maternity',
  'beauty',
  'grocery',
  'pharmacy',
  'fashion',
  'food',
  'pets',
  'other',
] as const;
export type Trade = (typeof trades)[number];

const hoursMax = 8_784;
const daysMax = 3_660;

export const MerchantSettings = z.strictObject({
  /** Only a maternity shop asks its members for children. */
  trade: z.enum(trades).default('maternity'),
  takeBack: z.enum(takeBackPolicies).default('within_balance'),
  points: PointsSettings.prefault({}),
  pointsAsMoney: PointsAsMoney.prefault({}),
  /** 签到: the member comes every day, on a page of her own. */
  checkIn: CheckInSettings.prefault({}),
  /** 邀请好友: one level only. */
  referral: ReferralSettings.prefault({}),
  storedValue: StoredValueSettings.prefault({}),
  levels: LevelSettings.prefault({}),
  memberFile: MemberFileSettings.prefault({}),
  useStages: UseStages.prefault({}),
  /** 超级会员: what is sold, for how long, and what is paid back. */
  superMembership: SuperMembershipSettings.prefault({}),
  memberPrices: z.array(MemberPrice).max(memberPricesMax).default([]),
  /** 消费通知: tell the member after each sale what it earned. */
  tellSale: z.boolean().default(true),
  /** 过期不通知: nobody is told of a sale that was longer ago. */
  tellSaleWithinHours: z.int().min(1).max(hoursMax).default(72).meta({
    description: 'A sale told later than so many hours after it happened brings no message to anyone.',
  }),
  /** 历史单据: in a file, unless its import says otherwise. */
  historyAfterDays: z.int().min(0).max(daysMax).default(7).meta({
    description:
      'Rows of an imported file that are older than so many days are history: they count, and give and wake nothing. `POST /imports?history=` decides otherwise for one file.',
  }),
  /** 散客: card numbers, customer numbers and phones that the tills send for everybody. They name nobody; such sales have no member. */
  nobody: z.array(z.string().trim().min(1).max(64)).max(100).default([]),
  /** 无主会员: the first associate who serves a member at the till becomes theirs, without waiting for a scan. */
  firstSellerOwns: z.boolean().default(false),
  /** 模板消息 by message kind; a kind without one uses another channel. */
  wechatTemplates: NoticeTemplates.default({}),
  shopName: z.string().trim().min(1).max(40).default('本店'),
  /** Where members find their pages, for example https://huike.example.cn; registration links begin with it. */
  publicUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://shop.example.cn' })
    .nullable()
    .default(null),
  wechat: WechatSettings.prefault({}),
  /** 订阅通知 by message kind. */
  wechatSubscriptions: NoticeTemplates.default({}),
  sms: SmsSettings.prefault({}),
  /** 提现 and 红包 paid by WeChat Pay. Without its keys, or unless chosen here, money stays in the wallet. */
  payout: PayoutSettings.default({ mode: 'wallet' }),
  /** 域名验证文件: the files that WeChat and WeCom look for at the root of the domain, by name. */
  domainFiles: z
    .record(
      z.string().regex(/^(MP|WW)_verify_[A-Za-z0-9]{1,64}\.txt$/, 'looks like MP_verify_aBc123.txt'),
      z
        .string()
        .trim()
        .regex(/^[\x20-\x7e]{1,200}$/, 'is one line of letters and digits'),
    )
    .default({}),
});
export type MerchantSettings = z.infer<typeof MerchantSettings>;

export type SourceSecret = { readonly secret: string; readonly validTo: number | null };

export const sources = sqliteTable('sources', {
  id: text().primaryKey(),
  name: text().notNull(),
  adapter: text().notNull(),
  /** Sources of one vendor that report the same receipts share a namespace. */
  namespace: text().notNull(),
  secrets: text({ mode: 'json' }).notNull().$type<readonly SourceSecret[]>(),
  /** The adapter's settings besides the secret: a verifier's parameters, a mapping, a zone. */
  config: text({ mode: 'json' }).$type<Readonly<Record<string, unknown>>>(),
  createdAt: integer().notNull(),
});
export type Source = typeof sources.$inferSelect;

export const tokenScopes = ['pos', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export const apiTokens = sqliteTable(
  'api_tokens',
  {
    /** SHA-256 of the token, hex: the token itself is shown once and never stored. */
    hash: text().primaryKey(),
    /** By which it is listed and revoked; it opens nothing. */
    id: text().notNull(),
    name: text().notNull(),
    scopes: text({ mode: 'json' }).notNull().$type<readonly TokenScope[]>(),
    /** A till acts for this source alone; null is bound to none. */
    sourceId: text(),
    /** And in these stores; null is every store. */
    stores: text({ mode: 'json' }).$type<readonly StoreId[]>(),
    createdAt: integer().notNull(),
    expiresAt: integer(),
    revokedAt: integer(),
    /** Noted once a day at most. */
    lastUsedAt: integer(),
  },
  (table) => [uniqueIndex('api_tokens_id').on(table.id)],
);

export const idempotencyKeys = sqliteTable('idempotency_keys', {
  key: text().primaryKey(),
  bodyHash: text().notNull(),
  response: text({ mode: 'json' }).notNull().$type<unknown>(),
  at: integer().notNull(),
});

export const wechatTokens = sqliteTable('wechat_tokens', {
  appId: text().primaryKey(),
  token: text(),
  expiresAt: integer().notNull(),
  /** The isolate that moves this into the future refreshes the token; the others wait. */
  refreshingUntil: integer().notNull(),
});
