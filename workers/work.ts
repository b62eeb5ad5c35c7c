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
  /** Without keys of WeChat Pay there is none, and nothing is asked. */
  readonly payer?: Payer;
};

/** A ring that comes back this often has taken its consumer down before: from then on, one event at a time. */
const waryFromAttempt = 2;

let busyUntil = 0;
let hasRungAgain = false;
/** Longer than an invocation may last: a flag left behind by one that was killed does not block the next. */
const busyMs = 60_000;

/**
 * One worker per isolate: two would only decide the same events twice and lose one of the answers. A ring during the work is
 * noticed before the work ends, so nothing that was stored before it is left lying.
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

/** Sends what is due, as much as one invocation takes on; tells how many messages were taken up. */
export const sendDue = ({ delivery, plan }: Workshop, now: number): Promise<number> =>
  drain(delivery, plan.messagesPerInvocation, now);

/** Pays what is due, as much as one invocation takes on; tells how many payments were looked at. */
export const payOut = async ({ payer, plan }: Workshop, now: number): Promise<number> =>
  payer ? payDue(payer, plan.transfersPerInvocation, now) : 0;

/** A small plan does not decide and pay in one invocation: together they ask too much of the database. */
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
