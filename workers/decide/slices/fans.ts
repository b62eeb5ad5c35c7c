/** 粉丝: who follows the account. Kept apart from the member, because it may have to be erased while the member stays. */
import type { Fan } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const fans = defineSlice<Fan>()({
  noun: 'fan',
  keyOf: ({ openid }) => openid,
  ownerOf: nobody,
  guardedBy: 'latest',
  merge: stay,
  forget: keep,
  tell: untold,
});
