/** 抽奖活动: what it costs and how likely each prize is, whether it can be drawn now, and whether a prize can be fetched. */
import { defaultTimezone, type Draw, type Lottery, type LotteryInput } from '../../../schema/index.ts';
import { addDays, atHour } from '../plain/dates.ts';
import { shopDay } from '../money/lots.ts';

export type LotteryMiss =
  | { readonly reason: 'UNKNOWN_LOTTERY' }
  | { readonly reason: 'LOTTERY_OFF' }
  | { readonly reason: 'NOT_YET'; readonly from: number }
  | { readonly reason: 'CLOSED'; readonly to: number }
  /** It costs something else than what was seen. */
  | { readonly reason: 'PRICE_CHANGED'; readonly points: number }
  /** Nothing is left to win: nobody pays for a blank that is certain. */
  | { readonly reason: 'SOLD_OUT'; readonly total: number }
  | { readonly reason: 'MEMBER_LIMIT' | 'MEMBER_DAY_LIMIT'; readonly used: number; readonly cap: number };

/** Besides its own reasons: there are not enough points. */
export type DrawNot =
  | LotteryMiss
  | { readonly code: 'POINTS_SHORT'; readonly have: number; readonly need: number };

export type PrizeMiss =
  | { readonly reason: 'UNKNOWN_PRIZE' }
  | { readonly reason: 'PRIZE_NOT_YET'; readonly from: number }
  | { readonly reason: 'PRIZE_OVER'; readonly to: number }
  | { readonly reason: 'ALREADY_COLLECTED'; readonly at: number };

const beginOf = (day: string): number => atHour(day, 0, defaultTimezone);
/** The first moment after a day. */
const endOf = (day: string): number => beginOf(addDays(day, 1));

/** What a member's draws are counted under. */
export const drawSubject = (id: Lottery['id']): string => `draw:${id}`;

type Count = { readonly used: number; readonly usedToday: number };

export function lotteryMiss(
  { definition }: Pick<Lottery, 'definition'>,
  { used, usedToday }: Count,
  now: number,
): LotteryMiss | null {
  const { enabled, firstOn, lastOn, perMember, perMemberPerDay } = definition;
  if (!enabled) return { reason: 'LOTTERY_OFF' };
  const today = shopDay(now);
  if (today < firstOn) return { reason: 'NOT_YET', from: beginOf(firstOn) };
  if (today > lastOn) return { reason: 'CLOSED', to: endOf(lastOn) };
  if (perMember !== null && used >= perMember) return { reason: 'MEMBER_LIMIT', used, cap: perMember };
  if (perMemberPerDay !== null && usedToday >= perMemberPerDay)
    return { reason: 'MEMBER_DAY_LIMIT', used: usedToday, cap: perMemberPerDay };
  return null;
}

export function collectMiss(
  { collectedAt }: Draw,
  { collectFirstOn, collectLastOn }: LotteryInput,
  now: number,
): PrizeMiss | null {
  if (collectedAt !== null) return { reason: 'ALREADY_COLLECTED', at: collectedAt };
  const today = shopDay(now);
  if (today < collectFirstOn) return { reason: 'PRIZE_NOT_YET', from: beginOf(collectFirstOn) };
  return collectLastOn !== null && today > collectLastOn
    ? { reason: 'PRIZE_OVER', to: endOf(collectLastOn) }
    : null;
}

export const leftOf = ({ definition, awarded }: Lottery, place: number): number =>
  Math.max(0, (definition.prizes[place]?.quota ?? 0) - (awarded[place] ?? 0));

/** 成本: what it comes to when everything is won. */
export const costOf = ({ prizes }: Pick<LotteryInput, 'prizes'>) => ({
  prizes: prizes.reduce((sum, { quota }) => sum + quota, 0),
  fen: prizes.reduce((sum, { quota, valueFen }) => sum + quota * valueFen, 0),
});

/** 签: how many lots each prize has, and how many there are with those that win nothing. */
export function lotsOf({ prizes, blanks }: Pick<LotteryInput, 'prizes' | 'blanks'>) {
  const each = prizes.map(({ weight, quota }) => weight ?? quota);
  return { each, total: each.reduce((sum, lots) => sum + lots, blanks) };
}

/** The place of the prize whose lot this is, from 1 on; null where it is a blank. */
export function prizeOfLot(definition: LotteryInput, lot: number): number | null {
  let last = 0;
  for (const [place, lots] of lotsOf(definition).each.entries()) {
    last += lots;
    if (lot <= last) return place;
  }
  return null;
}
