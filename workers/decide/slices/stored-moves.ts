/** 储值流水: each is written once; of a spending it is counted on what came back. */
import type { StoredMove, StoredMoveId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const storedMoves = defineSlice<StoredMove, StoredMoveId>()({
  noun: 'stored-move',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  // Its postings tell the money.
  tell: untold,
});
