/** 积分批次: which of a member's points end on which day, and from which day they may be spent. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import * as z from 'zod';
import type { MemberId } from '../plain/ids.ts';

/** What was received for the same last day and the same first day is one lot. */
export type LotKey = {
  /** 到期日, the last day (YYYY-MM-DD) on which they can be spent; null never ends. */
  readonly lastOn: string | null;
  /** 可用日: until this day they wait for the return window to close; null waits for nothing. */
  readonly releaseOn: string | null;
};

/**
 * Kept with the head of the account, in the member's document. Points that never end and wait for nothing have no lot: they are
 * what the balance holds beside its lots.
 */
export type Lot = LotKey & {
  readonly points: number;
  /** What the account had received when the lot began. */
  readonly since: number;
  /** Everything that went in, counted on from there: tells whose points are left. */
  readonly credited: number;
  /** 已提醒: the member was told, or could not be told, that they end. */
  readonly isTold: boolean;
};

/** So many of one lot, as they were taken from it. */
export type LotPoints = LotKey & { readonly points: number };

/**
 * 到期目录: for a member with points that end, the first such day of what was told, and of what was not. Days that are past, or
 * that nothing stands under any more, are dropped by whoever looks.
 */
export const pointsEnds = sqliteTable(
  'points_ends',
  {
    isTold: integer({ mode: 'boolean' }).notNull(),
    lastOn: text().notNull(),
    memberId: text().notNull().$type<MemberId>(),
  },
  (table) => [primaryKey({ columns: [table.isTold, table.lastOn, table.memberId] })],
);
export type PointsEnd = typeof pointsEnds.$inferSelect;

const monthsMax = 120;
/** Longer than any return window, and so few that waiting lots stay few. */
const pendingDaysMax = 60;
const backDaysMax = 366;
const noticeDaysMax = 60;
/** A hundred yuan for a hundred points. */
const worthFenMax = 10_000;

/** 积分规则: when points end, when they may be spent, and what is said of it. */
export const PointsSettings = z.strictObject({
  /** 有效期; what was received before it was changed keeps its day. */
  expiry: z
    .discriminatedUnion('mode', [
      z.strictObject({ mode: z.literal('never') }),
      z.strictObject({ mode: z.literal('months'), months: z.int().min(1).max(monthsMax) }),
      z.strictObject({ mode: z.literal('next-year-end') }),
    ])
    .default({ mode: 'never' })
    .meta({
      description:
        'When points end: never, so many months after the day of the sale, or with the last day of the year after it. A change counts for what is received from then on.',
    }),
  /** 退货期: points of a sale are seen at once, and spent after so many days. */
  pendingDays: z.int().min(0).max(pendingDaysMax).default(0).meta({
    description: 'Points of a sale wait so many days before they can be spent; 0 is at once.',
  }),
  /** 退回: points that come back into a lot that is over are good for so many days more. */
  backDays: z.int().min(1).max(backDaysMax).default(30).meta({
    description: 'Points that come back, and would be over already, can be spent for so many days more.',
  }),
  /** 每 100 积分值多少: what the books of what is owed reckon with; nothing is paid by it. */
  worthFen: z.int().min(0).max(worthFenMax).default(100).meta({
    description:
      'What a hundred points are worth to the shop, in fen, for the books of what it owes its members. A day that is closed keeps what it was closed with.',
  }),
  /** 到期提醒; 0 says nothing. */
  noticeDays: z.int().min(0).max(noticeDaysMax).default(0).meta({
    description: 'So many days before points end the member is told, once for each such day; 0 says nothing.',
  }),
});
export type PointsSettings = z.infer<typeof PointsSettings>;
