/** A sale as stored. */
import * as z from 'zod';
import { channels, lineKinds } from '../../../schema/index.ts';
import type { SaleRecord } from '../../db/shelves/sale-document.ts';
import { decimal } from '../../platform/decimal.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const SaleAnswer = z.strictObject({
  id: z.string(),
  orderNo: z.string(),
  version: z.string(),
  storeId: z.string(),
  associateId: z.string().nullable(),
  channel: z.enum(channels),
  history: z.boolean().meta({ description: 'Told for the record: it counts, and gave and woke nothing.' }),
  occurredAt: At,
  occurredOn: z.iso.date().meta({ description: 'The date in the zone of the store.' }),
  businessDate: z.iso
    .date()
    .nullable()
    .meta({ description: 'The day the till counts it in; null when it does not say.' }),
  paidFen: z.int(),
  keptFen: z.int(),
  points: z.int().meta({ description: 'What the goods earned; campaigns post their own.' }),
  pointsPercent: z.int().meta({
    description:
      'What the level made of each point when the sale was first told of this buyer: 150 is 1.5; 100 is the usual.',
  }),
  voidedAt: At.nullable(),
  lines: z.array(
    z.strictObject({
      lineNo: z.string(),
      kind: z.enum(lineKinds),
      sku: z.string(),
      name: z.string(),
      categoryIds: z.array(z.string()),
      brand: z.string().nullable(),
      quantity: z.string(),
      paidFen: z.int(),
    }),
  ),
});
type SaleAnswer = z.infer<typeof SaleAnswer>;

export function viewSale({ sale, lines }: Pick<SaleRecord, 'sale' | 'lines'>): SaleAnswer {
  const { id, orderNo, version, storeId, associateId, channel, occurredAt, occurredOn, businessOn } = sale;
  const { isHistory, paidFen, keptFen, points, pointsPercent, voidedAt } = sale;
  return {
    id,
    orderNo,
    version,
    storeId,
    associateId,
    channel,
    history: isHistory,
    occurredAt: instant(occurredAt),
    occurredOn,
    businessDate: businessOn,
    paidFen,
    keptFen,
    points,
    pointsPercent,
    voidedAt: instantOrNull(voidedAt),
    lines: lines.map((line) => ({
      lineNo: line.lineNo,
      kind: line.kind,
      sku: line.sku,
      name: line.name,
      categoryIds: [...line.categoryIds],
      brand: line.brand,
      quantity: decimal(line.quantityMilli),
      paidFen: line.paidFen,
    })),
  };
}
