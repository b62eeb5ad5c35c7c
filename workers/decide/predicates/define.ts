/** 条件: what a kind of condition has to say for itself. Campaigns ask it about a buyer, a place, an hour or a basket alike. */
import type * as z from 'zod';
import type { CampaignTrigger, Member } from '../../../schema/index.ts';
import type { Basket } from '../sales/basket.ts';

/**
 * What a predicate may look at. When part of a sale comes back it is asked again, so nothing here is what the sale itself
 * changes, and nobody is told on which occasion they are asked. Level, membership and children are those of the day of asking.
 */
export type Facts = {
  readonly storeId: string;
  /** When it was bought, or when the member registered. */
  readonly at: number;
  /** The store's zone: for days and hours. */
  readonly timezone: string;
  readonly member: Omit<Member, ChangedBySale>;
  /** How many purchases the member had made when this one was first told; never counts this one. */
  readonly ordersBefore: number;
  /** Without 例外商品. */
  readonly basket: Basket;
};
export type Fact = keyof Facts;

type ChangedBySale = 'orders' | 'spentFen' | 'firstAt' | 'lastAt' | 'associateId' | 'storeId' | 'version';

/** What is known when a campaign is set off: a condition that needs more cannot stand in it. */
const broughtBy: Readonly<Record<CampaignTrigger, readonly Fact[]>> = {
  'sale.completed': ['storeId', 'at', 'timezone', 'member', 'ordersBefore', 'basket'],
  'member.created': ['storeId', 'at', 'timezone', 'member'],
  'member.joined': ['storeId', 'at', 'timezone', 'member'],
};

/** What is missing and how far, in the kind's own unit; instants as RFC 3339. */
export type Shortfall = Readonly<Record<string, string | number | null>>;

/**
 * What must be in a basket before the predicate can be met at all: the sum under one of `keys` reaches `atLeast`
 * (milli-pieces or fen). The index looks campaigns up by it instead of asking each one.
 */
export type Watch = {
  readonly measure: 'amount' | 'quantity';
  readonly keys: readonly string[];
  readonly atLeast: number;
};

/** What a kind answers, once its parameters are known. */
type Answers<Seen> = {
  readonly test: (facts: Seen) => boolean;
  /** For kinds that can be met more than once: how often, where `test` holds. */
  readonly times?: (facts: Seen) => number;
  /** What there was and what was asked, where `test` does not hold. */
  readonly shortfall: (facts: Seen) => Shortfall;
  /** Left out where it does not narrow the search. */
  readonly watch?: Watch;
  /** False only where it can never be met in that store; left out where any store will do. */
  readonly mayHoldAt?: (storeId: string) => boolean;
};

/** All of one shape, whatever the kind left out: a thousand of them are asked in one loop. */
export type CompiledPredicate = {
  /** The code under which a miss is told. */
  readonly reason: string;
  readonly test: (facts: Facts) => boolean;
  readonly times: ((facts: Facts) => number) | null;
  readonly shortfall: (facts: Facts) => Shortfall;
  readonly watch: Watch | null;
  readonly mayHoldAt: (storeId: string) => boolean;
};

export type Predicate = {
  readonly kind: string;
  readonly label: string;
  readonly params: z.ZodType;
  readonly example: unknown;
  readonly needs: readonly Fact[];
  readonly reason: string;
  readonly compile: (params: unknown) => CompiledPredicate;
};

/**
 * Parameters are parsed here once and then forgotten: everyone else sees a compiled predicate. A kind sees the facts it needs
 * and no others, so that where it may stand follows from what it reads.
 */
export function definePredicate<Params, Need extends Fact>(given: {
  kind: string;
  label: string;
  params: z.ZodType<Params>;
  example: NoInfer<Params>;
  needs: readonly Need[];
  /** Its kind, unless said otherwise. */
  reason?: string;
  compile: (params: Params) => Answers<Pick<Facts, Need>>;
}): Predicate {
  const reason = given.reason ?? given.kind;
  return {
    ...given,
    reason,
    compile: (params) => {
      const answers = given.compile(given.params.parse(params));
      const { test, times = null, shortfall, watch = null, mayHoldAt = anywhere } = answers;
      return { reason, test, times, shortfall, watch, mayHoldAt };
    },
  };
}

const anywhere = (): boolean => true;

/** The first thing a predicate needs that the trigger does not bring; undefined is nothing. */
export const lacking = ({ needs }: Predicate, trigger: CampaignTrigger): Fact | undefined =>
  needs.find((fact) => !broughtBy[trigger].includes(fact));
