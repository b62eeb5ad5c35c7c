/** 此时此地: what one request goes by, read once when it comes in. */
import type { Context } from 'hono';
import { clockOf } from './plain/clock.ts';
import { settingsIn, type Settings } from './control.ts';
import type { SandboxEnv } from './env.ts';

export type Here = {
  readonly env: SandboxEnv;
  readonly db: D1Database;
  /** The simulated time: the real one, and what the tester put it ahead by. */
  readonly now: number;
  readonly settings: Settings;
  readonly faults: readonly FaultRow[];
  /** Goes on when the answer is given. */
  readonly later: (work: Promise<unknown>) => void;
};

/** What befalls a path, and how often still. */
export type FaultRow = {
  readonly path: string;
  readonly count: number;
  readonly errcode: number;
  readonly status: number;
  readonly afterwards: number;
  readonly latencyMs: number;
};

/** Hono's word for where the bindings are, and what a handler finds with `get`. */
export type SandboxApp = { Bindings: SandboxEnv; Variables: { here: Here } };

let underWay = 0;

/** How many works are still going on whose answer was given: receipts, callbacks, notifications. */
export const worksUnderWay = (): number => underWay;

export async function hereOf(context: Context<SandboxApp>): Promise<Here> {
  const { env } = context;
  const db = env.SANDBOX_DB;
  const [control, faults] = await db.batch([
    db.prepare('SELECT settings FROM control'),
    db.prepare(
      `SELECT path, fail_left AS "count", errcode, status, afterwards, latency_ms AS "latencyMs" FROM faults
       WHERE fail_left > 0 OR latency_ms > 0 ORDER BY length(path) DESC`,
    ),
  ]);
  // The columns are those of the two statements above.
  const [row] = (control?.results ?? []) as { settings: string }[];
  const settings = settingsIn(row?.settings ?? '{}');
  return {
    env,
    db,
    now: clockOf(env) + settings.clockAheadMs,
    settings,
    faults: (faults?.results ?? []) as FaultRow[],
    later: (work) => {
      underWay += 1;
      context.executionCtx.waitUntil(work.finally(() => (underWay -= 1)));
    },
  };
}
