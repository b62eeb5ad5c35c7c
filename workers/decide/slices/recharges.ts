/** 充值: money that was put on a card; a row is written once and never changed. */
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
