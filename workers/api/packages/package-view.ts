/** 套餐 as the API shows it: what is left of each item, and what would be paid back. */
import * as z from 'zod';
import type { Package } from '../../../schema/index.ts';
import { packageNoOf } from '../../commands/packages/packages.ts';
import { leftOf, packageStandingOf, packageStandings, refundOf } from '../../decide/packages/held.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const PackageAnswer = namedAnswer(
  'Package',
  z.strictObject({
    packageNo: z.string(),
    code: z.string().meta({ description: 'What is scanned: the member shows it, and it may be printed.' }),
    memberId: z.string(),
    packageId: z
      .string()
      .meta({ description: 'Of the template, or as the till calls this kind of package.' }),
    name: z.string(),
    state: z.enum(packageStandings),
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        count: z.int(),
        used: z.int(),
        left: z.int(),
        unitPriceFen: z.int().meta({ description: '0 is a gift: nothing is taken off a refund for it.' }),
      }),
    ),
    left: z.int().meta({ description: 'Pieces of all items together.' }),
    paidFen: z.int(),
    refundFen: z.int().meta({
      description: 'What would be paid back now: paidFen − used × unitPriceFen, never below 0.',
    }),
    refundedFen: z.int().nullable().meta({ description: 'What was paid back; null where it was not.' }),
    store: z.string().meta({ description: 'Where it was sold.' }),
    associateId: z.string().nullable(),
    soldAt: At,
    validUntil: At.nullable().meta({ description: 'No longer from this moment on; null is without end.' }),
  }),
);

export function viewPackage(held: Package, now: number): z.infer<typeof PackageAnswer> {
  const { id, code, memberId, kindId, name, items, count, used, paidFen } = held;
  return {
    packageNo: packageNoOf(id),
    code,
    memberId,
    packageId: kindId,
    name,
    state: packageStandingOf(held, now),
    items: items.map((item) => ({ ...item, left: leftOf(item) })),
    left: count - used,
    paidFen,
    refundFen: refundOf(held),
    refundedFen: held.refundedFen,
    store: held.storeId,
    associateId: held.associateId,
    soldAt: instant(held.soldAt),
    validUntil: instantOrNull(held.validUntil),
  };
}
