/** 条件: what a kind of condition has to declare. A condition may test the buyer, the place, the hour or the basket. */
import type * as z from 'zod';
import type { Member } from '../../../schema/index.ts';
import type { Basket } from '../sales/basket.ts';

/**
 * What a predicate may look at. A predicate is tested again when part of the sale comes back, so no fact here is changed by the
 * sale itself, and no fact says why it is tested. Level, membership and children are those of the day of testing.
 */
export type Facts = {
  readonly storeId: string;
  /** When it was bought, or when it happened to the member. */
  readonly at: number;
  /** The store's zone: for days and hours. */
  readonly timezone: string;
  readonly member: Omit<Member, ChangedBySale>;
  /** 会员标签 as of testing, without what this sale itself brought. */
  readonly wears: (tag: string) => boolean;
  /** How many purchases the member had made when this sale was first received, without this sale. */
  readonly ordersBefore: number;
  /** Without 例外商品. */
  readonly basket: Basket;
  /** 连续签到: the days in a row that this one makes. */
  readonly streakDays: number;
  /** 充值: what was paid, without what the shop adds. */
  readonly paidFen: number;
  /** 超级会员方案 that was bought, by its name. */
  readonly plan: string;
  /** 买套餐: which kind of it. */
  readonly packageId: string;
  /** What somebody said to the account. */
  readonly said: string;
};
export type Fact = keyof Facts;
/** Facts that only some triggers bring. */
export type Rare = 'streakDays' | 'paidFen' | 'plan' | 'packageId' | 'said';

type ChangedBySale =
  | 'orders'
  | 'spentFen'
  | 'firstAt'
  | 'lastAt'
  | 'salesInHour'
  | 'associateId'
  | 'sellerId'
  | 'storeId'
  | 'version';

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
  /** For kinds that can be met more than once: how often, when `test` is true. */
  readonly times?: (facts: Seen) => number;
  /** What there was and what was needed, when `test` is false. */
  readonly shortfall: (facts: Seen) => Shortfall;
  /** Left out when it does not narrow the search. */
  readonly watch?: Watch;
  /** False only when it can never be met in that store; left out when every store will do. */
  readonly mayHoldAt?: (storeId: string) => boolean;
};

/** One shape for all kinds, because a thousand of them are tested in one loop. */
export type CompiledPredicate = {
  /** The code that explains a miss. */
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
 * Parameters are parsed here once; all other code sees a compiled predicate. A kind gets only the facts that it declares, so
 * its `needs` say under which triggers it may stand.
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

/** The first fact that a predicate needs and the trigger does not bring; undefined when there is none. */
export const lacking = (
  { needs }: Predicate,
  { brings }: { readonly brings: readonly Fact[] },
): Fact | undefined => needs.find((fact) => !brings.includes(fact));
