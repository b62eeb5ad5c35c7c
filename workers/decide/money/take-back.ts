/** 撤销: posts the difference on an account, and takes back no more than the merchant's policy allows. */
import type { Account, MemberId, TakeBackPolicy } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';
import type { Head } from '../world.ts';

/** 成长值 is never spent: all of it that is there comes back, whatever the take-back policy says. */
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
  /** What should have come back but was already spent, or is protected by the policy. */
  readonly short: number;
  /** Everything that the account has ever received, with these postings. */
  readonly credited: number;
};

/** How much of `wanted` may be taken. `mark` is the total that the account had received when this sale was posted. */
export function takeable(policy: TakeBackPolicy, wanted: number, head: Head, mark: number): number {
  const there = Math.max(0, head.balance);
  switch (policy) {
    case 'unlimited':
      return wanted;
    case 'within_balance':
      return Math.min(wanted, there);
    case 'only_unspent': {
      // First in, first spent: what was received after this sale is spent last.
      const receivedSince = head.credited - mark;
      return Math.min(wanted, Math.max(0, there - receivedSince));
    }
    default:
      return policy satisfies never;
  }
}

/**
 * Gains are posted one by one, each with its cause. When something has to come back, everything is netted into one posting: a
 * lower tier's packet offsets the higher tier's, and nobody gains from a return.
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
