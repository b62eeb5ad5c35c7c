/** The nouns of the world. A new one is its file, its line here, its shelf in db/shelves and its test. */
import type { MemberId } from '../../../schema/index.ts';
import { OwnedRows } from './owned-rows.ts';
import type { Slice } from './define.ts';
import { associates } from './associates.ts';
import { checkIns } from './check-ins.ts';
import { couponCodes } from './coupon-codes.ts';
import { coupons } from './coupons.ts';
import { draws } from './draws.ts';
import { exchanges } from './exchanges.ts';
import { fans } from './fans.ts';
import { invited } from './invited.ts';
import { joinedDigests } from './joined-digests.ts';
import { memberCounters } from './member-counters.ts';
import { mergers } from './mergers.ts';
import { pointSpends } from './point-spends.ts';
import { openings } from './openings.ts';
import { packages } from './packages.ts';
import { packageUses } from './package-uses.ts';
import { products } from './products.ts';
import { recharges } from './recharges.ts';
import { referrals } from './referrals.ts';
import { reminders } from './reminders.ts';
import { salePayments } from './sale-payments.ts';
import { storedMoves } from './stored-moves.ts';
import { standings } from './standings.ts';
import { stores } from './stores.ts';
import { superMemberships } from './super-memberships.ts';
import { tagRules } from './tag-rules.ts';
import { tags } from './tags.ts';
import { takenBack } from './taken-back.ts';
import { transfers } from './transfers.ts';
import { voucherSales } from './voucher-sales.ts';
import { windows } from './windows.ts';

export const slices = {
  associates,
  checkIns,
  couponCodes,
  coupons,
  draws,
  exchanges,
  fans,
  invited,
  joinedDigests,
  memberCounters,
  mergers,
  pointSpends,
  openings,
  packages,
  packageUses,
  products,
  recharges,
  referrals,
  reminders,
  salePayments,
  storedMoves,
  standings,
  stores,
  superMemberships,
  tagRules,
  tags,
  takenBack,
  transfers,
  voucherSales,
  windows,
};

type Slices = typeof slices;
export type SliceName = keyof Slices;
export type RowOf<Name extends SliceName> = Parameters<Slices[Name]['keyOf']>[0];
export type KeyOf<Name extends SliceName> = ReturnType<Slices[Name]['keyOf']>;

/** The rows that were read, by key. */
export type Rows = { readonly [Name in SliceName]: OwnedRows<KeyOf<Name>, RowOf<Name>, MemberId> };
/** Keys of rows: those that a fold has changed, or that events ask for. */
export type Keys = { readonly [Name in SliceName]: Set<KeyOf<Name>> };
/** `reminder.put`, with the row: one verb for each noun, so that a summary can tell what an event did. */
export type Put = {
  [Name in SliceName]: { readonly type: `${Slices[Name]['noun']}.put`; readonly row: RowOf<Name> };
}[SliceName];

export const sliceNames = Object.keys(slices) as SliceName[];

const each = <Value>(make: (name: SliceName) => Value): Record<string, Value> =>
  Object.fromEntries(sliceNames.map((name) => [name, make(name)]));
// Every name has its map and its set: that is what the loop above does.
export const noRows = (): Rows =>
  each((name) => new OwnedRows(slices[name].ownerOf as Slice<unknown>['ownerOf'])) as unknown as Rows;
export const noKeys = (): Keys => each(() => new Set()) as Keys;

export type NounRows = {
  readonly slice: Slice<unknown>;
  readonly rows: OwnedRows<string, unknown, MemberId>;
};
export type NounChanges = NounRows & { readonly changed: Set<string> };

// A noun beside its own rows and keys: the one place where TypeScript has to be told that they belong together.
export const rowsOfNoun = (name: SliceName, rows: Rows): NounRows =>
  ({ slice: slices[name], rows: rows[name] }) as unknown as NounRows;
export const changesOfNoun = (name: SliceName, rows: Rows, changed: Keys): NounChanges =>
  ({ slice: slices[name], rows: rows[name], changed: changed[name] }) as unknown as NounChanges;

const byVerb = new Map<string, SliceName>(sliceNames.map((name) => [`${slices[name].noun}.put`, name]));
export const sliceOf = (verb: string): SliceName | undefined => byVerb.get(verb);
