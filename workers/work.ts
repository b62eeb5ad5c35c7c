/** What a ring sets off: deciding comes first and never waits for sending, which has a bell and a consumer of its own. */
import { drain, type Delivery } from './deliver/drain.ts';
import { storeEvents } from './db/inbox/inbox.ts';
import { log } from './platform/log.ts';
import type { Plan } from './platform/plans.ts';
import { endsWithin } from './platform/timeout.ts';
import type { Bell, Clock, Doorbell, SendingBell } from './engine/ports.ts';
import type { Engine } from './engine/engine.ts';
import { payDue, type Payer } from './payout/pay.ts';
import { processPending, processWarily } from './engine/process.ts';

export type Workshop = {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly doorbell: Doorbell;
  readonly sendingBell: SendingBell;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Goes on when the invocation has answered. */
  readonly later: (work: Promise<unknown>) => void;
  /** Without keys of WeChat Pay there is none, and nothing is asked. */
  readonly payer?: Payer;
};

/** A queue message redelivered this often has killed its consumer: from then on events are decided one at a time. */
const waryFromAttempt = 2;

/** So long may sending keep the next sale waiting; what is under way by then goes on, nothing more is begun. */
const besideDecidingMs = 1_000;

type Bounds = { readonly forMs: number; readonly mayPay: boolean };
/** Where nobody waits: the slowest call, and its repetition, still end before the lease does. */
const atLeisure: Bounds = { forMs: 10_000, mayPay: true };

/** One of each kind of work at a time per isolate: two would only do the same and lose one of the answers. */
type Turn = { busyUntil: number; hasRungAgain: boolean };
const deciding: Turn = { busyUntil: 0, hasRungAgain: false };
const sending: Turn = { busyUntil: 0, hasRungAgain: false };
/** Longer than an invocation may last: a flag left behind by one that was killed does not block the next. */
const busyMs = 60_000;

export async function answerBell(workshop: Workshop, bells: readonly Bell[], attempt: number): Promise<void> {
  const toDecide = bells.filter(({ work }) => work !== 'sending');
  if (toDecide.length < bells.length) await takeTurn(sending, workshop, () => sendRound(workshop, atLeisure));
  if (toDecide.length === 0) return;
  const stalled = toDecide.flatMap((bell) => bell.stalled ?? []);
  if (stalled.length > 0) await storeEvents(workshop.engine.db, stalled);
  await takeTurn(deciding, workshop, () => decideRound(workshop, attempt >= waryFromAttempt));
}

/** A ring during the work is noticed before the work ends, so nothing that was stored before it is left lying. */
async function takeTurn(turn: Turn, { clock }: Workshop, work: () => Promise<void>): Promise<void> {
  if (clock() < turn.busyUntil) {
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

/** Everything pending is decided before anything is sent: with more than an invocation takes on, only the bell is rung. */
async function decideRound(workshop: Workshop, isWary: boolean): Promise<void> {
  const { engine, doorbell, plan, clock } = workshop;
  const { eventsPerGroup, groupsPerInvocation } = plan;
  const decideGroup = isWary ? processWarily : processPending;
  let found = eventsPerGroup;
  for (let group = 0; group < groupsPerInvocation && found === eventsPerGroup; group += 1) {
    found = await decideGroup(engine, eventsPerGroup, clock());
  }
  if (found === eventsPerGroup) return doorbell.ring();
  await sendBeside(workshop, found);
}

/** A lone sale's message goes out where the sale was decided: a ring of its own would double what it costs in queue operations. */
async function sendBeside(workshop: Workshop, found: number): Promise<void> {
  const { plan, later } = workshop;
  // A small plan does not decide and pay in one invocation: together they ask too much of the database.
  const mayPay = found === 0 || plan.groupsPerInvocation > 1;
  const bounds = { forMs: besideDecidingMs, mayPay };
  const round = takeTurn(sending, workshop, () => sendRound(workshop, bounds));
  if (!(await endsWithin(round, besideDecidingMs))) later(round.catch(unsent));
}

const unsent = (error: unknown): void =>
  log('error', 'sending_failed', { why: error instanceof Error ? error.message : String(error) });

/** Pays and sends what is due, as much as one invocation takes on; the rest is for the next ring. */
async function sendRound(
  workshop: Workshop,
  { forMs, mayPay }: Bounds,
  now = workshop.clock(),
): Promise<void> {
  const { clock, plan, sendingBell } = workshop;
  const startedAt = clock();
  const paid = mayPay && (await sendsMoney(workshop)) ? await payOut(workshop, now) : 0;
  const leased = await drain(workshop.delivery, plan.messagesPerInvocation, now, forMs);
  const isLate = leased > 0 && clock() - startedAt > forMs;
  const isMore = leased === plan.messagesPerInvocation || paid === plan.transfersPerInvocation;
  if (!isMore && !isLate && !sending.hasRungAgain) return;
  // Not here: what goes on behind an invocation's back is cut off after half a minute.
  sending.hasRungAgain = false;
  sendingBell.ring();
}

/** Sends what is due, as much as one invocation takes on. */
export const sendDue = (workshop: Workshop, now: number): Promise<void> =>
  sendRound(workshop, { ...atLeisure, mayPay: false }, now);

/** Pays what is due, as much as one invocation takes on; tells how many payments were looked at. */
export const payOut = async ({ payer, plan }: Workshop, now: number): Promise<number> =>
  payer ? payDue(payer, plan.transfersPerInvocation, now) : 0;

const sendsMoney = async ({ engine, payer }: Workshop): Promise<boolean> =>
  payer !== undefined && (await engine.config.get()).payout?.mode === 'transfer';
