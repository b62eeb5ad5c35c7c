/** 撤销: posts the difference on an account, and takes back no more than the merchant's policy allows. */
import type { Account, LotKey, MemberId, StoreId, TakeBackPolicy } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Head } from '../world.ts';
import { creditedOf, leftOf, noLot } from './lots.ts';

/** 成长值 is never spent: all of it that is there comes back, whatever the take-back policy says. */
export const isSpendable: Readonly<Record<Account, boolean>> = {
  points: true,
  growth: false,
  wallet: true,
  principal: true,
  bonus: true,
  prepaid: true,
};

export const policyOf = (account: Account, takeBack: TakeBackPolicy): TakeBackPolicy =>
  isSpendable[account] ? takeBack : 'within_balance';

export type Difference = { readonly cause: string; readonly delta: number };

export type Posted = {
  readonly effects: readonly Effect[];
  /** What should have come back but was already spent, or is protected by the policy. */
  readonly short: number;
  /** Everything that the account, or the lot of this cause, has ever received, with these postings. */
  readonly credited: number;
};

/**
 * How much of `wanted` may be taken. `mark` is the total that the account, or the sale's own lot, had received when the sale was
 * posted. What waits is there as well: it came with a sale, too.
 */
export function takeable(
  policy: TakeBackPolicy,
  wanted: number,
  head: Head,
  mark: number,
  lot: LotKey = noLot,
): number {
  const there = Math.max(0, head.balance);
  switch (policy) {
    case 'unlimited':
      return wanted;
    case 'within_balance':
      return Math.min(wanted, there);
    case 'only_unspent':
      return Math.min(wanted, leftOf(head, lot, mark));
    default:
      return policy satisfies never;
  }
}

/** `lot` is where the cause keeps its points, and where they are taken from first: as it stands today. */
type To = {
  readonly memberId: MemberId;
  readonly account: Account;
  readonly at: number;
  readonly storeId: StoreId | null;
  readonly lot?: LotKey;
};

/**
 * Gains are posted one by one, each with its cause. When something has to come back, everything is netted into one posting: a
 * lower tier's packet offsets the higher tier's, and nobody gains from a return.
 */
export function post(
  { memberId, account, at, storeId, lot }: To,
  differences: readonly Difference[],
  head: Head,
  policy: TakeBackPolicy,
  mark: number,
): Posted {
  const posting = (cause: string, delta: number): Effect => ({
    type: 'ledger.post',
    memberId,
    account,
    delta,
    cause,
    at,
    overdraft: policy === 'unlimited',
    storeId,
    ...(lot && { lot }),
  });
  const before = creditedOf(head, lot ?? noLot);
  const net = differences.reduce((sum, { delta }) => sum + delta, 0);
  const hasLoss = differences.some(({ delta }) => delta < 0);
  if (!hasLoss) {
    const gains = differences.filter(({ delta }) => delta > 0);
    return {
      effects: gains.map(({ cause, delta }) => posting(cause, delta)),
      short: 0,
      credited: before + net,
    };
  }
  const cause = differences[0]?.cause ?? '';
  if (net >= 0) {
    const effects = net > 0 ? [posting(cause, net)] : [];
    return { effects, short: 0, credited: before + net };
  }
  const taken = takeable(policy, -net, head, mark, lot);
  const effects = taken > 0 ? [posting(cause, -taken)] : [];
  return { effects, short: -net - taken, credited: before };
}
