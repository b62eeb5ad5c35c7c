/** 抽奖记录: what came of each draw, and what is still to be fetched in a shop. */
import type { Draw, DrawId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const draws = defineSlice<Draw, DrawId>()({
  noun: 'draw',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
