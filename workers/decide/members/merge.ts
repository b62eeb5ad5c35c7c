/** 合并会员: two members turn out to be one, and everything either had becomes the survivor's. */
import { accounts, type MemberId } from '../../../schema/index.ts';
import type { Changes } from '../changes.ts';
import type { Effect } from '../effects.ts';
import { attach, postTo } from '../money/post.ts';
import { headOf, known, pairKey, reminderKey, type World } from '../world.ts';
import { joined } from './reminders.ts';

/** Everything the world knows of `from` becomes `into`'s; what it does not know, apply moves in the database. */
export function merge(
  world: World,
  changes: Changes,
  { from, into, at }: Extract<Effect, { type: 'member.merge' }>,
): void {
  const loser = known(world.members.get(from), from);
  const survivor = known(world.members.get(into), into);
  world.members.set(into, {
    ...survivor,
    name: survivor.name ?? loser.name,
    phone: survivor.phone ?? loser.phone,
    level: survivor.level ?? loser.level,
    superUntil: later(survivor.superUntil, loser.superUntil),
    associateId: survivor.associateId ?? loser.associateId,
    storeId: survivor.storeId ?? loser.storeId,
    orders: survivor.orders + loser.orders,
    spentFen: survivor.spentFen + loser.spentFen,
    joinedAt: earlier(survivor.joinedAt, loser.joinedAt),
    source: survivor.source ?? loser.source,
    children: survivor.children ?? loser.children,
    firstAt: earlier(survivor.firstAt, loser.firstAt),
    lastAt: later(survivor.lastAt, loser.lastAt),
  });
  // Nothing personal stays with the one who is no more: a deletion would not find it there.
  const emptied = { name: null, phone: null, children: null, source: null, associateId: null };
  world.members.set(from, { ...loser, ...emptied, orders: 0, spentFen: 0, mergedInto: into });
  changes.members.add(from).add(into);
  changes.merges.push({ from, into });

  for (const key of world.keysOf.get(from) ?? []) attach(world, changes, key, into);
  world.keysOf.delete(from);
  for (const account of accounts) {
    const { balance } = headOf(world, from, account);
    if (balance === 0) continue;
    const cause = `merge:${from}/${into}`;
    const overdraft = balance < 0;
    postTo(world, changes, { memberId: from, account, delta: -balance, cause, at, overdraft });
    postTo(world, changes, { memberId: into, account, delta: balance, cause, at, overdraft });
  }
  for (const sale of world.sales.values()) {
    if (sale.memberId === from) world.sales.set(sale.id, { ...sale, memberId: into });
  }
  for (const recharge of world.recharges.values()) {
    if (recharge.memberId === from) world.recharges.set(recharge.id, { ...recharge, memberId: into });
  }
  for (const transfer of world.transfers.values()) {
    if (transfer.memberId === from) world.transfers.set(transfer.outBillNo, { ...transfer, memberId: into });
  }
  for (const coupon of world.coupons.values()) {
    if (coupon.memberId === from) world.coupons.set(coupon.id, { ...coupon, memberId: into });
  }
  mergeRows(world, changes, from, into);
}

/**
 * Rows that both may have: counts add up, the later day or the later end wins. What this group noted of the loser's rows is
 * forgotten with them.
 */
function mergeRows(world: World, changes: Changes, from: MemberId, into: MemberId): void {
  for (const [key, counter] of world.memberCounters) {
    if (counter.memberId !== from) continue;
    const target = pairKey(into, counter.subject);
    const other = world.memberCounters.get(target);
    const [late, early] = !other || counter.usedOn >= other.usedOn ? [counter, other] : [other, counter];
    world.memberCounters.set(target, {
      memberId: into,
      subject: counter.subject,
      used: counter.used + (other?.used ?? 0),
      usedOn: late.usedOn,
      usedThatDay: late.usedThatDay + (early?.usedOn === late.usedOn ? early.usedThatDay : 0),
    });
    world.memberCounters.delete(key);
    changes.memberCounters.delete(key);
    changes.memberCounters.add(target);
  }
  for (const [key, tag] of world.tags) {
    if (tag.memberId !== from) continue;
    const target = pairKey(into, tag.tag);
    const other = world.tags.get(target);
    world.tags.set(target, {
      memberId: into,
      tag: tag.tag,
      support: tag.support + (other?.support ?? 0),
      manual: tag.manual || (other?.manual ?? false),
    });
    world.tags.delete(key);
    changes.tags.delete(key);
    changes.tags.add(target);
  }
  for (const [key, reminder] of world.reminders) {
    if (reminder.memberId !== from) continue;
    for (const row of joined(world, { ...reminder, memberId: into })) {
      world.reminders.set(reminderKey(row), row);
      changes.reminders.add(reminderKey(row));
    }
    world.reminders.delete(key);
    changes.reminders.delete(key);
  }
}

const later = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
