/** 标签规则: what a member has bought by now, counted for each rule, and the tags that follow. */
import type { DayTotal, MemberId, MemberTagRule, SaleLine } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { addDay } from '../levels/day-totals.ts';
import { shopDay } from '../money/lots.ts';
import { addDays } from '../plain/dates.ts';
import { isSame } from '../plain/same.ts';
import { isInScope } from '../sales/scope.ts';
import { pairKey, type World } from '../world.ts';
import type { CompiledRule } from './compile.ts';

/** Of each rule, so that all of them together leave room in the document. */
const daysKeptMax = 24;

type Worth = { readonly fen: number; readonly times: 0 | 1 };

/** What is kept of a receipt for a rule; a gift is not bought. */
function worthFor({ scope }: CompiledRule, lines: readonly SaleLine[]): Worth {
  const own = lines.filter(
    (line) =>
      line.quantityMilli > 0 && line.kind !== 'exchange_in' && line.kind !== 'gift' && isInScope(line, scope),
  );
  return { fen: own.reduce((sum, { paidFen }) => sum + paidFen, 0), times: own.length > 0 ? 1 : 0 };
}

/** All time is one day without a name. */
const dayFor = ({ days }: CompiledRule, on: string): string => (days === null ? '' : on);

/** The first day that counts; of all time there is none before. */
const firstDay = ({ days }: CompiledRule, today: string): string =>
  days === null ? '' : addDays(today, 1 - days);

export function holds(rule: CompiledRule, totals: readonly DayTotal[], today: string): boolean {
  const from = firstDay(rule, today);
  const counted = totals.filter(([on]) => on >= from);
  return rule.times === null
    ? counted.reduce((sum, [, fen]) => sum + fen, 0) >= (rule.amountFen ?? 0)
    : counted.reduce((sum, [, , times]) => sum + times, 0) >= rule.times;
}

export const ruleRow = (world: World, memberId: MemberId, { key }: CompiledRule): MemberTagRule | undefined =>
  world.tagRules.get(pairKey(memberId, key));

/** The tags of the rules in force, with what was counted before and what counts now. */
export function ruled(
  world: World,
  memberId: MemberId,
  count: (rule: CompiledRule, before: readonly DayTotal[]) => readonly DayTotal[],
): Effect[] {
  const today = shopDay(world.now);
  return world.config.tags.rules.flatMap((rule) => {
    const known = ruleRow(world, memberId, rule);
    const totals = bounded(rule, count(rule, known?.dayTotals ?? []), today);
    if (known === undefined && totals.length === 0) return [];
    const met = holds(rule, totals, today) ? 1 : 0;
    return moved(known, { memberId, rule: rule.key, tag: rule.tag, dayTotals: totals, met });
  });
}

/** Rules that are in force no more vouch for nothing. */
export function retired(world: World, memberId: MemberId): Effect[] {
  const inForce = new Set(world.config.tags.rules.map(({ key }) => key));
  return world.tagRules
    .of(memberId)
    .filter((row) => !inForce.has(row.rule))
    .flatMap((row) => moved(row, { ...row, dayTotals: [], met: 0 }));
}

/** A rule that did not hold and does puts its tag on again, though somebody took it off. */
function moved(known: MemberTagRule | undefined, row: MemberTagRule): Effect[] {
  if (known !== undefined && isSame(known, row)) return [];
  const had = known?.met ?? 0;
  const by = row.met - had;
  const { memberId, tag } = row;
  return [
    { type: 'tag-rule.put', row },
    ...(by === 0
      ? []
      : [{ type: 'tag.support', memberId, tag, by, ...(had === 0 && ({ anew: true } as const)) } as const]),
  ];
}

/** Beyond as many days the two oldest are one, under the later: that errs in the member's favour. */
function bounded(rule: CompiledRule, days: readonly DayTotal[], today: string): readonly DayTotal[] {
  const from = firstDay(rule, today);
  let kept = days.filter(([on]) => on >= from);
  while (kept.length > daysKeptMax) {
    const [[, fen, orders] = ['', 0, 0], [day, more, times] = ['', 0, 0], ...rest] = kept;
    kept = [[day, fen + more, orders + times], ...rest];
  }
  return kept;
}

/** With one receipt that was worth something else before. */
export function withReceipt(
  rule: CompiledRule,
  days: readonly DayTotal[],
  {
    on,
    before,
    after,
  }: { readonly on: string; readonly before: readonly SaleLine[]; readonly after: readonly SaleLine[] },
): readonly DayTotal[] {
  const had = worthFor(rule, before);
  const has = worthFor(rule, after);
  const fen = has.fen - had.fen;
  const times = has.times - had.times;
  return fen === 0 && times === 0 ? days : addDay(days, [dayFor(rule, on), fen, times]);
}
