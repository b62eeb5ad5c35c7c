/** Folds one effect into the world, and notes what it touched. */
import type { Changes } from './changes.ts';
import type { Effect } from './effects.ts';
import { evolveFan } from './fans/evolve-fan.ts';
import { evolveTransfer } from './money/evolve-transfer.ts';
import { merge } from './members/merge.ts';
import { attach, postTo } from './money/post.ts';
import { known, pairKey, reminderKey, type World } from './world.ts';

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
      const others = (world.refunds.get(refund.saleId) ?? []).filter(
        ({ refundNo }) => refundNo !== refund.refundNo,
      );
      world.refunds.set(refund.saleId, [...others, refund]);
      changes.refunds.set(pairKey(refund.saleId, refund.refundNo), refund);
      return;
    }
    case 'recharge.put':
      world.recharges.set(effect.recharge.id, effect.recharge);
      changes.recharges.add(effect.recharge.id);
      return;
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
      const key = reminderKey(effect.row);
      world.reminders.set(key, effect.row);
      changes.reminders.add(key);
      changes.members.add(effect.row.memberId);
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
    case 'transfer.put':
    case 'payout.count':
      return evolveTransfer(world, changes, effect);
    case 'fan.put':
    case 'fan.erase':
    case 'copies.erase':
    case 'erasure.ask':
    case 'window.open':
    case 'permission.change':
    case 'scene.count':
    case 'contact.add':
    case 'message.arrive':
      return evolveFan(world, changes, effect);
    default:
      effect satisfies never;
  }
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
