/** 导购: named by a sale, entered by the office, or bound to their WeChat by a code. */
import type { Associate, AssociateId } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const associates = defineSlice<Associate, AssociateId>()({
  noun: 'associate',
  keyOf: ({ id }) => id,
  ownerOf: nobody,
  guardedBy: 'rev',
  merge: stay,
  forget: keep,
  tell: untold,
});
