/** 积分兑换: which points bought what, so that it can be undone. */
import type { Exchange, ExchangeId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const exchanges = defineSlice<Exchange, ExchangeId>()({
  noun: 'exchange',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
