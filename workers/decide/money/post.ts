/** 记账: the next row of an account, and a new identity of a member. */
import {
  defaultTimezone,
  type IdentityKey,
  type Lot,
  type LotKey,
  type LotPoints,
  type MemberId,
  type Posting,
  type StoreId,
} from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import { addDays, atHour, localDate } from '../plain/dates.ts';
import { headOf, lastHeadOf, pairKey, type Head, type World } from '../world.ts';
import { asOf, isOver, lotFor, lotNow, overOf, putInto, shopDay, takeFrom } from './lots.ts';

export function attach(world: World, changes: Changes, key: IdentityKey, memberId: MemberId): void {
  world.identities.set(key, memberId);
  const keys = world.keysOf.get(memberId) ?? new Set();
  world.keysOf.set(memberId, keys.add(key));
  changes.identities.set(key, memberId);
  changes.members.add(memberId);
}

type Post = Pick<Posting, 'memberId' | 'account' | 'delta' | 'cause' | 'at' | 'overdraft'> & {
  readonly isReversal?: boolean;
  readonly storeId?: StoreId | null;
  readonly lot?: LotKey | null;
  readonly back?: readonly LotPoints[];
};

export function postTo(world: World, changes: Changes, post: Post): void {
  const { memberId, account } = post;
  if (account === 'points') postOver(world, changes, memberId);
  // What is over is posted: this is the account as it stands, and as its last row has it.
  const head = headOf(world, memberId, account);
  append(world, changes, head, post, account === 'points' ? lotsAfter(world, head, post) : []);
}

/** 过期: what is over leaves the account, a row for each day on which something ended, whenever that is noticed. */
export function postOver(world: World, changes: Changes, memberId: MemberId): void {
  const over = overOf(lastHeadOf(world, memberId, 'points'), shopDay(world.now));
  if (over === null) return;
  const { days, lots } = over;
  setHead(world, changes, memberId, { ...lastHeadOf(world, memberId, 'points'), lots });
  changes.members.add(memberId);
  for (const [lastOn, points] of days) {
    if (points === 0) continue;
    const cause = `points-over:${lastOn}`;
    const at = atHour(addDays(lastOn, 1), 0, defaultTimezone);
    const post = { memberId, account: 'points', delta: -points, cause, at, overdraft: false } as const;
    append(world, changes, lastHeadOf(world, memberId, 'points'), post, lots);
  }
}

function append(world: World, changes: Changes, head: Head, post: Post, lots: readonly Lot[]): void {
  const { memberId, account, delta, cause, at, overdraft, isReversal = false, storeId = null } = post;
  const posting: Posting = {
    memberId,
    account,
    seq: head.seq + 1,
    delta,
    balance: head.balance + delta,
    credited: head.credited + (isReversal ? 0 : Math.max(0, delta)),
    cause,
    at,
    overdraft,
    postedAt: world.now,
    storeId,
    waits: waitsOf(lots),
  };
  changes.postings.push(posting);
  const { seq, balance, credited } = posting;
  const next = { seq, balance, credited, lots };
  if (account === 'points') setHead(world, changes, memberId, next);
  else world.heads.set(pairKey(memberId, account), next);
}

const waitsOf = (lots: readonly Lot[]): Posting['waits'] => {
  const waits = lots.flatMap(({ releaseOn, points }) =>
    releaseOn !== null && points > 0 ? [[releaseOn, points] as const] : [],
  );
  return waits.length > 0 ? waits : null;
};

function lotsAfter(world: World, head: Head, { delta, at, lot, back }: Post): readonly Lot[] {
  const isThere = lot && !isOver(lot, shopDay(world.now));
  if (delta < 0) return takeFrom(head, -delta, isThere ? lotAsOf(world, lot) : null).lots;
  if (back) {
    let next = head;
    for (const { points, ...key } of back) {
      const lots = putInto(next, lotAsOf(world, key), points, true);
      next = { ...next, balance: next.balance + points, lots };
    }
    return next.lots;
  }
  const { points } = world.config.settings;
  const key = lot === undefined ? lotFor(points, localDate(at, defaultTimezone), false) : lot;
  return key === null ? head.lots : putInto(head, lotAsOf(world, key), delta);
}

const lotAsOf = (world: World, key: LotKey): LotKey =>
  lotNow(key, shopDay(world.now), world.config.settings.points);

/** Another member's lots came, or went: no more of them stand than the balance has. */
export function placeLots(
  world: World,
  changes: Changes,
  memberId: MemberId,
  lots: readonly Lot[],
): readonly Lot[] {
  const last = lastHeadOf(world, memberId, 'points');
  // An account without a row holds nothing.
  if (last.seq === 0 || (lots.length === 0 && last.lots.length === 0)) return [];
  const { lots: placed } = asOf({ ...last, lots }, shopDay(world.now));
  setHead(world, changes, memberId, { ...last, lots: placed });
  // Whoever places lots has moved the balance in the same breath: its row says what of it waits.
  const place = changes.postings.findLastIndex(
    (posting) => posting.memberId === memberId && posting.account === 'points',
  );
  const posting = changes.postings[place];
  if (posting) changes.postings[place] = { ...posting, waits: waitsOf(placed) };
  return placed;
}

/** What stands on 积分 from now on; where another day has become the first on which something ends, that day is noted. */
export function setHead(world: World, changes: Changes, memberId: MemberId, head: Head): void {
  const before = endsOf(lastHeadOf(world, memberId, 'points'));
  world.heads.set(pairKey(memberId, 'points'), head);
  for (const [isTold, lastOn] of endsOf(head)) {
    if (before.get(isTold) !== lastOn) changes.notes.pointsEnds.push({ isTold, lastOn, memberId });
  }
}

/** The first day of what was told, and of what was not. */
function endsOf({ lots }: Head): ReadonlyMap<boolean, string> {
  const ends = new Map<boolean, string>();
  // In the order in which they end.
  for (const { isTold, lastOn } of lots) if (lastOn !== null && !ends.has(isTold)) ends.set(isTold, lastOn);
  return ends;
}
