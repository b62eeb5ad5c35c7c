/** 所得: what an award kind has to declare, so that giving, taking back, counting cost and telling are written once. */
import * as z from 'zod';
import type { Account, Amount, CampaignId, Grant, TemplateId } from '../../../schema/index.ts';
import type { Config } from '../config.ts';
import type { GrantContext } from '../coupons/issue-coupon.ts';
import type { Bar } from '../coupons/bar.ts';
import type { Effect } from '../effects.ts';
import type { World } from '../world.ts';

export const isNothing = (amount: Amount): boolean =>
  typeof amount === 'number' ? amount === 0 : amount.length === 0;

/** One choice for one cause, among the campaigns that it meets. */
export type Choosing = {
  readonly world: World;
  readonly context: GrantContext;
  /** What the cause holds, campaign by campaign. */
  readonly held: readonly Grant[];
  /** Campaigns that have still to be looked at: what the cause holds from them is kept for them. */
  readonly waiting: Set<string>;
  /** Taken by what was chosen, under names that the kind chooses: two campaigns may share a stock. */
  readonly taken: Map<string, number>;
};

/** What a campaign asks for. */
export type Asked<Due, Held> = {
  readonly due: Due;
  readonly held: Held;
  /** The campaign is newly met, or met more often. Otherwise a return would be given what was out of stock at the sale. */
  readonly mayGive: boolean;
};

/** Why there is less than was asked for. */
export type Lack =
  | ({ readonly reason: 'out-of-stock'; readonly templateId: TemplateId } & Bar)
  /** There is no WeChat through which it could be said. */
  | { readonly reason: 'no-wechat' }
  /** 返现上限: the level has had as much of the month as it may. */
  | {
      readonly reason: 'cash-back';
      readonly level: string;
      readonly usedFen: number;
      readonly capFen: number;
    };

/** What there is of it, and what is taken with it, by name. */
export type Fitted<Due> = {
  readonly amount: Due;
  readonly takes: readonly (readonly [string, number])[];
  readonly lack: Lack | null;
};

/** One decision about one cause, whatever campaigns take part in it. */
export type Settling = {
  readonly world: World;
  readonly context: GrantContext;
  readonly at: number;
  /** What made it so, for whoever asks later: `refund:…`. */
  readonly why: string;
  /** The cause passes to another member: what this member could not give back no longer belongs to it. */
  readonly isMoved: boolean;
};

/** For one kind of award: what the campaign owes the cause, no more than there is, and what its grant holds. */
export type AwardChange<Due, Held> = {
  readonly campaignId: CampaignId;
  readonly due: Due;
  readonly held: Held;
};

export type SettledAward<Due, Held> = {
  readonly effects: readonly Effect[];
  /** What the grant holds afterwards, with what should have come back and could not. */
  readonly held: Held;
  /** How much was newly given, as the number that `words` takes. */
  readonly given: number;
  /** What of it the member has afterwards: it is paid for, and as long as there is any, the slot of the campaign stays taken. */
  readonly stands: Due;
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
  /** It goes with a gift and is none: where everything else of a campaign is out of stock, it is not given for itself. */
  readonly isCompany: boolean;
  /** What of it there is; null where there is always enough. */
  readonly fit: ((choosing: Choosing, asked: Asked<Amount, unknown>) => Fitted<Amount>) | null;
  /** What the member still has of what a grant holds, in the form in which it is due. */
  readonly standing: (at: Pick<Settling, 'world' | 'context'>, held: unknown) => Amount;
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
  ) => SettledAward<Amount, Amount>;
};

export type Award = PostingAward | SettlingAward;

type PostingAwardDefinition = {
  kind: string;
  account: Account;
  costFen: (due: number) => number;
  /** When left out, the award is worth what it costs. */
  worthFen?: (due: number) => number;
  words: (given: number) => string;
  /** When left out, there is always enough. */
  fit?: (choosing: Choosing, asked: Asked<number, unknown>) => Fitted<number>;
};

export function definePosted(award: PostingAwardDefinition): PostingAward {
  return erased<PostingAward>({
    worthFen: award.costFen,
    fit: null,
    ...award,
    due: z.int(),
    empty: 0,
    sum: (one: number, other: number) => one + other,
    isCompany: false,
    standing: (_at: unknown, held: number) => held,
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
  /** When left out, the award is worth what it costs. */
  worthFen?: (due: Due, config: Config) => number;
  isCompany?: boolean;
  fit?: (choosing: Choosing, asked: Asked<Due, Held>) => Fitted<Due>;
  /** When left out, nothing of it stays with the member that could be taken back. */
  standing?: (at: Pick<Settling, 'world' | 'context'>, held: Held) => Due;
  words?: (given: number) => string;
  texts?: (due: Due) => readonly string[];
  settle: (settling: Settling, change: AwardChange<Due, Held>) => SettledAward<Due, Held>;
};

export function defineAward<Due extends Amount, Held extends Amount>(
  award: SettlingAwardDefinition<Due, Held>,
): Award {
  const { empty, fit, standing, costFen = () => 0 } = award;
  const heldOf = (held: unknown): Held => (held === undefined ? empty : award.held.parse(held));
  return erased<SettlingAward>({
    words: () => '',
    texts: null,
    isCompany: false,
    worthFen: costFen,
    ...award,
    costFen,
    account: null,
    fit: fit
      ? (choosing: Choosing, asked: Asked<Due, unknown>) =>
          fit(choosing, { ...asked, held: heldOf(asked.held) })
      : null,
    standing: standing
      ? (at: Pick<Settling, 'world' | 'context'>, held: unknown) => standing(at, heldOf(held))
      : () => empty,
    settle: (settling: Settling, change: AwardChange<Due | undefined, unknown>) =>
      award.settle(settling, { ...change, due: change.due ?? empty, held: heldOf(change.held) }),
  });
}

/**
 * Shared code passes a kind only the amount stored under that kind's name. Rewards put it there, and the contract suite of
 * rewards checks that each amount has its kind's form.
 */
const erased = <Erased extends Award>(award: Readonly<Record<keyof Erased, unknown>>): Erased =>
  award as unknown as Erased;
