/** 期初: what a member has brought; of two members who are one, what each has brought stays known. */
import type { Opening } from '../../../schema/index.ts';
import { pairKey } from '../plain/keys.ts';
import { defineSlice, joinKey, keep, untold } from './define.ts';

const keyOf = ({ memberId, account, firstId }: Opening): string => pairKey(memberId, `${account}/${firstId}`);

export const openings = defineSlice<Opening>()({
  noun: 'opening',
  keyOf,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: joinKey(keyOf, (moved) => moved),
  // Amounts and a day, as the ledgers keep them.
  forget: keep,
  // Its postings tell it.
  tell: untold,
});
