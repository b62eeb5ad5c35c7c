/** 商家转账: what a payment out of the wallet writes when it is asked for, and when it comes back. */
import {
  defaultTimezone,
  type EndedTransferState,
  type MemberId,
  type SaleCompleted,
  type Transfer,
  type WithdrawalAsked,
} from '../../../schema/index.ts';
import { seedCause } from '../plain/causes.ts';
import { localDate } from '../plain/dates.ts';
import type { Effect } from '../effects.ts';
import type { Payout } from './payout.ts';
import { drawCode, type Seed } from '../plain/random.ts';
import { limitsOf } from '../levels/rules.ts';
import { usedOn } from '../members/day-counts.ts';
import { takeRecalls } from './recalls.ts';
import type { Refusal } from '../refusals.ts';
import { headOf, openidOf, pairKey, seedOf, type World } from '../world.ts';

const codeLength = 28;

/** 商户单号, derived from the id of the event that asked: 30 letters and digits that nobody can guess. */
export const outBillNoOf = (seed: Seed, eventId: string): string =>
  `HK${drawCode(seed, `transfer/${eventId}`, codeLength)}`;

/** A member's withdrawals are counted in member_counters, beside campaigns. */
const payoutSubject = 'payout';

const payoutDay = (world: World): string => localDate(world.now, defaultTimezone);

type Open = Extract<Payout, { mode: 'transfer' }>;

/** Why a withdrawal is refused; the reason that helps the member most comes first. */
export function refusalOf(
  world: World,
  payout: Open,
  { memberId, amountFen }: WithdrawalAsked,
): Refusal | null {
  if (openidOf(world, memberId) === null) return { code: 'NOT_REACHABLE' };
  if (amountFen < payout.minFen) return { code: 'BELOW_MIN', amountFen, minFen: payout.minFen };
  if (amountFen > payout.maxFen) return { code: 'ABOVE_MAX', amountFen, maxFen: payout.maxFen };
  const balanceFen = Math.max(0, headOf(world, memberId, 'wallet').balance);
  if (amountFen > balanceFen) return { code: 'INSUFFICIENT', amountFen, balanceFen };
  const on = payoutDay(world);
  const own = world.memberCounters.get(pairKey(memberId, payoutSubject));
  // Today is never forgotten.
  const ownFen = (own && usedOn(own, on)) ?? 0;
  const shopFen = world.payoutDays.get(on)?.spentFen ?? 0;
  // 提现额度: a level may have one of its own.
  const rule = limitsOf(world.config.settings.levels, world.members.get(memberId)?.level ?? null);
  const days = [
    { whose: 'member', limitFen: rule?.withdrawDayFen ?? payout.perMemberDayFen, usedFen: ownFen },
    { whose: 'shop', limitFen: payout.perDayFen, usedFen: shopFen },
  ] as const;
  const full = days.find(({ limitFen, usedFen }) => usedFen + amountFen > limitFen);
  return full ? { code: 'DAY_LIMIT', amountFen, ...full } : null;
}

/** The money leaves the wallet and the transfer begins, in one batch. */
export function withdraw(world: World, { terms, perDayFen }: Open, event: WithdrawalAsked): Effect[] {
  const { memberId, amountFen, kind, saleId, occurredAt } = event;
  const outBillNo = outBillNoOf(seedOf(world, seedCause(event)), event.id);
  const on = payoutDay(world);
  const transfer: Transfer = {
    outBillNo,
    memberId,
    kind,
    saleId,
    amountFen,
    openid: openidOf(world, memberId),
    terms,
    state: 'asked',
    transferBillNo: null,
    packageInfo: null,
    failReason: null,
    recalls: [],
    cancelAskedAt: null,
    cancelReason: null,
    dayOn: on,
    askedAt: world.now,
    endedAt: null,
    rev: 0,
    dueAt: world.now,
    leaseUntil: null,
    attempts: 0,
    lastError: null,
  };
  const at = occurredAt;
  const cause = `withdrawal:${outBillNo}`;
  return [
    { type: 'ledger.post', memberId, account: 'wallet', delta: -amountFen, cause, at, overdraft: false },
    { type: 'member.count', memberId, subject: payoutSubject, times: amountFen, on },
    { type: 'payout.count', on, fen: amountFen, limitFen: perDayFen },
    { type: 'transfer.put', row: transfer },
  ];
}

/** The money was certainly not paid: it returns to the wallet, and the day's limits are freed. */
export function comeBack(world: World, transfer: Transfer, state: EndedTransferState, at: number): Effect[] {
  const { outBillNo, memberId, amountFen, dayOn } = transfer;
  const balance = headOf(world, memberId, 'wallet').balance + amountFen;
  return [
    {
      type: 'ledger.post',
      memberId,
      account: 'wallet',
      delta: amountFen,
      cause: `withdrawal:${outBillNo}/${state}`,
      at,
      // Under another policy the account may have gone below zero meanwhile.
      overdraft: balance < 0,
      isReversal: true,
    },
    { type: 'member.count', memberId, subject: payoutSubject, times: -amountFen, on: dayOn },
    { type: 'payout.count', on: dayOn, fen: -amountFen, limitFen: null },
    ...takeRecalls(world, transfer, balance, at),
  ];
}

/** 红包到账: what the sale put into the wallet is withdrawn at once, under the rules of any withdrawal. */
export function packetOf(
  { id, namespace, occurredAt, saleId }: SaleCompleted,
  memberId: MemberId,
  earned: readonly Effect[],
): WithdrawalAsked[] {
  const amountFen = earned.reduce(
    (sum, one) => (one.type === 'ledger.post' && one.account === 'wallet' ? sum + one.delta : sum),
    0,
  );
  if (amountFen <= 0) return [];
  return [
    { type: 'withdrawal.asked', id, namespace, occurredAt, memberId, amountFen, kind: 'red-packet', saleId },
  ];
}
