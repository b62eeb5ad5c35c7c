/** 花积分: takes points that end first, and gives them back where they were taken from. Never more than can be spent now. */
import type { LotPoints, MemberId, StoreId } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Refusal } from '../refusals.ts';
import { headOf, type World } from '../world.ts';
import { heldPoints } from './held.ts';
import { pointsIn } from './lot-list.ts';
import { takeFrom } from './lots.ts';

export type Spending = {
  readonly memberId: MemberId;
  /** At least 1. */
  readonly points: number;
  /** Made from the id of the event, so that it is done once. */
  readonly cause: string;
  readonly at: number;
  /** Where, as the books tell it. */
  readonly storeId?: StoreId | null;
};

export type Spent =
  /** `taken` is kept with whatever the points bought: with it they go back to the same lots. */
  | { readonly effects: readonly Effect[]; readonly taken: readonly LotPoints[] }
  | { readonly refusal: Extract<Refusal, { code: 'POINTS_SHORT' }> };

export function spendPoints(world: World, { memberId, points, cause, at, storeId = null }: Spending): Spent {
  const head = headOf(world, memberId, 'points');
  const { spendable } = heldPoints(head, world.now);
  if (points > spendable)
    return { refusal: { code: 'POINTS_SHORT', have: Math.max(0, spendable), need: points } };
  const posting: Effect = {
    type: 'ledger.post',
    memberId,
    account: 'points',
    delta: -points,
    cause,
    at,
    storeId,
    overdraft: false,
  };
  return { effects: [posting], taken: takeFrom(head, points).taken };
}

type GivingBack = Omit<Spending, 'points'> & { readonly taken: readonly LotPoints[] };

/** What the points bought has come back. A lot that is over goes into a new one of so many days as the settings say. */
export function giveBackPoints(
  world: World,
  { memberId, taken, cause, at, storeId = null }: GivingBack,
): Effect[] {
  const points = pointsIn(taken);
  if (points === 0) return [];
  const balance = headOf(world, memberId, 'points').balance + points;
  // Under another policy the account may have gone below zero meanwhile.
  const overdraft = balance < 0;
  return [
    {
      type: 'ledger.post',
      memberId,
      account: 'points',
      delta: points,
      cause,
      at,
      storeId,
      overdraft,
      isReversal: true,
      back: taken,
    },
  ];
}
