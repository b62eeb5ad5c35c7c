/** 结账: closes the books of what the shop owes its members, one day after the other, some pages of members a turn. */
import {
  EventId,
  noStore,
  type CouponId,
  type OwedClose,
  type OwedDay,
  type OwedRows,
} from '../../../schema/index.ts';
import {
  beginWalk,
  closeDay,
  goOn,
  lapsedVouchers,
  movedOn,
  readBooks,
  readWalkPage,
  type Booked,
  type Books,
  type Moved,
} from '../../db/owed/walk.ts';
import { insertAlerts } from '../../db/upkeep/alerts.ts';
import { dayOf, dayToClose } from '../../decide/owed/days.ts';
import { apartOf, moveOf } from '../../decide/owed/moves.ts';
import { addDays } from '../../decide/plain/dates.ts';
import type { Engine } from '../../engine/engine.ts';
import { processGroup } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { PlanName } from '../../platform/plans.ts';
import { booksDiffer } from '../../words/alerts.ts';
import type { Job, JobRound } from './define.ts';

/** Twenty thousand members are ten turns on the free plan, and some hundred thousand rows read. */
const paces: Readonly<Record<PlanName, { readonly pages: number; readonly members: number }>> = {
  free: { pages: 4, members: 500 },
  paid: { pages: 20, members: 2_000 },
};

export const owed: Job = { name: 'owed', label: '欠会员的账', run: closeOn };

async function closeOn({ engine, plan }: JobRound, now: number): Promise<boolean> {
  const { pages, members } = paces[plan.name];
  for (let page = 0; page < pages; page += 1) {
    const books = await readBooks(engine.db);
    const isMoved =
      books.walk === null
        ? await begin(engine, books, { now, limit: plan.eventsPerGroup })
        : await walkPage(engine, books, { now, limit: members });
    if (!isMoved) return page > 0;
  }
  return true;
}

type Turn = { readonly now: number; readonly limit: number };

/** Books begin with yesterday; after that no day is left out. */
async function begin(engine: Engine, { last }: Books, { now, limit }: Turn): Promise<boolean> {
  const due = dayToClose(now);
  if (last !== null && last.onDay >= due) return false;
  if (await lapse(engine, { now, limit })) return true;
  await engine.db.batch([beginWalk(last === null ? due : addDays(last.onDay, 1))]);
  return true;
}

/** It is posted now, so it belongs to the day on which the books of the one before are closed. */
async function lapse(engine: Engine, { now, limit }: Turn): Promise<boolean> {
  const ids = await lapsedVouchers(engine.db, now, limit);
  if (ids.length === 0) return false;
  const queued = ids.map((couponId) => ({ event: lapsing(couponId, now), seq: null }));
  const { outcomes, failed } = await processGroup(engine, queued, now);
  for (const id of failed) log('error', 'voucher_lapse_failed', { id });
  // What cannot be decided keeps no day open.
  return [...outcomes.values()].some(({ verdict }) => verdict === 'applied');
}

const lapsing = (couponId: CouponId, now: number) =>
  ({
    type: 'voucher.lapsed',
    id: EventId.parse(`voucher-lapsed:${couponId}`),
    namespace: '',
    occurredAt: now,
    couponId,
  }) as const;

async function walkPage(engine: Engine, { walk, last }: Books, { now, limit }: Turn): Promise<boolean> {
  if (walk === null) return false;
  const { db } = engine;
  const day = dayOf(walk.onDay);
  const before = addDays(walk.onDay, -1);
  const found = await readWalkPage(db, walk.at, { day, before, limit });
  if (found.at !== null) {
    await db.batch(goOn(walk, found, bookedOn(walk.onDay, walk.rev, found.moved)));
    return true;
  }
  const { settings } = await engine.config.get();
  const closed = { worthFen: settings.points.worthFen, closedAt: now };
  const begun: OwedClose[] = last === null ? [{ onDay: before, ...walk.opening, ...closed }] : [];
  const apart = apartOf(last ?? walk.opening, await movedOn(db, walk.onDay), walk.closing);
  await db.batch([
    ...closeDay(walk, [...begun, { onDay: walk.onDay, ...walk.closing, ...closed }]),
    ...(apart.length > 0 ? [insertAlerts([booksDiffer(walk.onDay, now)])] : []),
  ]);
  if (apart.length > 0) log('error', 'owed_differs', { day: walk.onDay, accounts: apart.join() });
  return true;
}

/** By kind and store, with the rows behind each. */
function bookedOn(onDay: string, page: number, moved: readonly Moved[]): Booked {
  const groups = Map.groupBy(moved, (row) => [row.account, moveOf(row), row.storeId ?? noStore].join('/'));
  const days: OwedDay[] = [];
  const rows: OwedRows[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const { account, storeId } = first;
    const place = { onDay, account, move: moveOf(first), storeId: storeId ?? noStore };
    days.push({ ...place, amount: group.reduce((sum, { delta }) => sum + delta, 0) });
    rows.push({ ...place, page, keys: group.map(({ memberId, seq }) => [memberId, seq]) });
  }
  return { days, rows };
}
