/** What a ring sets off: deciding comes first and never waits for sending, which has a bell and a consumer of its own. */
import { drain, leaseMs, type Delivery } from './deliver/drain.ts';
import { isOverQuota } from './db/db.ts';
import { storeEvents } from './db/inbox/inbox.ts';
import { insertAlerts } from './db/upkeep/alerts.ts';
import { log } from './platform/log.ts';
import { secondsToMidnight } from './platform/midnight.ts';
import type { Plan } from './platform/plans.ts';
import { endsWithin } from './platform/timeout.ts';
import { isBusy, newTurn, takeTurn } from './platform/turn.ts';
import type { Bell, Clock, Doorbell, JobsBell, SendingBell } from './engine/ports.ts';
import type { Engine } from './engine/engine.ts';
import { payDue, type Payer } from './payout/pay.ts';
import { openHand } from './engine/hand.ts';
import { processPending, processWarily } from './engine/process.ts';
import { isJobDone } from './commands/run-jobs.ts';
import { keptLate } from './words/alerts.ts';
import type { Message } from '../schema/index.ts';

export type Workshop = {
  readonly engine: Engine;
  readonly delivery: Delivery;
  readonly doorbell: Doorbell;
  readonly sendingBell: SendingBell;
  readonly jobsBell: JobsBell;
  readonly plan: Plan;
  readonly clock: Clock;
  /** Goes on when the invocation has answered. */
  readonly later: (work: Promise<unknown>) => void;
  /** Without keys of WeChat Pay there is none, and nothing is asked. */
  readonly payer?: Payer;
};

type Batch = { readonly queue: string; readonly messages: readonly BellMessage[] };
type BellMessage = {
  readonly body: Bell;
  /** 1 the first time. */
  readonly attempts: number;
  readonly retry: (options: { delaySeconds: number }) => void;
};

/** After these a ring is given up: the cron looks every minute for what it spoke of. */
const ringAttemptsMax = 5;
const firstDelaySeconds = 10;
/** With `max_retries = 20` the last try of the doorbell comes half a day after the first. */
const delaySecondsMax = 3_600;
/** A queue takes no longer delay. */
const delaySecondsLongest = 43_200;

/** Where `dead_letter_queue` puts what the doorbell gave up. */
const isDead = (queue: string): boolean => queue.endsWith('-dead');

/** What comes again is taken one by one, so that one that can never be stored keeps no other from it. */
export async function answerQueue(workshop: Workshop, { queue, messages }: Batch): Promise<void> {
  const isAgain = messages.some(({ attempts }) => attempts > 1);
  const groups = isAgain ? messages.map((message) => [message]) : [messages];
  for (const group of groups) await answerGroup(workshop, queue, group);
}

async function answerGroup(
  workshop: Workshop,
  queue: string,
  messages: readonly BellMessage[],
): Promise<void> {
  const attempt = Math.max(...messages.map(({ attempts }) => attempts));
  const inHand = messages.filter(({ body }) => (body.stalled ?? []).length > 0);
  const bells = messages.map(({ body }) => body);
  try {
    await answerBell(workshop, bells, attempt);
    if (isDead(queue)) await sayLate(workshop, inHand);
  } catch (error) {
    if (isOverQuota(error)) return waitForMidnight(workshop, inHand);
    const why = error instanceof Error ? error.message : String(error);
    log('warn', 'bell_failed', { why, inHand: inHand.length, attempt });
    // What lies in the database is safe; only what is in a message can be lost with it.
    for (const message of attempt < ringAttemptsMax ? messages : inHand)
      message.retry({ delaySeconds: delayOf(queue, message.attempts) });
  }
}

/** 10 s, 20 s, 40 s … and then every hour. */
function delayOf(queue: string, attempts: number): number {
  if (isDead(queue)) return delaySecondsMax;
  return Math.min(delaySecondsMax, firstDelaySeconds * 2 ** (attempts - 1));
}

async function sayLate({ engine, clock }: Workshop, inHand: readonly BellMessage[]): Promise<void> {
  const events = inHand.flatMap(({ body }) => body.stalled ?? []);
  if (events.length === 0) return;
  const since = Math.min(...events.map(({ receivedAt }) => receivedAt));
  await engine.db.batch([insertAlerts([keptLate({ events: events.length, since }, clock())])]);
}

/** Only events in hand come again: what is stored is found by the cron, and every vain ring would cost queue operations too. */
function waitForMidnight({ clock }: Workshop, inHand: readonly BellMessage[]): void {
  const delaySeconds = Math.min(delaySecondsLongest, secondsToMidnight(clock()) + 60);
  log('warn', 'day_used_up', { inHand: inHand.length, delaySeconds });
  for (const message of inHand) message.retry({ delaySeconds });
}

/** A queue message redelivered this often has killed its consumer: from then on events are decided one at a time. */
const waryFromAttempt = 2;

/** So long may sending keep the next sale waiting; what is under way by then goes on, nothing more is begun. */
const besideDecidingMs = 1_000;

