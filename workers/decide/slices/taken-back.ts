/** 收回的明细: what was taken of one cause of a campaign that is taken back. */
import type { TakenBack } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const takenBack = defineSlice<TakenBack>()({
  noun: 'taken-back',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  // A cause is taken back once: a second writer breaks the key.
  guardedBy: 'key',
  merge: move(),
  forget: keep,
  tell: untold,
});
