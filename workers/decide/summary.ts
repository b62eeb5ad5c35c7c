/** What an event brought about, short enough to keep beside it and plain enough to show to a merchant. */
import type { Effect } from './effects.ts';

export type Summary = {
  memberId?: string;
  saleId?: string;
  points?: number;
  growth?: number;
  walletFen?: number;
  principalFen?: number;
  bonusFen?: number;
  couponsIssued?: string[];
  couponsRevoked?: string[];
  campaigns?: string[];
  tags?: string[];
  reminders?: string[];
  transfers?: string[];
  messages?: number;
};

export function summarize(effects: readonly Effect[]): Summary {
  const summary: Summary = {};
  const push = (
    key: 'couponsIssued' | 'couponsRevoked' | 'campaigns' | 'tags' | 'reminders' | 'transfers',
    value: string,
  ): void => {
    (summary[key] ??= []).push(value);
  };
  for (const effect of effects) {
    switch (effect.type) {
      case 'member.put':
        summary.memberId = effect.member.id;
        break;
      case 'sale.put':
        summary.saleId = effect.sale.id;
        break;
      case 'ledger.post':
        if (effect.account === 'points') summary.points = (summary.points ?? 0) + effect.delta;
        if (effect.account === 'growth') summary.growth = (summary.growth ?? 0) + effect.delta;
        if (effect.account === 'wallet') summary.walletFen = (summary.walletFen ?? 0) + effect.delta;
        break;
      case 'recharge.put':
        summary.memberId = effect.recharge.memberId;
        summary.principalFen = effect.recharge.principalFen;
        summary.bonusFen = effect.recharge.bonusFen;
        break;
      case 'coupon.issue':
        push('couponsIssued', effect.coupon.id);
        break;
      case 'coupon.revoke':
        push('couponsRevoked', effect.couponId);
        break;
      case 'grant.put':
        if (effect.grant.times > 0) push('campaigns', effect.grant.campaignId);
        break;
      case 'tag.support':
        push('tags', effect.by > 0 ? effect.tag : `-${effect.tag}`);
        break;
      case 'transfer.put':
        push('transfers', effect.transfer.outBillNo);
        break;
      case 'reminder.put':
        push('reminders', effect.row.subject);
        break;
      case 'message.queue':
        summary.messages = (summary.messages ?? 0) + 1;
        break;
      case 'member.merge':
      case 'identity.attach':
      case 'identity.drop':
      case 'refund.put':
      case 'campaign.count':
      case 'member.count':
      case 'template.count':
      case 'coupon.flag':
      case 'store.put':
      case 'associate.put':
      case 'product.put':
      case 'fan.put':
      case 'fan.erase':
      case 'copies.erase':
      case 'erasure.ask':
      case 'window.open':
      case 'permission.change':
      case 'scene.count':
      case 'contact.add':
      case 'message.arrive':
      case 'payout.count':
        break;
      default:
        effect satisfies never;
    }
  }
  return summary;
}
