/** 共用的计数 in the database: read as rows, moved by differences; a named CHECK refuses what would pass a limit. */
import {
  campaignCounters,
  couponBatches,
  couponDays,
  couponTallies,
  couponTemplateCounters,
  defaultTimezone,
  exchangeItems,
  lotteries,
  payoutDays,
  scenes,
} from '../../../schema/index.ts';
import {
  counterNames,
  noCounterRows,
  type CounterName,
  type CounterRows,
  type Sums,
  type SumOf,
} from '../../decide/counters/index.ts';
import { writeCampaigns } from './campaign-counters.ts';
import { lotteriesAsked, writeLotteries } from './lotteries.ts';
import { writePayoutDays } from './payout-days.ts';
import { couponDaysRead } from '../../decide/coupons/room.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Config } from '../../decide/config.ts';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { addTallies } from '../coupons/tallies.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { decodeValues, list, rowsOf } from '../set.ts';
import type { GroupQuery } from './define.ts';

type CounterShelf<Name extends CounterName> = {
  readonly table: SQLiteTable;
  /** The fields by which the world knows a row, one or two. */
  readonly key: readonly string[];
  /** CHECKs that two writers may meet at: only one of them may pass, the other has to look again. */
  readonly limits: readonly string[];
  /** Terms of one compound over `?1`, openids, `?2`, scenes, `?3`, today, `?4`, batches, `?5`, exchange items, `?6`, lotteries, `?7`, who speaks; null where the group cannot need it. */
  readonly select: (query: GroupQuery) => string | null;
  readonly write: (sums: readonly (readonly [string, SumOf<Name>])[]) => Statement[];
};

const capped = termOf(
  'campaignCounters',
  campaignCounters,
  't.total_limit IS NOT NULL OR t.budget_fen IS NOT NULL',
);
const stocked = termOf('templateCounters', couponTemplateCounters, 'true');
/** A fan may have left a gift to be claimed at an earlier scene. */
const scanned = termOf(
  'scenes',
  scenes,
  `t.id IN (SELECT value FROM json_each(?2) UNION SELECT claim_scene FROM fans
     WHERE openid IN (SELECT value FROM json_each(?1)) AND claim_scene IS NOT NULL)`,
);
const batched = termOf('couponBatches', couponBatches, 't.id IN (SELECT value FROM json_each(?4))');
const exchanged = termOf('exchangeItems', exchangeItems, 't.id IN (SELECT value FROM json_each(?5))');
const daysGiven = termOf('couponDays', couponDays, `t.day_on >= date(?3, '-${couponDaysRead} days')`);
const paidOut = termOf('payoutDays', payoutDays, 't.day_on = ?3');

const adding =
  (table: string, column: string, key: string) =>
  (sums: readonly (readonly [string, number])[]): Statement[] => [
    statement(
      `WITH ${rowsOf('?1')} UPDATE ${table} SET ${column} = ${column} + (v ->> 1) FROM r WHERE ${key} = v ->> 0`,
      list(sums),
    ),
  ];

