/** 一人一次: whose gifts of a lifetime have been given, by digests that name nobody; they stay when the person goes. */
import type { JoinedDigest } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const joinedDigests = defineSlice<JoinedDigest>()({
  noun: 'joined-digest',
  keyOf: ({ key }) => key,
  ownerOf: nobody,
  guardedBy: 'key',
  merge: stay,
  forget: keep,
  tell: untold,
});
