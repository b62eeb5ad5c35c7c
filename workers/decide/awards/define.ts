/** 所得: what an award kind has to declare, so that giving, taking back, counting cost and telling are written once. */
import * as z from 'zod';
import type { Account, Amount, CampaignId } from '../../../schema/index.ts';
import type { Config } from '../config.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { Effect } from '../effects.ts';
import type { World } from '../world.ts';

export const isNothing = (amount: Amount): boolean =>
  typeof amount === 'number' ? amount === 0 : amount.length === 0;

/** One decision about one cause, whatever campaigns take part in it. */
export type Settling = {
  readonly world: World;
  readonly context: GrantContext;
  readonly at: number;
  /** The cause passes to another member: what this member could not give back no longer belongs to it. */
  readonly isMoved: boolean;
  /**
   * Handed out in this decision, by names that the kind chooses. The world does not count it yet, and two campaigns may share a
   * stock.
   */
  readonly handedOut: Map<string, number>;
};

/** For one kind of award: what the campaign owes the cause, and what its grant holds. */
export type AwardChange<Due, Held> = {
  readonly campaignId: CampaignId;
  readonly due: Due;
  readonly held: Held;
  /** The campaign is newly met, or met more often. Otherwise a return would be given what was out of stock at the sale. */
  readonly mayGive: boolean;
};

export type SettledAward<Held> = {
  readonly effects: readonly Effect[];
  /** What the grant holds afterwards, with what should have come back and could not. */
  readonly held: Held;
  /** How much was newly given, as the number that `words` takes. */
  readonly given: number;
  /** Something that should have come back did not: the slot of the campaign stays taken. */
  readonly isShort: boolean;
};

type Common = {
  /** The name under which grants keep it. */
  readonly kind: string;
  /** The form of an amount that is owed; the API shows it like this. */
  readonly due: z.ZodType<Amount>;
  readonly empty: Amount;
  readonly sum: (one: Amount, other: Amount) => Amount;
  /** What it costs the shop: budgets count it. */
  readonly costFen: (due: Amount, config: Config) => number;
  /** What it is worth to the member, roughly in fen: 最优 compares it. */
  readonly worthFen: (due: Amount, config: Config) => number;
  /** What the member is told about the amount given; empty when nothing is told. */
  readonly words: (given: number) => string;
  /** What the merchant says to the member, word for word; null where a kind has nothing to say. */
  readonly texts: ((due: Amount) => readonly string[]) | null;
};

/** A number on an account. It is posted and taken back together with whatever else the cause posts to that account. */
export type PostingAward = Common & { readonly account: Account };

/** Every other award changes what is held to what is due by itself. */
type SettlingAward = Common & {
  readonly account: null;
  readonly settle: (
    settling: Settling,
    change: AwardChange<Amount | undefined, unknown>,
  ) => SettledAward<Amount>;
};

export type Award = PostingAward | SettlingAward;

type PostingAwardDefinition = {
  kind: string;
  account: Account;
  costFen: (due: number) => number;
  /** When left out, the award is worth what it costs. */
  worthFen?: (due: number) => number;
  words: (given: number) => string;
};

export function definePosted(award: PostingAwardDefinition): PostingAward {
  return erased<PostingAward>({
    worthFen: award.costFen,
    ...award,
    due: z.int(),
    empty: 0,
    sum: (one: number, other: number) => one + other,
    texts: null,
  });
}

type SettlingAwardDefinition<Due, Held> = {
  kind: string;
  due: z.ZodType<Due>;
  /** What a grant keeps of the award. */
  held: z.ZodType<Held>;
  empty: Due & Held;
  sum: (one: Due, other: Due) => Due;
  /** When left out, the award costs nothing. */
  costFen?: (due: Due, config: Config) => number;
  words?: (given: number) => string;
  texts?: (due: Due) => readonly string[];
  settle: (settling: Settling, change: AwardChange<Due, Held>) => SettledAward<Held>;
};

export function defineAward<Due extends Amount, Held extends Amount>(
  award: SettlingAwardDefinition<Due, Held>,
): Award {
  const { empty, costFen = () => 0 } = award;
  return erased<SettlingAward>({
    words: () => '',
    texts: null,
    ...award,
    costFen,
    worthFen: costFen,
    account: null,
    settle: (settling: Settling, change: AwardChange<Due | undefined, unknown>) =>
      award.settle(settling, {
        ...change,
        due: change.due ?? empty,
        held: change.held === undefined ? empty : award.held.parse(change.held),
      }),
  });
}

/**
 * Shared code passes a kind only the amount stored under that kind's name. Rewards put it there, and the contract suite of
 * rewards checks that each amount has its kind's form.
 */
const erased = <Erased extends Award>(award: Readonly<Record<keyof Erased, unknown>>): Erased =>
  award as unknown as Erased;
