/** 付款: leases due transfers, looks at each, has changes decided, and writes when to look again. */
import type { Alert } from '../../schema/index.ts';
import {
  closeTransfers,
  leaseTransfers,
  type TransferClosing,
  type TransferRow,
} from '../db/members/transfers.ts';
import type { Engine } from '../engine/engine.ts';
import { log } from '../platform/log.ts';
import type { Clock } from '../engine/ports.ts';
import { processGroup } from '../engine/process.ts';
import type { TransferClient } from '../wechat/pay/transfers.ts';
import { backoffMs, leaseMs, roundMs } from './bounds.ts';
import { look } from './look.ts';
import type { Desk, Finding } from './finding.ts';

export type Payer = {
  readonly engine: Engine;
  readonly client: TransferClient;
  readonly appId: string;
  /** The relay that calls leave by, for who has to list its address; absent without one. */
  readonly relay?: string;
  readonly clock: Clock;
  /** From 0 to 1; spreads retries over time. */
  readonly jitter: () => number;
};

/** A Worker has at most six open connections. */
const parallelMax = 6;

/** Looks at up to `limit` due transfers; returns how many there were. */
export async function payDue(payer: Payer, limit: number, now: number): Promise<number> {
  const { engine, clock, ...asks } = payer;
  const leased = await leaseTransfers(engine.db, limit, now, leaseMs);
  if (leased.length === 0) return 0;
  const startedAt = clock();
  const isLate = (): boolean => clock() - startedAt >= roundMs;
  const desk: Desk = { ...asks, now, isLate };
  const seen = await lookAtAll(desk, leased);
  // The change is decided first, and then the next look is written: a crash in between only repeats the look.
  const told = seen.flatMap(([, { news }]) => (news ? [{ event: news, seq: null }] : []));
  const { failed } = await processGroup(engine, told, now);
  for (const id of failed) log('error', 'transfer_undecided', { id });
  const alerts = new Map<string, Alert>();
  for (const alert of seen.flatMap(([, one]) => one.alerts)) alerts.set(alert.id, alert);
  await closeTransfers(engine.db, seen.map(closing), [...alerts.values()], now);
  return leased.length;
}

async function lookAtAll(
  desk: Desk,
  rows: readonly TransferRow[],
): Promise<(readonly [TransferRow, Finding])[]> {
  const seen: (readonly [TransferRow, Finding])[] = [];
  const queue = [...rows];
  const lane = async (): Promise<void> => {
    for (let row = queue.shift(); row; row = queue.shift()) {
      seen.push([row, desk.isLate() ? untouched(row) : await lookSafely(desk, row)]);
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, lane));
  return seen;
}

/** A bug or an unreadable key stops only this transfer; nothing was sent. */
async function lookSafely(desk: Desk, row: TransferRow): Promise<Finding> {
  try {
    return await look(desk, row);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log('error', 'transfer_failed', { bill: row.outBillNo, why });
    const dueAt = desk.now + backoffMs(row.attempts, desk.jitter());
    return { ...untouched(row), dueAt, lastError: why.slice(0, errorLengthMax) };
  }
}

const errorLengthMax = 300;

const untouched = ({ dueAt, lastError }: TransferRow): Finding => ({
  news: null,
  dueAt,
  lastError,
  cancelReason: null,
  alerts: [],
});

const closing = ([row, seen]: readonly [TransferRow, Finding]): TransferClosing => ({
  seq: row.seq,
  leaseUntil: row.leaseUntil ?? 0,
  cancelAskedAt: row.cancelAskedAt,
  dueAt: seen.dueAt,
  lastError: seen.lastError,
  cancelReason: seen.cancelReason,
});
