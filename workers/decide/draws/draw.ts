/** 抽一次: points go and a lot is drawn, in one breath: what cannot be had costs nothing. */
import type {
  Draw,
  DrawId,
  FanSaid,
  Lottery,
  LotteryDrawn,
  Member,
  Prize,
  StoreId,
  TriggerMet,
} from '../../../schema/index.ts';
import { timezoneOf } from '../config.ts';
import { countTemplate, newCoupon, type GrantContext } from '../coupons/issue-coupon.ts';
import { roomFor } from '../coupons/room.ts';
import type { Effect } from '../effects.ts';
import { usedOn } from '../members/day-counts.ts';
import { shopDay } from '../money/lots.ts';
import { spendPoints } from '../money/spend.ts';
import { localDate } from '../plain/dates.ts';
import { drawBetween, drawCode } from '../plain/random.ts';
import { met } from '../triggers/define.ts';
import { prizeWon } from '../triggers/prize-won.ts';
import { pairKey, seedOf, type World } from '../world.ts';
import { costOf, drawSubject, leftOf, lotsOf, lotteryMiss, prizeOfLot, type DrawNot } from './lottery.ts';

export type Drawing = {
  readonly member: Member;
  readonly lottery: Lottery;
  readonly storeId: StoreId | null;
  readonly by: string | null;
};

export type Drawn =
  | { readonly row: Draw; readonly effects: readonly Effect[]; readonly followUps: readonly TriggerMet[] }
  | { readonly miss: DrawNot };

/** 领奖码: shorter than a coupon's, and of 60 bits that nobody can guess. */
const codeLength = 12;

export function draw(
  world: World,
  event: LotteryDrawn | FanSaid,
  { member, lottery, ...how }: Drawing,
): Drawn {
  const { id, occurredAt: at } = event;
  const { definition } = lottery;
  const { points } = definition;
  const subject = drawSubject(lottery.id);
  const own = world.memberCounters.get(pairKey(member.id, subject));
  const on = shopDay(at);
  // Of a day that is counted no more nothing is left.
  const usedToday = own ? (usedOn(own, on) ?? definition.perMemberPerDay ?? 0) : 0;
  const miss = lotteryMiss(lottery, { used: own?.used ?? 0, usedToday }, at);
  if (miss) return { miss };
  const cause = `draw:${id}`;
  const spent = spendPoints(world, { memberId: member.id, points, cause, at, storeId: how.storeId });
  if ('refusal' in spent) return { miss: spent.refusal };
  const context = contextOf(world, event, { member, cause, storeId: how.storeId });
  const isThere = definition.prizes.map(
    (prize, place) => leftOf(lottery, place) > 0 && isToBeHad(world, context, prize),
  );
  if (!isThere.includes(true)) return { miss: { reason: 'SOLD_OUT', total: costOf(definition).prizes } };
  const lot = drawBetween(seedOf(world, id), cause, 1, lotsOf(definition).total);
  const drawn = prizeOfLot(definition, lot);
  const place = drawn !== null && isThere[drawn] === true ? drawn : null;
  const prize = place === null ? null : (definition.prizes[place] ?? null);
  const gave = prize === null ? { effects: [] } : give(world, context, prize);
  const row: Draw = {
    id: id as string as DrawId,
    memberId: member.id,
    lotteryId: lottery.id,
    points,
    at,
    by: how.by,
    prize,
    couponId: gave.couponId ?? null,
    code: prize?.kind === 'thing' ? drawCode(seedOf(world, id), `prize/${id}`, codeLength) : null,
    collectedAt: null,
    collectedBy: null,
    collectedStoreId: null,
  };
  const effects: Effect[] = [
    // Raises the member's version: of two draws at once the second looks at what the first has left.
    { type: 'member.put', member },
    ...spent.effects,
    ...gave.effects,
    { type: 'member.count', memberId: member.id, subject, times: 1, on },
    { type: 'lottery.count', lotteryId: lottery.id, prize: place },
    { type: 'draw.put', row },
  ];
  return { row, effects, followUps: prize === null ? [] : met(prizeWon, event, member, { occurrence: id }) };
}

const isToBeHad = (world: World, context: GrantContext, prize: Prize): boolean =>
  prize.kind !== 'coupon' || roomFor(world, context, prize.templateId).left >= 1;

type Gave = { readonly effects: readonly Effect[]; readonly couponId?: Draw['couponId'] };

function give(world: World, context: GrantContext, prize: Prize): Gave {
  const { memberId, occurredAt: at, storeId } = context;
  switch (prize.kind) {
    case 'coupon': {
      const coupon = newCoupon(world, context, null, prize.templateId, 0);
      const counts = countTemplate(world, context, prize.templateId, 1);
      return { effects: [{ type: 'coupon.issue', coupon }, ...counts], couponId: coupon.id };
    }
    case 'points': {
      const cause = `draw-won:${context.seedOf}`;
      const { points: delta } = prize;
      return {
        effects: [
          { type: 'ledger.post', memberId, account: 'points', delta, cause, at, storeId, overdraft: false },
        ],
      };
    }
    case 'thing':
      return { effects: [] };
    default:
      return prize satisfies never;
  }
}

type Whose = Pick<Drawing, 'member' | 'storeId'> & { readonly cause: string };

function contextOf(
  world: World,
  event: LotteryDrawn | FanSaid,
  { member, cause, ...whose }: Whose,
): GrantContext {
  const { id, occurredAt } = event;
  const storeId = whose.storeId ?? member.storeId ?? ('' as StoreId);
  return {
    cause,
    seedOf: id,
    memberId: member.id,
    saleId: null,
    storeId,
    occurredAt,
    on: localDate(occurredAt, timezoneOf(world.config, storeId)),
  };
}
