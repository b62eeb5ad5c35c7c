/** 一轮一轮地发: in each round every open message tries its best channel; there are at most as many rounds as channels. */
import type { Message } from '../../schema/index.ts';
import { DbError, type Db, type Statement } from '../db/db.ts';
import { exhaustPermissions, exhaustWindows, takeQuotas, type Quota } from '../db/outbox/quotas.ts';
import type { Context, Lines, Unlisted, Verdict } from './channels/define.ts';
import { labelOf } from './channels/index.ts';
import { isLast, type Ended } from './closings.ts';
import { listed, reasons } from './words/reasons.ts';
import { passOver, untaken, type Route } from './router.ts';

/** A message that is being sent. */
export type Journey = { readonly message: Message; readonly context: Context; readonly route: Route };

export type Session = {
  readonly db: Db;
  readonly now: number;
  readonly lines: Lines;
  /** True when no further send may be begun. */
  readonly isOver: () => boolean;
};

type Spent = { readonly quota: Quota; readonly context: Context };

export type Rounds = {
  readonly ended: readonly Ended[];
  /** Clears the quotas that WeChat says are used up. */
  readonly exhausted: readonly Statement[];
  /** Addresses of ours that a whitelist lacks. */
  readonly unlisted: readonly Unlisted[];
};

/** A Worker has at most six open connections. */
const parallelMax = 6;

export async function goRounds(journeys: readonly Journey[], session: Session): Promise<Rounds> {
  const ended: Ended[] = [];
  const spent: Spent[] = [];
  const unlisted: Unlisted[] = [];
  let onTheWay = journeys;
  while (onTheWay.length > 0) {
    const [lost, open] = [onTheWay.filter(isLost), onTheWay.filter((journey) => !isLost(journey))];
    ended.push(...lost.map(noWayLeft));
    const answered = await goRound(open, session);
    ended.push(...answered.filter(({ verdict }) => verdict.verdict !== 'unsuitable').map(toEnded));
    spent.push(...answered.flatMap(spentBy));
    unlisted.push(
      ...answered.flatMap(({ verdict }) => ('unlisted' in verdict ? verdict.unlisted : []) ?? []),
    );
    onTheWay = answered.flatMap(goneOn);
  }
  return { ended, exhausted: exhaust(spent), unlisted };
}

const isLost = ({ route }: Journey): boolean => route.ways.length === 0;

function noWayLeft({ message, route }: Journey): Ended {
  const { again } = route;
  const passedOver = untaken(route);
  const why = listed(passedOver, labelOf);
  return {
    message,
    verdict: again ? { verdict: 'retry', why, ...again } : { verdict: 'park', why },
    channel: null,
    passedOver,
  };
}

type Answered = { readonly journey: Journey; readonly verdict: Ended['verdict'] };

const toEnded = ({ journey: { message, route }, verdict }: Answered): Ended => ({
  message,
  verdict,
  channel: route.ways[0]?.name ?? null,
  passedOver: untaken(route),
});

const goneOn = ({ journey, verdict }: Answered): Journey[] =>
  verdict.verdict === 'unsuitable'
    ? [{ ...journey, route: passOver(journey.route, verdict.why, verdict.again) }]
    : [];

/** The last attempt at one way is not the last word while another way is open. */
function ifLast({ message, route }: Journey, verdict: Ended['verdict']): Ended['verdict'] {
  const isGivenUp = verdict.verdict === 'retry' && verdict.isRefused && isLast(message, verdict);
  return isGivenUp && route.ways.length > 1 ? { verdict: 'unsuitable', why: verdict.why } : verdict;
}

function spentBy({ journey: { context, route }, verdict }: Answered): Spent[] {
  const [way] = route.ways;
  if (verdict.verdict !== 'unsuitable' || !way?.exhaustedBy.has(verdict.errcode ?? 0)) return [];
  const quota = way.quota(context);
  return quota === null ? [] : [{ quota, context }];
}

async function goRound(journeys: readonly Journey[], session: Session): Promise<Answered[]> {
  const quotas = new Map<number, Quota>();
  for (const { message, context, route } of journeys) {
    const quota = route.ways[0]?.quota(context) ?? null;
    if (quota !== null) quotas.set(message.seq, quota);
  }
  const granted = await count(session, quotas);
  const answered: Answered[] = [];
  const queue = [...journeys];
  const lane = async (): Promise<void> => {
    for (let journey = queue.shift(); journey; journey = queue.shift()) {
      const { seq } = journey.message;
      const isCounted = !quotas.has(seq) || (granted?.has(seq) ?? false);
      const verdict = isCounted ? await send(journey, session) : uncounted(granted);
      answered.push({ journey, verdict: ifLast(journey, verdict) });
    }
  };
  await Promise.all(Array.from({ length: parallelMax }, lane));
  return answered;
}

type Granted = ReadonlySet<number> | null;

/** Null when the database did not answer: the results of earlier rounds still have to be written. */
async function count({ db, now }: Session, quotas: ReadonlyMap<number, Quota>): Promise<Granted> {
  try {
    return await takeQuotas(db, quotas, now);
  } catch {
    return null;
  }
}

const uncounted = (granted: Granted): Verdict =>
  granted === null
    ? { verdict: 'retry', afterSeconds: null, why: reasons.uncounted }
    : { verdict: 'unsuitable', why: reasons.quotaTaken };

async function send({ context, route }: Journey, { lines, isOver }: Session): Promise<Ended['verdict']> {
  const [way] = route.ways;
  if (!way || isOver()) return { verdict: 'unsent' };
  try {
    return await way.send(context, lines);
  } catch (error) {
    // Only tokens are asked of it, before a call or after one that was refused: nothing has gone out.
    if (error instanceof DbError && error.kind !== 'refused')
      return { verdict: 'retry', afterSeconds: null, why: reasons.noDatabase };
    return { verdict: 'park', why: reasons.bug(error instanceof Error ? error.name : 'unknown') };
  }
}

function exhaust(spent: readonly Spent[]): Statement[] {
  const windows = spent.flatMap(({ quota, context: { recipient } }) =>
    quota.kind === 'window' ? recipient.windows.map((window) => ({ openid: quota.key[0], ...window })) : [],
  );
  const permissions = spent.flatMap(({ quota }) => (quota.kind === 'permission' ? [quota.key] : []));
  return [
    ...(windows.length > 0 ? [exhaustWindows(windows)] : []),
    ...(permissions.length > 0 ? [exhaustPermissions(permissions)] : []),
  ];
}
