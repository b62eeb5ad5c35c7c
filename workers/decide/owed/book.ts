/** 一天一行: of one account what stood, why it became more or less, and what stood then; to the unit. */
import {
  owedMoves,
  type OwedAccount,
  type OwedClose,
  type OwedDay,
  type OwedMove,
} from '../../../schema/index.ts';

export type BookLine = {
  readonly onDay: string;
  readonly opening: number;
  readonly moves: ReadonlyMap<OwedMove, number>;
  readonly closing: number;
  readonly close: OwedClose;
};

/** Of every closed day but the first of them, before which nothing is known. */
export function linesOf(
  account: OwedAccount,
  { closes, days }: { readonly closes: readonly OwedClose[]; readonly days: readonly OwedDay[] },
): BookLine[] {
  const byDay = Map.groupBy(
    days.filter((day) => day.account === account),
    ({ onDay }) => onDay,
  );
  return closes.slice(1).map((close, place) => ({
    onDay: close.onDay,
    opening: closes[place]?.[account] ?? 0,
    moves: sumsOf(byDay.get(close.onDay) ?? []),
    closing: close[account],
    close,
  }));
}

export function sumsOf(days: readonly Pick<OwedDay, 'move' | 'amount'>[]): ReadonlyMap<OwedMove, number> {
  const sums = new Map<OwedMove, number>();
  for (const { move, amount } of days) sums.set(move, (sums.get(move) ?? 0) + amount);
  return sums;
}

/** In their order, those of which anything happened. */
export const movesIn = (days: readonly Pick<OwedDay, 'move'>[]): OwedMove[] =>
  owedMoves.filter((move) => days.some((day) => day.move === move));