const shelves: { readonly [Name in CounterName]: CounterShelf<Name> } = {
  campaignCounters: {
    table: campaignCounters,
    key: ['campaignId'],
    limits: ['campaign_total', 'campaign_budget', 'campaign_used'],
    select: () => capped,
    write: writeCampaigns,
  },
  couponBatches: {
    table: couponBatches,
    key: ['id'],
    limits: ['coupon_batch_limit'],
    select: ({ needs }) => (needs.batches.size > 0 ? batched : null),
    write: adding('coupon_batches', 'claimed', 'id'),
  },
  exchangeItems: {
    table: exchangeItems,
    key: ['id'],
    limits: ['exchange_stock'],
    select: ({ needs }) => (needs.exchangeItems.size > 0 ? exchanged : null),
    write: adding('exchange_items', 'exchanged', 'id'),
  },
  lotteries: {
    table: lotteries,
    key: ['id'],
    limits: ['lottery_quotas'],
    select: ({ needs }) => (needs.lotteries.size + needs.speakers.size > 0 ? lotteriesAsked : null),
    write: writeLotteries,
  },
  couponDays: {
    table: couponDays,
    key: ['templateId', 'dayOn'],
    limits: ['coupon_day'],
    select: ({ config }) => (isCountedByDay(config) ? daysGiven : null),
    // A day from which something is taken back has its row, or is so long ago that nobody reads it.
    write: (sums) => [
      statement(
        `INSERT INTO coupon_days (template_id, day_on, issued, limit_count)
         WITH ${rowsOf('?1')} SELECT v ->> 0, v ->> 1, v ->> 2, v ->> 3 FROM r WHERE true
         ON CONFLICT (template_id, day_on) DO UPDATE SET issued = max(0, issued + excluded.issued)`,
        list(sums.map(([, { templateId, on, count, limitCount }]) => [templateId, on, count, limitCount])),
      ),
    ],
  },
  couponTallies: {
    table: couponTallies,
    key: ['templateId'],
    limits: [],
    // No decision looks at it.
    select: () => null,
    write: (sums) => [addTallies(sums.map(([, by]) => by))],
  },
  templateCounters: {
    table: couponTemplateCounters,
    key: ['templateId'],
    limits: ['coupon_stock'],
    select: () => stocked,
    write: adding('coupon_template_counters', 'issued', 'template_id'),
  },
  scenes: {
    table: scenes,
    key: ['id'],
    limits: ['scene_once'],
    select: ({ needs }) => (needs.asked.fans.size + needs.scenes.size > 0 ? scanned : null),
    write: (sums) => [
      statement(
        `WITH ${rowsOf('?1')} UPDATE scenes SET scans = scans + (v ->> 1), claims = claims + (v ->> 2)
         FROM r WHERE scenes.id = v ->> 0`,
        list(sums.map(([id, { scans, claims }]) => [id, scans, claims])),
      ),
    ],
  },
  payoutDays: {
    table: payoutDays,
    key: ['dayOn'],
    limits: ['payout_day'],
    select: ({ needs, config: { payout } }) =>
      needs.asked.transfers.size > 0 || payout?.mode === 'transfer' ? paidOut : null,
    write: writePayoutDays,
  },
};

const isCountedByDay = ({ templates }: Config): boolean =>
  [...templates.values()].some(({ perDay }) => perDay !== null);

export const counterTables: readonly SQLiteTable[] = counterNames.map((name) => shelves[name].table);

/** Names of the CHECKs that mean a race, not a fault. */
export const counterLimits: ReadonlySet<string> = new Set(
  counterNames.flatMap((name) => shelves[name].limits),
);

export function selectCounters(query: GroupQuery): Statement[] {
  const terms = counterNames.flatMap((name) => shelves[name].select(query) ?? []);
  const { asked, scenes: named, batches, exchangeItems: items, speakers } = query.needs;
  const today = localDate(query.now, defaultTimezone);
  const values = [list(asked.fans), list(named), today, list(batches), list(items)];
  values.push(list(query.needs.lotteries), list(speakers));
  return compounds(terms).map((sql) => statement(sql, ...parametersOf(sql, values)));
}

/** SQLite counts parameters by the highest number that stands in the text. */
const parametersOf = (sql: string, all: readonly string[]): string[] =>
  all.slice(0, Math.max(0, ...[...sql.matchAll(/\?(\d)/g)].map(([, number]) => Number(number))));

/** Rows come as `kind` and `values`; kinds that are no counter are somebody else's. */
export function decodeCounters(read: readonly Row[]): CounterRows {
  const rows = noCounterRows();
  for (const { kind, values } of read) {
    const name = kind as CounterName;
    if (!Object.hasOwn(shelves, name)) continue;
    const { table, key } = shelves[name];
    const row = decodeValues(table, String(values));
    // The row is of the counter that its kind names.
    (rows[name] as Map<string, unknown>).set(key.map((field) => String(row[field])).join('\n'), row);
  }
  return rows;
}

export const writeCounters = (sums: Sums): Statement[] =>
  counterNames.flatMap((name) => {
    const counted = [...sums[name]];
    return counted.length > 0 ? shelves[name].write(counted as never) : [];
  });
