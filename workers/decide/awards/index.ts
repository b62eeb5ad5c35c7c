/** The award kinds, in the order in which they are told. A new one is its file, its line here and its test. */
import type { Account, Amount } from '../../../schema/index.ts';
import { coupons } from './coupons.ts';
import type { Award, PostingAward } from './define.ts';
import { growth } from './growth.ts';
import { messages } from './messages.ts';
import { points } from './points.ts';
import { redPacket } from './red-packet.ts';
import { tags } from './tags.ts';

export const awards: readonly Award[] = [points, growth, coupons, redPacket, tags, messages];

const posted = Map.groupBy(
  awards.filter((award): award is PostingAward => award.account !== null),
  ({ account }) => account,
);

export const postedTo = (account: Account): readonly PostingAward[] => posted.get(account) ?? [];

const byKind = new Map(awards.map((award) => [award.kind, award]));

export function awardOf(kind: string): Award {
  const award = byKind.get(kind);
  if (!award) throw new Error(`unknown award ${kind}; known: ${[...byKind.keys()].join(', ')}`);
  return award;
}

/** The amount of a posted kind is a number. */
export function postable(amount: Amount = 0): number {
  if (typeof amount !== 'number') throw new Error(`only numbers are posted, not ${JSON.stringify(amount)}`);
  return amount;
}
