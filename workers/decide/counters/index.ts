/**
 * What is counted for all members together. A new counter is its file, its line here and its shelf in db/shelves/counters.ts.
 */
import { campaignCounters } from './campaign-counters.ts';
import { couponBatches } from './coupon-batches.ts';
import { couponDays } from './coupon-days.ts';
import { couponTallies } from './coupon-tallies.ts';
import type { Counter } from './define.ts';
import { exchangeItems } from './exchange-items.ts';
import { lotteries } from './lotteries.ts';
import { payoutDays } from './payout-days.ts';
import { scenes } from './scenes.ts';
import { templateCounters } from './template-counters.ts';

export const counters = {
  campaignCounters,
  couponBatches,
  couponDays,
  couponTallies,
  exchangeItems,
  lotteries,
  payoutDays,
  scenes,
  templateCounters,
};

type Counters = typeof counters;
export type CounterName = keyof Counters;
type ByOf<Name extends CounterName> = Parameters<Counters[Name]['keyOf']>[0];
export type CounterRowOf<Name extends CounterName> = NonNullable<ReturnType<Counters[Name]['moved']>>;
export type SumOf<Name extends CounterName> = ReturnType<Counters[Name]['sum']>;

/** The counters that were read, by key. */
export type CounterRows = { readonly [Name in CounterName]: Map<string, CounterRowOf<Name>> };
/** What a fold counted, by key. */
export type Sums = { readonly [Name in CounterName]: Map<string, SumOf<Name>> };
/** `campaign.count`, with the difference. */
export type Count = {
  [Name in CounterName]: { readonly type: `${Counters[Name]['noun']}.count` } & ByOf<Name>;
}[CounterName];

export const counterNames = Object.keys(counters) as CounterName[];

const each = <Value>(make: () => Value): Record<string, Value> =>
  Object.fromEntries(counterNames.map((name) => [name, make()]));
// Every name has its map: that is what the loop above does.
export const noCounterRows = (): CounterRows => each(() => new Map()) as CounterRows;
export const noSums = (): Sums => each(() => new Map()) as Sums;

const byVerb = new Map<string, CounterName>(
  counterNames.map((name) => [`${counters[name].noun}.count`, name]),
);

export const isCount = (effect: { readonly type: string }): effect is Count => byVerb.has(effect.type);

export function count(rows: CounterRows, sums: Sums, by: Count): void {
  const name = byVerb.get(by.type);
  if (name === undefined) throw new Error(`nothing is counted by ${by.type}`);
  // A counter beside its own rows and sums: the one place where TypeScript has to be told that they belong together.
  const counter = counters[name] as unknown as Counter<unknown, Count, unknown>;
  const row = rows[name] as Map<string, unknown>;
  const sum = sums[name] as Map<string, unknown>;
  const key = counter.keyOf(by);
  const moved = counter.moved(row.get(key), by);
  if (moved !== undefined) row.set(key, moved);
  sum.set(key, counter.sum(sum.get(key), by));
}
