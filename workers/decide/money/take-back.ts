/** 撤销: posts the difference on an account, and takes back no more than the merchant's policy allows. */
import type { Account, MemberId, TakeBackPolicy } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Head } from '../world.ts';

/** 成长值 is never spent: it comes back as far as it is there, whatever the merchant says of what can be spent. */
export const isSpendable: Readonly<Record<Account, boolean>> = {
  points: true,
  growth: false,
  wallet: true,
  principal: true,
  bonus: true,
};

export const policyOf = (account: Account, takeBack: TakeBackPolicy): TakeBackPolicy =>
  isSpendable[account] ? takeBack : 'within_balance';

export type Difference = { readonly cause: string; readonly delta: number };

export type Posted = {
  readonly effects: readonly Effect[];
  /** What should have come back and was not there any more, or may not be touched. */
  readonly short: number;
  /** Everything the account has received once these postings stand. */
  readonly credited: number;
};

/** How much of `wanted` may be taken. `mark` is what the account had received in all when this sale was posted. */
export function takeable(policy: TakeBackPolicy, wanted: number, head: Head, mark: number): number {
  const there = Math.max(0, head.balance);
  switch (policy) {
    case 'unlimited':
      return wanted;
    case 'within_balance':
      return Math.min(wanted, there);
    case 'only_unspent': {
      // First in, first spent: what came in after this sale is still in the balance before any of this sale's is.
      const receivedSince = head.credited - mark;
      return Math.min(wanted, Math.max(0, there - receivedSince));
    }
    default:
      return policy satisfies never;
  }
}

/**
 * Gains are posted one by one with their own cause. As soon as something has to come back, everything is netted into one
 * posting: a lower tier's packet pays for the higher tier's, and nobody gains from a return.
 */
export function post(
  { memberId, account, at }: { memberId: MemberId; account: Account; at: number },
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
  });
  const net = differences.reduce((sum, { delta }) => sum + delta, 0);
  const hasLoss = differences.some(({ delta }) => delta < 0);
  if (!hasLoss) {
    const gains = differences.filter(({ delta }) => delta > 0);
    return {
      effects: gains.map(({ cause, delta }) => posting(cause, delta)),
      short: 0,
      credited: head.credited + net,
    };
  }
  const cause = differences[0]?.cause ?? '';
  if (net >= 0) {
    const effects = net > 0 ? [posting(cause, net)] : [];
    return { effects, short: 0, credited: head.credited + net };
  }
  const taken = takeable(policy, -net, head, mark);
  const effects = taken > 0 ? [posting(cause, -taken)] : [];
  return { effects, short: -net - taken, credited: head.credited };
}
