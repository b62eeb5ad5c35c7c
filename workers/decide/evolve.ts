/** Folds one effect into the world, and notes what it touched: apply writes exactly that. */
import type {
  AssociateId,
  CampaignId,
  CouponId,
  IdentityKey,
  MemberId,
  Posting,
  Refund,
  SaleId,
  Sku,
  StoreId,
  TemplateId,
} from '../../schema/index.ts';
import type { Effect, QueuedMessage } from './effects.ts';
import { headOf, pairKey, type World } from './world.ts';

/** What a fold has changed. Keys name rows of the world as it stands at the end; lists are appended in order. */
export type Changes = {
  readonly members: Set<MemberId>;
  readonly merges: { readonly from: MemberId; readonly into: MemberId }[];
  readonly identities: Map<IdentityKey, MemberId | null>;
  readonly sales: Set<SaleId>;
  readonly soldLines: Set<SaleId>;
  readonly refunds: Refund[];
  readonly postings: Posting[];
  readonly campaignCounts: Map<CampaignId, { times: number; spentFen: number }>;
  readonly templateCounts: Map<TemplateId, number>;
  readonly memberCounters: Set<string>;
  readonly grants: Set<string>;
  readonly coupons: Set<CouponId>;
  readonly tags: Set<string>;
  readonly reminders: Set<string>;
  readonly messages: QueuedMessage[];
  readonly stores: Set<StoreId>;
  readonly associates: Set<AssociateId>;
  readonly products: Set<Sku>;
};

export const noChanges = (): Changes => ({
  members: new Set(),
  merges: [],
  identities: new Map(),
  sales: new Set(),
  soldLines: new Set(),
  refunds: [],
  postings: [],
  campaignCounts: new Map(),
  templateCounts: new Map(),
  memberCounters: new Set(),
  grants: new Set(),
  coupons: new Set(),
  tags: new Set(),
  reminders: new Set(),
  messages: [],
  stores: new Set(),
  associates: new Set(),
  products: new Set(),
});

export function evolve(world: World, changes: Changes, effect: Effect): void {
  switch (effect.type) {
    case 'member.put':
      world.members.set(effect.member.id, effect.member);
      changes.members.add(effect.member.id);
      return;
    case 'member.merge':
      return merge(world, changes, effect);
    case 'identity.attach':
      attach(world, changes, effect.key, effect.memberId);
      return;
    case 'identity.drop': {
      const owner = world.identities.get(effect.key);
      world.identities.delete(effect.key);
      if (owner !== undefined) world.keysOf.get(owner)?.delete(effect.key);
      changes.identities.set(effect.key, null);
      return;
    }
    case 'sale.put':
      world.sales.set(effect.sale.id, effect.sale);
      changes.sales.add(effect.sale.id);
      if (effect.lines) {
        world.lines.set(effect.sale.id, effect.lines);
        changes.soldLines.add(effect.sale.id);
      }
      return;
    case 'refund.put': {
      const { refund } = effect;
      world.refunds.set(refund.saleId, [...(world.refunds.get(refund.saleId) ?? []), refund]);
      changes.refunds.push(refund);
      return;
    }
    case 'ledger.post':
      postTo(world, changes, effect);
      changes.members.add(effect.memberId);
      return;
    case 'campaign.count': {
      const counter = world.campaignCounters.get(effect.campaignId);
      if (counter) {
        world.campaignCounters.set(effect.campaignId, {
          ...counter,
          used: counter.used + effect.times,
          spentFen: counter.spentFen + effect.spentFen,
        });
      }
      const counted = changes.campaignCounts.get(effect.campaignId) ?? { times: 0, spentFen: 0 };
      changes.campaignCounts.set(effect.campaignId, {
        times: counted.times + effect.times,
        spentFen: counted.spentFen + effect.spentFen,
      });
      return;
    }
    case 'template.count': {
      const counter = world.templateCounters.get(effect.templateId);
      if (counter) {
        world.templateCounters.set(effect.templateId, { ...counter, issued: counter.issued + effect.count });
      }
      const counted = changes.templateCounts.get(effect.templateId) ?? 0;
      changes.templateCounts.set(effect.templateId, counted + effect.count);
      return;
    }
    case 'member.count':
      countMember(world, changes, effect);
      return;
    case 'grant.put': {
      const { grant } = effect;
      const others = (world.grants.get(grant.cause) ?? []).filter(
        ({ campaignId }) => campaignId !== grant.campaignId,
      );
      world.grants.set(grant.cause, [...others, grant]);
      changes.grants.add(pairKey(grant.cause, grant.campaignId));
      return;
    }
    case 'coupon.issue':
      world.coupons.set(effect.coupon.id, effect.coupon);
      changes.coupons.add(effect.coupon.id);
      return;
    case 'coupon.revoke': {
      const coupon = known(world.coupons.get(effect.couponId), effect.couponId);
      world.coupons.set(coupon.id, { ...coupon, state: 'revoked', endedAt: effect.at });
      changes.coupons.add(coupon.id);
      return;
    }
    case 'coupon.flag': {
      const coupon = known(world.coupons.get(effect.couponId), effect.couponId);
      world.coupons.set(coupon.id, { ...coupon, flag: 'earned-by-returned-sale' });
      changes.coupons.add(coupon.id);
      return;
    }
    case 'tag.support': {
      const key = pairKey(effect.memberId, effect.tag);
      const tag = world.tags.get(key) ?? {
        memberId: effect.memberId,
        tag: effect.tag,
        support: 0,
        manual: false,
      };
      world.tags.set(key, { ...tag, support: Math.max(0, tag.support + effect.by) });
      changes.tags.add(key);
      return;
    }
    case 'reminder.put': {
      const key = pairKey(effect.reminder.memberId, effect.reminder.sku);
      world.reminders.set(key, effect.reminder);
      changes.reminders.add(key);
      changes.members.add(effect.reminder.memberId);
      return;
    }
    case 'message.queue':
      changes.messages.push(effect.message);
      return;
    case 'store.put':
      world.newStores.set(effect.store.id, effect.store);
      changes.stores.add(effect.store.id);
      return;
    case 'associate.put':
      world.associates.set(effect.associate.id, effect.associate);
      changes.associates.add(effect.associate.id);
      return;
    case 'product.put':
      world.products.set(effect.product.sku, effect.product);
      changes.products.add(effect.product.sku);
      return;
    default:
      effect satisfies never;
  }
}

