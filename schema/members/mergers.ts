/** 合并记录: what two members were before they were joined, kept for a day, so that a wrong merger is undone exactly. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { IdentityKey, MemberId } from '../plain/ids.ts';
import type { Account } from '../money/ledgers.ts';
import type { Lot } from '../points/lots.ts';
import type { Member } from './members.ts';

/** Of a noun whose rows two members may have in common: all of the one, and of the other what the joining changed. */
export type JoinedRows = {
  readonly noun: string;
  readonly from: readonly unknown[];
  readonly into: readonly { readonly before: unknown; readonly after: unknown }[];
};

export type Parted = {
  readonly from: Member;
  readonly into: Member;
  /** The survivor as the merger left them: what is still so was not told anew since. */
  readonly joined: Member;
  readonly keys: readonly IdentityKey[];
  readonly balances: readonly (readonly [Account, number])[];
  /** 积分批次 of both before, and of the survivor afterwards. */
  readonly lots: {
    readonly from: readonly Lot[];
    readonly into: readonly Lot[];
    readonly joined: readonly Lot[];
  };
  readonly rows: readonly JoinedRows[];
};

/** Keys of the rows that went over as they were, by table, and how often their sales and packages had been changed by then. */
export type MovedRows = {
  readonly revs: number;
  readonly keys: Readonly<Record<string, readonly (string | number)[]>>;
};

export const mergers = sqliteTable(
  'mergers',
  {
    /** In the order in which they were made. */
    seq: integer().primaryKey(),
    fromId: text().notNull().$type<MemberId>(),
    intoId: text().notNull().$type<MemberId>(),
    at: integer().notNull(),
    parted: text({ mode: 'json' }).notNull().$type<Parted>(),
    moved: text({ mode: 'json' }).notNull().$type<MovedRows>(),
  },
  (table) => [uniqueIndex('mergers_from').on(table.fromId), index('mergers_into').on(table.intoId)],
);
export type Merger = typeof mergers.$inferSelect;
