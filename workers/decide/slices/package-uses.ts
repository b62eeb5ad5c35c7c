/** 核销 of packages: each is written once, and may be undone. Its package is written with it, and guards it. */
import type { PackageUse, PackageUseId } from '../../../schema/index.ts';
import { defineSlice, keep, nobody, stay, untold } from './define.ts';

export const packageUses = defineSlice<PackageUse, PackageUseId>()({
  noun: 'package-use',
  keyOf: ({ id }) => id,
  ownerOf: nobody,
  guardedBy: 'latest',
  merge: stay,
  forget: keep,
  tell: untold,
});