type Bounds = { readonly forMs: number; readonly mayPay: boolean };
/** Where nobody waits: the slowest call, and its repetition, still end before the lease does. */
const atLeisure: Bounds = { forMs: 10_000, mayPay: true };

/** One of each kind of work at a time per isolate: two would only do the same and lose one of the answers. */
const deciding = newTurn();
const sending = newTurn();
const jobbing = newTurn();

export async function answerBell(workshop: Workshop, bells: readonly Bell[], attempt: number): Promise<void> {
  const toDecide = bells.filter(({ work }) => work === undefined);
  const [toSend, toGoOn] = (['sending', 'jobs'] as const).map((asked) =>
    bells.some(({ work }) => work === asked),
  );
  if (toSend) await takeTurn(sending, workshop.clock, () => sendRound(workshop, atLeisure));
  // An invocation of its own: both together may ask too much of the database.
  if (toGoOn && toSend) workshop.jobsBell.ring();
  else if (toGoOn) await takeTurn(jobbing, workshop.clock, () => jobsRound(workshop));
  if (toDecide.length === 0) return;
  const stalled = toDecide.flatMap((bell) => bell.stalled ?? []);
  if (stalled.length > 0) await storeEvents(workshop.engine.db, stalled);
  await takeTurn(deciding, workshop.clock, () => decideRound(workshop, attempt >= waryFromAttempt));
}

async function jobsRound(workshop: Workshop): Promise<void> {
  if (await isJobDone(workshop, workshop.clock())) workshop.jobsBell.ring();
}

/** Everything pending is decided before anything is sent: with more than an invocation takes on, only the bell is rung. */
async function decideRound(workshop: Workshop, isWary: boolean): Promise<void> {
  const { engine, doorbell, plan, clock } = workshop;
  const { eventsPerGroup, groupsPerInvocation } = plan;
  // Where sending is slow, its own queue does it.
  const hand = isWary || isBusy(sending, clock()) ? null : openHand(plan, clock() + leaseMs);
  const decideGroup = isWary ? processWarily : processPending;
  let found = eventsPerGroup;
  for (let group = 0; group < groupsPerInvocation && found === eventsPerGroup; group += 1) {
    found = await decideGroup(engine, eventsPerGroup, clock(), hand);
  }
  if (found === eventsPerGroup) return doorbell.ring();
  await sendBeside(workshop, found, hand?.messages ?? []);
}

/** A lone sale's message goes out where the sale was decided: a ring of its own would double what it costs in queue operations. */
async function sendBeside(workshop: Workshop, found: number, inHand: readonly Message[]): Promise<void> {
  const { plan, later, delivery, clock } = workshop;
  // A small plan does not decide and pay in one invocation: together they ask too much of the database.
  const mayPay = found === 0 || plan.groupsPerInvocation > 1;
  const bounds = { forMs: besideDecidingMs, mayPay };
  const held = [...inHand];
  const turn = takeTurn(sending, workshop.clock, () => sendRound(workshop, bounds, held.splice(0)));
  // What is in hand is nobody else's: where the turn was not ours, it is sent all the same.
  const own = held.length > 0 && drain(delivery, held.length, clock(), bounds.forMs, held);
  const round = Promise.all([turn, own]);
  if (!(await endsWithin(round, besideDecidingMs))) later(round.catch(unsent));
}

const unsent = (error: unknown): void =>
  log('error', 'sending_failed', { why: error instanceof Error ? error.message : String(error) });

/** Pays and sends what is due, as much as one invocation takes on; the rest is for the next ring. */
async function sendRound(
  workshop: Workshop,
  { forMs, mayPay }: Bounds,
  inHand: readonly Message[] = [],
  now = workshop.clock(),
): Promise<void> {
  const { clock, plan, sendingBell } = workshop;
  const startedAt = clock();
  const paid = mayPay && (await sendsMoney(workshop)) ? await payOut(workshop, now) : 0;
  const leased = await drain(workshop.delivery, plan.messagesPerInvocation, now, forMs, inHand);
  const isLate = leased > 0 && clock() - startedAt > forMs;
  const isMore = leased >= plan.messagesPerInvocation || paid === plan.transfersPerInvocation;
  if (!isMore && !isLate && !sending.hasRungAgain) return;
  // Not here: what goes on behind an invocation's back is cut off after half a minute.
  sending.hasRungAgain = false;
  sendingBell.ring();
}

/** Sends what is due, as much as one invocation takes on. */
export const sendDue = (workshop: Workshop, now: number): Promise<void> =>
  sendRound(workshop, { ...atLeisure, mayPay: false }, [], now);

/** Pays what is due, as much as one invocation takes on; tells how many payments were looked at. */
export const payOut = async ({ payer, plan }: Workshop, now: number): Promise<number> =>
  payer ? payDue(payer, plan.transfersPerInvocation, now) : 0;

const sendsMoney = async ({ engine, payer }: Workshop): Promise<boolean> =>
  payer !== undefined && (await engine.config.get()).payout?.mode === 'transfer';
