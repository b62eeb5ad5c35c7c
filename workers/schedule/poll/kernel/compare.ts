/**
 * 自动对账: compares days that a polled system has reported completely with what was received. After a crash they are compared
 * again.
 */
import type { Poll, Source } from '../../../../schema/index.ts';
import type { Db } from '../../../db/db.ts';
import { putTally, type Polled } from '../../../db/sources/polls.ts';
import { reconcile } from '../../../db/sources/reconciliation.ts';
import { log } from '../../../platform/log.ts';

/** Four queries each: the free plan has no room for more. */
const daysPerTurn = 2;

/**
 * Some minutes after reading, because new records are decided by then. A day is dropped after its row is written: a process
 * that dies in between compares it a second time, which changes nothing.
 */
export async function compareRead(db: Db, { polls, sources }: Polled, now: number): Promise<void> {
  let left = daysPerTurn;
  for (const poll of polls) {
    const source = sources.find(({ id }) => id === poll.sourceId);
    const isBusy = (poll.leaseUntil ?? 0) > now;
    const days = source && !isBusy ? (poll.tally?.whole ?? []).slice(0, left) : [];
    if (!source || days.length === 0) continue;
    left -= days.length;
    await compareDays(db, poll, source, { days, now });
  }
}

type Days = NonNullable<Poll['tally']>['whole'];

/** When another step moves the poll meanwhile, its days stay and are compared again. */
async function compareDays(
  db: Db,
  poll: Poll,
  source: Source,
  { days, now }: { readonly days: Days; readonly now: number },
): Promise<void> {
  for (const { date, stores, saidAt } of days) {
    const { isEqual } = await reconcile(db, source, { date, said: { stores: [...stores] }, saidAt }, now);
    log('info', 'poll_compared', { source: source.id, date, equal: String(isEqual) });
  }
  const rest = (poll.tally?.whole ?? []).filter(({ date }) => !days.some((day) => day.date === date));
  const running = poll.tally?.running ?? [];
  await putTally(db, poll, rest.length === 0 && running.length === 0 ? null : { running, whole: rest });
}
