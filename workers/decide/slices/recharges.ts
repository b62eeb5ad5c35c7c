/** 充值: what a till told of money put on a card, once and for all. */
import type { Recharge, RechargeId } from '../../../schema/index.ts';
import { defineSlice, keep, move } from './define.ts';

export const recharges = defineSlice<Recharge, RechargeId>()({
  noun: 'recharge',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'key',
  merge: move(),
  forget: keep,
  tell: ({ memberId, principalFen, bonusFen }) => ({
    memberId: memberId ?? undefined,
    principalFen,
    bonusFen,
  }),
});
