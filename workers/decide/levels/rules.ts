/** 等级规则: which level a history reaches, and what is missing to a level. */
import type { DayTotal, LevelRule, LevelSettings, TopSale } from '../../../schema/index.ts';
import { addDays, addMonths } from '../plain/dates.ts';

/** What counts for one rule. */
export type History = {
  readonly amountFen: number;
  readonly orders: number;
  /** The largest purchase. */
  readonly singleFen: number;
  readonly growth: number;
};

/** Everything that is known of a member's purchases. */
export type Bought = {
  readonly spentFen: number;
  readonly orders: number;
  readonly growth: number;
  readonly dayTotals: readonly DayTotal[];
  readonly tops: readonly TopSale[];
};

/** Levels follow from rules here, and not from what a till tells. */
export const isRuled = ({ list, decidedBy }: LevelSettings): boolean =>
  list.length > 0 && decidedBy === 'rules';

/** -1 where no rule has this name. */
export const rankOf = ({ list }: LevelSettings, name: string | null): number =>
  list.findIndex((rule) => rule.name === name);

export const ruleOf = (settings: LevelSettings, name: string | null): LevelRule | undefined =>
  settings.list[rankOf(settings, name)];

const bars = ['amountFen', 'orders', 'singleFen', 'growth'] as const;
const isFree = (rule: LevelRule): boolean => bars.every((bar) => rule[bar] === null);

/** Whose limits count: gifts may come before the first purchase, and whoever has no level yet is held to the one that asks for nothing. */
export const limitsOf = (settings: LevelSettings, name: string | null): LevelRule | undefined =>
  name === null && isRuled(settings) ? settings.list.findLast(isFree) : ruleOf(settings, name);

export const isReached = (rule: LevelRule, history: History): boolean =>
  isFree(rule) || bars.some((bar) => history[bar] >= (rule[bar] ?? Infinity));

/** The highest rule that the history reaches; -1 is none. */
export const levelOf = (rules: readonly LevelRule[], historyFor: (rule: LevelRule) => History): number =>
  rules.findLastIndex((rule) => isReached(rule, historyFor(rule)));

/** The first day that counts; null counts everything. Where levels end, only purchases of one such period count. */
export function countsFrom(
  { withinDays }: Pick<LevelRule, 'withinDays'>,
  { keeping }: Pick<LevelSettings, 'keeping'>,
  on: string,
): string | null {
  const window = withinDays === null ? null : addDays(on, 1 - withinDays);
  const period = keeping.mode === 'months' ? addDays(addMonths(on, -keeping.months), 1) : null;
  if (window === null || period === null) return window ?? period;
  return window > period ? window : period;
}

/** As of the end of a day. */
export function historyOn(
  rule: LevelRule,
  settings: LevelSettings,
  { spentFen, orders, growth, dayTotals, tops }: Bought,
  on: string,
): History {
  const since = countsFrom({ withinDays: null }, settings, on) ?? '';
  const singleFen = Math.max(0, ...tops.flatMap(([day, fen]) => (day >= since && day <= on ? [fen] : [])));
  const own = { singleFen, growth };
  const from = countsFrom(rule, settings, on);
  if (from === null) return { ...own, amountFen: spentFen, orders };
  const counted = dayTotals.filter(([day]) => day >= from && day <= on);
  return {
    ...own,
    amountFen: Math.max(
      0,
      counted.reduce((sum, [, fen]) => sum + fen, 0),
    ),
    orders: Math.max(
      0,
      counted.reduce((sum, [, , times]) => sum + times, 0),
    ),
  };
}

export const earnedOn = (settings: LevelSettings, bought: Bought, on: string): number =>
  levelOf(settings.list, (rule) => historyOn(rule, settings, bought, on));

export type Missing = { readonly [Bar in (typeof bars)[number]]: number | null };

/** How far each bar of the rule still is; null where it has none. Any one of them is enough. */
export function missingTo(rule: LevelRule, history: History): Missing {
  const far = (bar: (typeof bars)[number]): number | null => {
    const bound = rule[bar];
    // A purchase is made in one go: what was bought before brings it no nearer.
    if (bar === 'singleFen') return bound;
    return bound === null ? null : Math.max(0, bound - history[bar]);
  };
  return {
    amountFen: far('amountFen'),
    orders: far('orders'),
    singleFen: far('singleFen'),
    growth: far('growth'),
  };
}
