/** What a ring of the doorbell sets off: decide what is pending, send what is due, ring again if there is more. */
import { drain, type Delivery } from './deliver/drain.ts';
import { storeEvents } from './db/inbox/inbox.ts';
import type { Plan } from './platform/plans.ts';
import type { Bell, Clock, Doorbell } from './engine/ports.ts';
import type { Engine } from './engine/engine.ts';
import { payDue, type Payer } from './payout/pay.ts';
import { processPending, processWarily } from './engine/process.ts';

export type Workshop = {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly doorbell: Doorbell;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Null without WeChat Pay keys. */
  readonly payer?: Payer;
};

/** A queue message redelivered this often has killed its consumer: from then on events are decided one at a time. */
const waryFromAttempt = 2;

let busyUntil = 0;
let hasRungAgain = false;
/** Longer than an invocation may last: the flag of a killed invocation does not block the next. */
const busyMs = 60_000;

/**
 * One worker per isolate: two would decide the same events twice and discard one result. A ring during the work is noticed
 * before it ends, so no event stored before the ring is missed.
 */
export async function answerBell(workshop: Workshop, bells: readonly Bell[], attempt: number): Promise<void> {
  const stalled = bells.flatMap((bell) => bell.stalled ?? []);
  if (stalled.length > 0) await storeEvents(workshop.engine.db, stalled);
  if (workshop.clock() < busyUntil) {
    hasRungAgain = true;
    return;
  }
  busyUntil = workshop.clock() + busyMs;
  try {
    do {
      hasRungAgain = false;
      await workOnce(workshop, attempt >= waryFromAttempt);
    } while (hasRungAgain);
  } finally {
    busyUntil = 0;
  }
}

/** Sends due messages, up to the limit of one invocation; returns how many were leased. */
export const sendDue = ({ delivery, plan }: Workshop, now: number): Promise<number> =>
  drain(delivery, plan.messagesPerInvocation, now);

/** Pays due transfers, up to the limit of one invocation; returns how many were looked at. */
export const payOut = async ({ payer, plan }: Workshop, now: number): Promise<number> =>
  payer ? payDue(payer, plan.transfersPerInvocation, now) : 0;

/** A small plan does not decide and pay in one invocation: together they need too many statements. */
const maySendMoney = async ({ engine, plan, payer }: Workshop, found: number): Promise<boolean> => {
  if (!payer || (found > 0 && plan.groupsPerInvocation === 1)) return false;
  return (await engine.config.get()).payout?.mode === 'transfer';
};

async function workOnce(workshop: Workshop, isWary: boolean): Promise<void> {
  const { engine, doorbell, plan, clock } = workshop;
  const { eventsPerGroup, groupsPerInvocation, messagesPerInvocation, transfersPerInvocation } = plan;
  const decideGroup = isWary ? processWarily : processPending;
  let found = eventsPerGroup;
  for (let group = 0; group < groupsPerInvocation && found === eventsPerGroup; group += 1) {
    found = await decideGroup(engine, eventsPerGroup, clock());
  }
  const paid = (await maySendMoney(workshop, found)) ? await payOut(workshop, clock()) : 0;
  const leased = await sendDue(workshop, clock());
  const isMore = leased === messagesPerInvocation || paid === transfersPerInvocation;
  if (found === eventsPerGroup || isMore) doorbell.ring();
}
