/** 红包: money in the member's wallet (账户红包), as far as the ceiling of her level allows. */
import { definePosted, type Asked, type Choosing, type Fitted } from './define.ts';
import { cashBackIn, type CashBack } from '../levels/cash-back.ts';
import { yuanText } from '../plain/yuan.ts';

const kind = 'redPacketFen';

export const redPacket = definePosted({
  kind,
  account: 'wallet',
  costFen: (due) => due,
  words: (given) => `红包${yuanText(given)}`,
  fit,
});

/** What was given stays; of anything more there is what the ceiling leaves, so that the last packet of a month may be a smaller one. */
function fit(choosing: Choosing, { due, held, mayGive }: Asked<number, unknown>): Fitted<number> {
  const { world, context, taken } = choosing;
  const ceiling = cashBackIn(world, context.memberId, context.on);
  if (ceiling === null) return { amount: due, takes: [], lack: null };
  const own = fenIn(held);
  const amount = Math.min(due, mayGive ? Math.max(own, leftOf(choosing, ceiling, own)) : own);
  const { level, capFen, usedFen } = ceiling;
  return {
    amount,
    takes: [[kind, amount]],
    lack:
      amount < due
        ? { reason: 'cash-back', level, capFen, usedFen: (usedFen ?? capFen) + (taken.get(kind) ?? 0) }
        : null,
  };
}

/** With what the cause holds from campaigns that were looked at already: where they are chosen again, that is taken. */
function leftOf({ held, waiting, taken }: Choosing, { capFen, usedFen }: CashBack, own: number): number {
  // A month that is forgotten counts as used up.
  if (usedFen === null) return 0;
  const freed = held
    .filter(({ campaignId, times }) => times > 0 && !waiting.has(campaignId))
    .reduce((sum, { awards }) => sum + fenIn(awards[kind]), 0);
  return capFen - usedFen + Math.max(freed, own) - (taken.get(kind) ?? 0);
}

const fenIn = (amount: unknown): number => (typeof amount === 'number' ? amount : 0);
