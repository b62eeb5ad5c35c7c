/** 变动: as what a row of a ledger stands in the books, told from its account, its cause and its sign. */
import {
  owedAccounts,
  type OwedAccount,
  type OwedMove,
  type OwedSums,
  type Posting,
} from '../../../schema/index.ts';

type Moved = Pick<Posting, 'cause' | 'delta'> & { readonly account: OwedAccount };

/** What a cause begins with says it, whatever the account; the longest beginning counts. */
const byCause: readonly (readonly [begin: string, move: OwedMove])[] = [
  ['stored:spent:', 'spent'],
  ['stored:refunded:', 'back'],
  ['stored:reversed:', 'taken-back'],
  ['stored:cashed-out:', 'paid-out'],
  ['stored:corrected:', 'corrected'],
  // What the old system owed is owed from the day it was moved in.
  ['stored:opened:', 'put-in'],
  ['opening:', 'put-in'],
  ['recharge:', 'put-in'],
  ['exchange-undone:', 'back'],
  ['exchange:', 'spent'],
  ['draw:', 'spent'],
  ['draw-won:', 'earned'],
  ['spent:', 'spent'],
  ['points-paid:', 'spent'],
  ['points-back:', 'back'],
  ['correction:', 'corrected'],
  ['points-over:', 'expired'],
  ['voucher-over:', 'expired'],
  ['forgotten:', 'expired'],
  ['merge:', 'moved'],
  ['split:', 'moved'],
  ['pass:', 'moved'],
];

export function moveOf({ account, cause, delta }: Moved): OwedMove {
  const known = byCause.find(([begin]) => cause.startsWith(begin));
  if (known) return known[1];
  if (account === 'prepaid') return ofPackage(cause) ?? ofVoucher(cause, delta);
  // A payment out of the wallet that failed was none.
  if (cause.startsWith('withdrawal:')) return delta < 0 ? 'paid-out' : 'back';
  return delta < 0 ? 'taken-back' : 'earned';
}

/** 套餐: a refund of one also takes back points that it brought, which is no payment. */
const byPackage: readonly (readonly [begin: string, move: OwedMove])[] = [
  ['package:', 'put-in'],
  ['package-used:', 'spent'],
  ['package-back:', 'back'],
  ['package-refund:', 'paid-out'],
];
const ofPackage = (cause: string): OwedMove | undefined =>
  byPackage.find(([begin]) => cause.startsWith(begin))?.[1];

/** Sold and paid back under its number; used for a receipt, and given back with it; anything else took it from her. */
function ofVoucher(cause: string, delta: number): OwedMove {
  if (cause.startsWith('voucher:')) return delta > 0 ? 'put-in' : 'paid-out';
  if (cause.startsWith('revoke:') || cause.startsWith('takeback:')) return 'taken-back';
  return delta < 0 ? 'spent' : 'back';
}

export const nothingOwed: OwedSums = {
  points: 0,
  pending: 0,
  principal: 0,
  bonus: 0,
  wallet: 0,
  prepaid: 0,
};

export const addSums = (one: OwedSums, other: OwedSums): OwedSums => ({
  points: one.points + other.points,
  pending: one.pending + other.pending,
  principal: one.principal + other.principal,
  bonus: one.bonus + other.bonus,
  wallet: one.wallet + other.wallet,
  prepaid: one.prepaid + other.prepaid,
});

/** 折成钱: what so many points are worth, at so many fen for a hundred, rounded down. */
export const worthOf = (points: number, fenPerHundred: number): number =>
  Math.floor((points * fenPerHundred) / 100);

/** Accounts on which what stood before and what moved do not come to what stands: a row was changed behind the books. */
export const apartOf = (before: OwedSums, moved: OwedSums, after: OwedSums): OwedAccount[] =>
  owedAccounts.filter((account) => before[account] + moved[account] !== after[account]);
