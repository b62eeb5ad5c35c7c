/** 核销 of packages: each is written once, and may be undone. */
import type { PackageUse, PackageUseId } from '../../../schema/index.ts';
import { defineSlice, keep, move, untold } from './define.ts';

export const packageUses = defineSlice<PackageUse, PackageUseId>()({
  noun: 'package-use',
  keyOf: ({ id }) => id,
  ownerOf: ({ memberId }) => memberId,
  guardedBy: 'owner',
  merge: move(),
  forget: keep,
  tell: untold,
});
