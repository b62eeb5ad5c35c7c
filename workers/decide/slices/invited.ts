/** 被邀请: one row of each friend. Of two who are one, whoever was brought first brought them. */
import type { Invited, MemberId } from '../../../schema/index.ts';
import { over } from '../referral/over.ts';
import { defineSlice, joinKey, untold } from './define.ts';

const keyOf = ({ memberId }: Invited): MemberId => memberId;

export const invited = defineSlice<Invited, MemberId>()({
  noun: 'invited',
  keyOf,
  ownerOf: keyOf,
  guardedBy: 'owner',
  merge: joinKey(keyOf, (moved, known) => (moved.at < known.at ? moved : known)),
  // What was still to come goes with her; nobody earns by who is no more.
  forget: over,
  tell: untold,
});
