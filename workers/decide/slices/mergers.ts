/** 合并记录 by the member who was merged away: written with the merger itself, and read when it is undone. */
import type { Merger, MemberId } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const mergers = defineSlice<Omit<Merger, 'seq'>, MemberId>()({
  noun: 'merger',
  keyOf: ({ fromId }) => fromId,
  // Whoever survived may survive another: the record stays as it was made.
  ownerOf: nobody,
  guardedBy: 'latest',
  merge: stay,
  forget: keep,
  tell: untold,
});
