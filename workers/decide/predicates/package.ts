/** 哪些套餐: those of the office by their templates, those of a till by its own numbers. */
import * as z from 'zod';
import { Id } from '../../../schema/index.ts';
import { definePredicate } from './define.ts';

const kindsMax = 100;

export const packageKind = definePredicate({
  kind: 'package',
  label: '买的是哪些套餐',
  params: z.strictObject({ kind: z.literal('package'), packageIds: z.array(Id).min(1).max(kindsMax) }),
  example: { kind: 'package', packageIds: ['pt_bath'] },
  needs: ['packageId'],
  compile: ({ packageIds }) => ({
    test: ({ packageId }) => packageIds.includes(packageId),
    shortfall: ({ packageId }) => ({ have: packageId, need: packageIds.join(), unit: 'package' }),
  }),
});
