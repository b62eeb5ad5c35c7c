/** 会员等级: what a shop calls its levels, how they are reached, how long they stand, and what they bring. */
import * as z from 'zod';
import type { MemberId } from '../plain/ids.ts';
import { Day, Scope } from '../plain/values.ts';

export const levelsMax = 10;
const windowDaysMax = 366;
const monthsMax = 36;
const fenMax = 100_000_000_00;
const pointsPercentMax = 1_000;

const sum = z.int().min(1).max(fenMax).nullable().default(null);
const count = z.int().min(1).max(1_000_000).nullable().default(null);

/** 一个等级. Any one of its bars is enough; one without any is everybody's from the first purchase on. */
export const LevelRule = z.strictObject({
  name: z.string().trim().min(1).max(20),
  /** 累计消费满. */
  amountFen: sum,
  /** 累计次数满. */
  orders: count,
  /** 两个累计只看最近几天; null is all time. */
  withinDays: z.int().min(1).max(windowDaysMax).nullable().default(null),
  /** 一次买满. */
  singleFen: sum,
  /** 成长值满. */
  growth: count,
  /** 折扣: 90 is 9折. */
  payPercent: z.int().min(1).max(100).default(100),
  /** 积分倍数: 150 is 1.5 for each point that a purchase earns by itself. */
  pointsPercent: z.int().min(100).max(pointsPercentMax).default(100),
  /** 返现上限: the most that campaigns give into the wallet in a calendar month; null has none. */
  walletMonthFen: z.int().min(0).max(fenMax).nullable().default(null),
  /** 提现额度: the most a member of this level takes out in a day; null is what the payout says for everybody. */
  withdrawDayFen: sum,
});
export type LevelRule = z.infer<typeof LevelRule>;

/** 会员价: for members at certain times, on certain goods; the lowest price counts. */
export const MemberPrice = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    /** None is every member. */
    levels: z.array(z.string().trim().min(1).max(20)).max(levelsMax).default([]),
    /** 只给超级会员. */
    superOnly: z.boolean().default(false),
    scope: Scope.default({ include: [], exclude: [] }),
    /** A price for one piece. */
    priceFen: z.int().min(0).max(fenMax).nullable().default(null),
    /** Or so much of the price: 80 is 8折. */
    payPercent: z.int().min(1).max(100).nullable().default(null),
    /** Both days count. */
    fromOn: Day.nullable().default(null),
    toOn: Day.nullable().default(null),
    /** From this full hour until before that one, every day. */
    fromHour: z.int().min(0).max(23).nullable().default(null),
    toHour: z.int().min(1).max(24).nullable().default(null),
  })
  .refine(({ priceFen, payPercent }) => (priceFen === null) !== (payPercent === null), {
    path: ['payPercent'],
    message: 'give either priceFen or payPercent',
  });
export type MemberPrice = z.infer<typeof MemberPrice>;
export const memberPricesMax = 50;

const loyalOrdersMin = 3;
const loyalOrdersMax = 1_000;
const oldMonthsMax = 120;

/** 成长路径 and 新老会员: what the shop calls loyal, and old. */
const JourneySettings = z.strictObject({
  loyalOrders: z.int().min(loyalOrdersMin).max(loyalOrdersMax).default(5),
  oldMonths: z.int().min(1).max(oldMonthsMax).default(12),
});

export const LevelSettings = z.strictObject({
  /** Lowest first. */
  list: z
    .array(LevelRule)
    .max(levelsMax)
    .default([])
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'two levels have one name')
    .meta({
      description:
        'Levels, the lowest first. One is reached when any of its bars is: `amountFen` or `orders` (within the last `withinDays` days, if given), `singleFen` in one purchase, or `growth`. A level without a bar is everybody’s from the first purchase on.',
    }),
  /** 谁说了算. */
  decidedBy: z.enum(['rules', 'till']).default('rules').meta({
    description:
      'rules: where `list` is not empty, levels follow from it, and what tills tell of levels is not heard. till: levels are what tills tell; `list` says what they bring.',
  }),
  /** 有效期. */
  keeping: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('always') }),
      z.strictObject({
        mode: z.literal('months'),
        months: z.int().min(1).max(monthsMax),
        /** 没保住时: one down, or to what the period earned. */
        afterwards: z.enum(['down', 'earned']),
      }),
    ])
    .default({ mode: 'always' })
    .meta({
      description:
        'How long a level stands once it is reached. After so many months it stays for as long again if the purchases of those months reach it; else it goes one down, or to what they reach. With months, only purchases of so many months count for any level.',
    }),
  journey: JourneySettings.prefault({}).meta({
    description:
      'From how many kept purchases a member counts as loyal, and from how many months on as an old member. Shown, and never stored with a member.',
  }),
});
export type LevelSettings = z.infer<typeof LevelSettings>;

/** What a member bought on one day, after returns. */
export type DayTotal = readonly [on: string, fen: number, orders: number];

/** One purchase, after returns. */
export type TopSale = readonly [on: string, fen: number];

/** 等级的来历, kept in the member's document: since when and how the level stands, and what is counted for the next. */
export type MemberStanding = {
  readonly memberId: MemberId;
  /** Place of the level among the rules when it was given; -1 is none. */
  readonly rank: number;
  /** Set by the office: stands until its last day, or until a higher one is earned. */
  readonly isManual: boolean;
  readonly sinceOn: string;
  /** The last day on which it stands; null has none. */
  readonly lastOn: string | null;
  /** What all purchases were worth when the level was last looked at: less by now means that something came back. */
  readonly seenFen: number;
  /** As far back as the rules look, the oldest first. */
  readonly dayTotals: readonly DayTotal[];
  /** The largest purchases, the largest first. */
  readonly tops: readonly TopSale[];
};
