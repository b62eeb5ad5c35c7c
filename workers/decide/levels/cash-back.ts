/** 返现上限: how much money campaigns may still put into a member's wallet in a month, by what her level is at the time. */
import type { LevelSettings, MemberCounter, MemberId } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import { usedOn } from '../members/day-counts.ts';
import { addDays, addMonths } from '../plain/dates.ts';
import { pairKey, type World } from '../world.ts';
import { limitsOf } from './rules.ts';

/** What a member was given is counted in member_counters, beside campaigns. */
export const cashBackSubject = 'cash-back';

/** A month is counted under its last day: so it is remembered until it has been over for a while. */
export const monthEnd = (on: string): string => addDays(addMonths(`${on.slice(0, 7)}-01`, 1), -1);

/** A shop without any ceiling counts nothing. */
const isCounted = ({ list }: LevelSettings): boolean =>
  list.some(({ walletMonthFen }) => walletMonthFen !== null);

export type CashBack = {
  readonly level: string;
  readonly capFen: number;
  /** Null for a month of which nobody can say any more. */
  readonly usedFen: number | null;
};

/** Null where the level has no ceiling. */
export function cashBackOf(
  levels: LevelSettings,
  level: string | null,
  counter: MemberCounter | undefined,
  on: string,
): CashBack | null {
  const rule = limitsOf(levels, level);
  if (!rule || rule.walletMonthFen === null) return null;
  return {
    level: rule.name,
    capFen: rule.walletMonthFen,
    usedFen: counter ? usedOn(counter, monthEnd(on)) : 0,
  };
}

export function cashBackIn(world: World, memberId: MemberId, on: string): CashBack | null {
  const { levels } = world.config.settings;
  const counter = world.memberCounters.get(pairKey(memberId, cashBackSubject));
  return cashBackOf(levels, world.members.get(memberId)?.level ?? null, counter, on);
}

/** `on` is the day of what it was given for. */
export const countCashBack = (world: World, memberId: MemberId, fen: number, on: string): Effect[] =>
  fen === 0 || !isCounted(world.config.settings.levels)
    ? []
    : [{ type: 'member.count', memberId, subject: cashBackSubject, times: fen, on: monthEnd(on) }];
