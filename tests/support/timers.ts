/** 计时: the clock and the timers of the code under test, turned by hand, so that nobody waits and no busy machine is too slow. */
import { onTestFinished, vi } from 'vitest';

/** Libraries that look at the machine's clock see this instant until the test ends. */
export function stopClock(now: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now });
  onTestFinished(() => void vi.useRealTimers());
}

/** Until the test ends, a timer that is set rings when `pass` comes to it, and never of itself. */
export function stopTimers(): { readonly pass: (ms: number) => Promise<void>; readonly goOn: () => void } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return {
    pass: async (ms) => void (await vi.advanceTimersByTimeAsync(ms)),
    goOn: () => void vi.useRealTimers(),
  };
}

/** Something that comes to a place and stays there until it may go on. */
export function barrier(): {
  readonly reached: Promise<void>;
  readonly stay: () => Promise<void>;
  readonly open: () => void;
} {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    stay: () => {
      reached.resolve();
      return opened.promise;
    },
    open: opened.resolve,
  };
}

const turnsMax = 200;

/** Everybody else who is at work in this process has their turn, however slow the machine is. */
export async function othersTurn(): Promise<void> {
  for (let turn = 0; turn < turnsMax; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