function known<Row>(row: Row | undefined, id: string): Row {
  if (row === undefined) throw new Error(`${id} was not loaded`);
  return row;
}

function attach(world: World, changes: Changes, key: IdentityKey, memberId: MemberId): void {
  world.identities.set(key, memberId);
  const keys = world.keysOf.get(memberId) ?? new Set();
  world.keysOf.set(memberId, keys.add(key));
  changes.identities.set(key, memberId);
  changes.members.add(memberId);
}

type Post = Pick<Posting, 'memberId' | 'account' | 'delta' | 'cause' | 'at' | 'overdraft'>;

function postTo(
  world: World,
  changes: Changes,
  { memberId, account, delta, cause, at, overdraft }: Post,
): void {
  const head = headOf(world, memberId, account);
  const posting: Posting = {
    memberId,
    account,
    seq: head.seq + 1,
    delta,
    balance: head.balance + delta,
    credited: head.credited + Math.max(0, delta),
    cause,
    at,
    overdraft,
  };
  world.heads.set(pairKey(memberId, account), posting);
  changes.postings.push(posting);
}

function countMember(
  world: World,
  changes: Changes,
  { memberId, subject, times, on }: Extract<Effect, { type: 'member.count' }>,
): void {
  const key = pairKey(memberId, subject);
  const counter = world.memberCounters.get(key) ?? { memberId, subject, used: 0, usedOn: on, usedThatDay: 0 };
  const isSameDay = counter.usedOn === on;
  // Only the latest day is counted; a slot given back on an older day frees the total alone.
  const isOlderDay = on < counter.usedOn;
  const usedThatDay = isOlderDay
    ? counter.usedThatDay
    : Math.max(0, (isSameDay ? counter.usedThatDay : 0) + times);
  world.memberCounters.set(key, {
    ...counter,
    used: Math.max(0, counter.used + times),
    usedOn: isOlderDay ? counter.usedOn : on,
    usedThatDay,
  });
  changes.memberCounters.add(key);
}

/** Everything the world knows of `from` becomes `into`'s; what it does not know, apply moves in the database. */
function merge(
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
    firstAt: earlier(survivor.firstAt, loser.firstAt),
    lastAt: later(survivor.lastAt, loser.lastAt),
  });
  world.members.set(from, { ...loser, orders: 0, spentFen: 0, mergedInto: into });
  changes.members.add(from).add(into);
  changes.merges.push({ from, into });

  for (const key of world.keysOf.get(from) ?? []) attach(world, changes, key, into);
  world.keysOf.delete(from);
  for (const account of ['points', 'growth', 'wallet', 'principal', 'bonus'] as const) {
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
    const target = pairKey(into, reminder.sku);
    const other = world.reminders.get(target);
    const isLater = !other || other.state !== 'pending' || reminder.endsOn > other.endsOn;
    if (isLater) world.reminders.set(target, { ...reminder, memberId: into });
    world.reminders.delete(key);
    changes.reminders.delete(key);
    changes.reminders.add(target);
  }
}

const later = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
