/** 套餐 in members' hands. */
import type { Package, PackageId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const packages = defineSlice<Package, PackageId>()({
  noun: 'package',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
