/** 摘要: what an event's effects say of themselves, in one object. */
import type { Account, Sale } from '../../schema/index.ts';
import type { CouponStepped } from './coupons/life.ts';
import { isCount } from './counters/index.ts';
import type { Effect } from './effects.ts';
import { isNote } from './notes/index.ts';
import { isPut, tellOf } from './slices/fold.ts';
import type { Summary } from './slices/define.ts';

/** Numbers add up, lists follow each other, and of one id the last is told. */
function join(summary: Record<string, unknown>, told: Readonly<Record<string, unknown>>): void {
  for (const key in told) {
    const before = summary[key];
    const value = told[key];
    if (typeof value === 'number' && typeof before === 'number') summary[key] = before + value;
    else if (Array.isArray(value) && Array.isArray(before)) before.push(...value);
    else summary[key] = value;
  }
}

export function summarize(effects: readonly Effect[]): Summary {
  const summary: Summary = {};
  for (const effect of effects) join(summary, toldOf(effect));
  return summary;
}

function toldOf(effect: Effect): Partial<Summary> {
  if (isPut(effect)) return tellOf(effect);
  if (isCount(effect)) return {};
  if (isNote(effect)) return effect.type === 'message.queue' ? { messages: 1 } : {};
  switch (effect.type) {
    case 'sale.put':
      return soldTo(effect.sale);
    case 'ledger.post':
      return postedTo(effect.account, effect.delta);
    case 'coupon.issue':
      return { couponsIssued: [effect.coupon.id] };
    case 'coupon.decline':
      return { couponsDeclined: [effect.declined] };
    case 'points.differ':
      return { pointsDiffer: [effect.difference] };
    case 'coupon.step':
      return steppedTo(effect);
    case 'grant.put':
      return effect.grant.times > 0 ? { campaigns: [effect.grant.campaignId] } : {};
    case 'tag.support':
      return { tags: [effect.by > 0 ? effect.tag : `-${effect.tag}`] };
    case 'member.put':
    case 'member.merge':
    case 'member.split':
    case 'identity.attach':
    case 'identity.drop':
    case 'member.count':
    case 'refund.put':
    case 'coupon.flag':
    case 'coupon.lapse':
    case 'coupons.end':
    case 'lot.tell':
    case 'fan.erase':
    case 'copies.erase':
    case 'window.open':
      return {};
    default:
      return effect satisfies never;
  }
}

const told = {
  used: 'couponsUsed',
  settled: 'couponsUsed',
  'given-back': 'couponsGivenBack',
  revoked: 'couponsRevoked',
  refunded: 'couponsRevoked',
} as const;

/** A lock is held by a till and lapses by itself: of that a summary says nothing. */
function steppedTo({ couponId, step }: CouponStepped): Partial<Summary> {
  if (step.act in told) return { [told[step.act as keyof typeof told]]: [couponId] };
  return {};
}

const soldTo = ({ id, memberId, isHistory, pointsPercent }: Sale): Partial<Summary> =>
  memberId === null || isHistory || pointsPercent === 100 ? { saleId: id } : { saleId: id, pointsPercent };

function postedTo(account: Account, delta: number): Partial<Summary> {
  if (account === 'points') return { points: delta };
  if (account === 'growth') return { growth: delta };
  return account === 'wallet' ? { walletFen: delta } : {};
}
