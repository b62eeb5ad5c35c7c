/** A turn at some work: who comes while it is being done has it done once more, and does not wait. */

export type Turn = { busyUntil: number; hasRungAgain: boolean };

export const newTurn = (): Turn => ({ busyUntil: 0, hasRungAgain: false });

/** Longer than an invocation may last: a flag left behind by one that was killed does not block the next. */
const busyMs = 60_000;

export const isBusy = ({ busyUntil }: Turn, now: number): boolean => now < busyUntil;

/** A ring during the work is noticed before the work ends, so nothing that was stored before it is left lying. */
export async function takeTurn(turn: Turn, clock: () => number, work: () => Promise<void>): Promise<void> {
  if (isBusy(turn, clock())) {
    turn.hasRungAgain = true;
    return;
  }
  turn.busyUntil = clock() + busyMs;
  try {
    do {
      turn.hasRungAgain = false;
      await work();
    } while (turn.hasRungAgain);
  } finally {
    turn.busyUntil = 0;
  }
}
