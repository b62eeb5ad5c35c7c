/** 所得: what an award kind has to say for itself, so that giving, taking back, counting cost and telling are written once. */
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
  /** The cause goes to another member: what this one could not give back is no part of it any more. */
  readonly isMoved: boolean;
  /** Handed out in this very decision, under names of the kind's own: the world does not count it yet, and two campaigns may share a stock. */
  readonly handedOut: Map<string, number>;
};

/** What one campaign owes the cause of one kind, and what stands of it. */
export type AwardChange<Due, Held> = {
  readonly campaignId: CampaignId;
  readonly due: Due;
  readonly held: Held;
  /** The campaign is met anew, or more often: a return never makes up for an empty stock. */
  readonly mayGive: boolean;
};

export type SettledAward<Held> = {
  readonly effects: readonly Effect[];
  /** What stands afterwards: also what should have come back and could not. */
  readonly held: Held;
  /** How much was given anew, in the number that `words` takes. */
  readonly given: number;
  /** Something that should have come back did not: the slot of the campaign stays taken. */
  readonly isShort: boolean;
};

type Common = {
  /** The name under which grants keep it. */
  readonly kind: string;
  /** What a reward makes of it; the API shows it in this form. */
  readonly due: z.ZodType<Amount>;
  readonly empty: Amount;
  readonly sum: (one: Amount, other: Amount) => Amount;
  /** What the shop gives away: budgets count it. */
  readonly costFen: (due: Amount, config: Config) => number;
  /** What the member gets by it, in about fen: 最优 compares it. */
  readonly worthFen: (due: Amount, config: Config) => number;
  /** What a member is told who was given so much; empty where nothing is told. */
  readonly words: (given: number) => string;
  /** What the merchant says to the member, word for word; null where a kind has nothing to say. */
  readonly texts: ((due: Amount) => readonly string[]) | null;
};

/** A number on an account: posted and taken back together with all that the cause moves there. */
export type PostingAward = Common & { readonly account: Account };

/** Anything else brings what stands to what is due by itself. */
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
  /** Left out, it is worth what it costs. */
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
  /** What grants keep of it. */
  held: z.ZodType<Held>;
  empty: Due & Held;
  sum: (one: Due, other: Due) => Due;
  /** Left out, it costs nothing. */
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
 * Shared code hands a kind nothing but what stands under the kind's own name. Rewards put it there, and the contract suite of
 * rewards holds each of them to the form in which it is due.
 */
const erased = <Erased extends Award>(award: Readonly<Record<keyof Erased, unknown>>): Erased =>
  award as unknown as Erased;
