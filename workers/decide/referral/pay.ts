/** 邀请奖励: what one friend brings the inviter, within the limit of the month, and the commission that is due. */
import type { Invited, Member, Referral, StoreId } from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import { countTemplate, newCoupon, type GrantContext } from '../coupons/issue-coupon.ts';
import { roomFor } from '../coupons/room.ts';
import type { Effect } from '../effects.ts';
import { monthEnd } from '../levels/cash-back.ts';
import { shopDay } from '../money/lots.ts';
import { localDate } from '../plain/dates.ts';
import { headOf, pairKey, type World } from '../world.ts';
import { over } from './over.ts';
import { friendsOf, friendsSubject, tierOf } from './terms.ts';
import { addWait, dueBy } from './waits.ts';

/** As it stands while one event is decided: what follows so far, and what has moved. */
export type Standing = {
  readonly inviter: Member;
  readonly referral: Referral;
  readonly row: Invited;
  readonly effects: readonly Effect[];
};
/** The event whose seed coupons are drawn from, and when. */
export type Moment = { readonly id: string; readonly at: number };

/** However many register at once, the inviter's version lets one after the other look at the limit. */
export function pay(world: World, standing: Standing, moment: Moment): Standing {
  const { inviter, referral, row, effects } = standing;
  const { perMonth, tiers } = world.config.settings.referral;
  const today = shopDay(world.now);
  const friends = friendsOf(world.memberCounters.get(pairKey(inviter.id, friendsSubject)), today);
  if ((friends.inMonth ?? perMonth) >= perMonth)
    return close(world, standing, { state: 'refused', why: 'MONTH' });
  const tier = tierOf(tiers, friends.all + 1);
  const walletFen = tier?.walletFen ?? 0;
  const given = (tier?.coupons ?? []).map((wanted, place) =>
    couponsOf(world, contextOf(world, standing, moment), wanted, place),
  );
  const money: Effect = {
    type: 'ledger.post',
    memberId: inviter.id,
    account: 'wallet',
    delta: walletFen,
    cause: `referral:${referral.id}`,
    at: moment.at,
    overdraft: false,
    storeId: inviter.storeId,
  };
  return {
    inviter,
    referral: {
      ...referral,
      state: 'paid',
      why: null,
      walletFen,
      coupons: given.flatMap(({ templateId, count }) => (count > 0 ? [[templateId, count] as const] : [])),
      settledAt: world.now,
    },
    row: { ...row, state: 'paid', candidates: [] },
    effects: [
      ...effects,
      ...(walletFen > 0 ? [money] : []),
      ...given.flatMap((one) => one.effects),
      {
        type: 'member.count',
        memberId: inviter.id,
        subject: friendsSubject,
        times: 1,
        on: monthEnd(today),
      },
    ],
  };
}

type Wanted = World['config']['settings']['referral']['tiers'][number]['coupons'][number];

/** As many as there are: a template that has run out gives what is left of it. */
function couponsOf(world: World, context: GrantContext, { templateId, count }: Wanted, place: number) {
  const some = Math.min(count, roomFor(world, context, templateId).left);
  const coupons = Array.from({ length: some }, (_, index): Effect => ({
    type: 'coupon.issue',
    // Of several templates each draws under its own places.
    coupon: newCoupon(world, context, null, templateId, place * perTemplate + index),
  }));
  const effects = some > 0 ? [...coupons, ...countTemplate(world, context, templateId, some)] : [];
  return { templateId, count: some, effects };
}
const perTemplate = 100;

function contextOf(world: World, { inviter, referral }: Standing, { id, at }: Moment): GrantContext {
  const storeId = inviter.storeId ?? ('' as StoreId);
  return {
    cause: `referral:${referral.id}`,
    seedOf: id,
    memberId: inviter.id,
    saleId: null,
    storeId,
    occurredAt: at,
    on: localDate(at, timezoneOf(world.config, storeId)),
  };
}

/** 消费提成 that is due. What a return takes back and the wallet does not hold stays due, and the next commission pays it. */
export function postCommission(world: World, standing: Standing, { at }: Pick<Moment, 'at'>): Standing {
  const { inviter, referral, row } = standing;
  const today = shopDay(world.now);
  const { due, left } = dueBy(row.waits, today);
  const effects = [...standing.effects];
  let waits = left;
  let commissionFen = referral.commissionFen;
  let balance = headOf(world, inviter.id, 'wallet').balance + walletIn(effects);
  const isUnlimited = world.config.settings.takeBack === 'unlimited';
  for (const [storeId, fen] of due) {
    const delta = fen > 0 || isUnlimited ? fen : -Math.min(-fen, Math.max(0, balance));
    if (delta !== fen) waits = addWait(waits, [today, storeId, fen - delta]);
    if (delta === 0) continue;
    balance += delta;
    commissionFen += delta;
    effects.push({
      type: 'ledger.post',
      memberId: inviter.id,
      account: 'wallet',
      delta,
      cause: `commission:${referral.id}`,
      at,
      overdraft: isUnlimited,
      storeId,
    });
  }
  return {
    inviter,
    referral: { ...referral, commissionFen, spentFen: row.spentFen },
    row: { ...row, waits },
    effects,
  };
}

const walletIn = (effects: readonly Effect[]): number =>
  effects.reduce(
    (sum, one) => (one.type === 'ledger.post' && one.account === 'wallet' ? sum + one.delta : sum),
    0,
  );

type Closing = Pick<Referral, 'state' | 'why'> & { readonly by?: string };

/** 不给: nothing comes of it, now or later. */
export const close = (world: World, standing: Standing, closing: Closing): Standing => ({
  ...standing,
  referral: { ...standing.referral, ...closing, device: null, network: null, settledAt: world.now },
  row: over(standing.row),
});
