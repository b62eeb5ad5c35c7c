/** 商品消耗提醒: some days before a member has used up what they bought, as many days as each piece lasts. */
import * as z from 'zod';
import { Scope, type Product, type Sku } from '../../../schema/index.ts';
import type { Matter } from '../members/reminder-plan.ts';
import { addDays } from '../plain/dates.ts';
import { isInScope, type Scoped } from '../sales/scope.ts';
import type { Settlement } from '../sales/settlement.ts';
import { boughtBySku, lotOf, lotsWith, usedUpOn, type Stock } from '../sales/stock.ts';
import { defineReminder, planFields, type Standing } from './define.ts';

const daysMax = 3650;

const params = z
  .strictObject({
    ...planFields,
    kind: z.literal('run-out'),
    scope: Scope.default({ include: [], exclude: [] }),
    daysPerUnit: z.int().min(1).max(daysMax),
    remindBeforeDays: z.int().min(0).max(daysMax),
  })
  .refine(({ daysPerUnit, remindBeforeDays }) => remindBeforeDays <= daysPerUnit, {
    path: ['remindBeforeDays'],
    message: 'must not be more than daysPerUnit (提醒时间不能大于单个商品消耗时间)',
  });

export const runOut = defineReminder<z.infer<typeof params>, Stock, Scoped>({
  kind: 'run-out',
  label: '商品消耗提醒',
  params,
  example: params.parse({
    name: '回访快要喝完奶粉的会员',
    kind: 'run-out',
    scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] },
    daysPerUnit: 7,
    remindBeforeDays: 5,
  }),
  follows: ['sale.settled'],
  isNewestOnly: true,
  // The subject of a run-out is the product.
  skusOf: (subject) => [subject as Sku],
  from: (change, standing) => (change.type === 'sale.settled' ? stockAfter(change.settlement, standing) : []),
  isStill: ({ products }, { subject, storeId, basis }) => ({
    subject,
    storeId,
    basis,
    about: scopedOf(subject, products.get(subject as Sku), basis),
    since: basis.lots[0]?.[1] ?? 0,
    isNews: false,
  }),
  covers: ({ scope }, { about }) => isInScope(about, scope),
  schedule: ({ daysPerUnit, remindBeforeDays }, { basis }) => {
    const endsOn = usedUpOn(basis.lots, daysPerUnit);
    return endsOn === null
      ? null
      : { remindOn: addDays(endsOn, -remindBeforeDays), basis: { ...basis, endsOn }, lastOn: endsOn };
  },
  facts: (sku, { productName, endsOn }) => ({ sku, productName, endsOn }),
  lastOn: ({ endsOn = '' }) => endsOn,
  slots: ({ productName = '', endsOn = '' }) => ({ product: productName, endsOn }),
  words: {
    member: {
      tip: '快用完了，记得提前备好',
      text: ({ product, endsOn, store }) => `您在${store}买的${product}预计${endsOn}用完，记得提前备好。`,
    },
    associate: {
      tip: '请联系会员回访',
      text: ({ member, product, endsOn }) => `会员${member}的${product}预计${endsOn}用完，请及时回访。`,
    },
  },
});

const scopedOf = (sku: string, product: Product | undefined, { of }: Stock): Scoped => ({
  sku,
  categoryIds: product?.categoryPath.map(({ id }) => id) ?? of?.categoryIds ?? [],
  brand: product?.brand ?? of?.brand ?? null,
  tags: product?.tags ?? [],
});

const isPlaced = ({ categoryIds, brand }: Pick<Scoped, 'categoryIds' | 'brand'>): boolean =>
  categoryIds.length > 0 || brand !== null;

/** Every product of which the member has more or fewer than before. */
function stockAfter(
  { sale, before, after }: Settlement,
  standing: readonly Standing<Stock>[],
): Matter<Stock, Scoped>[] {
  const had = boughtBySku(before.lines);
  const has = boughtBySku(after.lines);
  const matters: Matter<Stock, Scoped>[] = [];
  for (const sku of new Set([...had.keys(), ...has.keys()])) {
    const was = had.get(sku)?.quantityMilli ?? 0;
    const is = has.get(sku)?.quantityMilli ?? 0;
    const line = (has.get(sku) ?? had.get(sku))?.line;
    if (was === is || !line) continue;
    const known = standing.find(({ subject }) => subject === sku);
    matters.push({
      subject: sku,
      storeId: known && is < was ? known.storeId : sale.storeId,
      basis: {
        productName: line.name,
        lots: lotsWith(known?.basis, lotOf(sale, is)),
        endsOn: known?.basis.endsOn ?? sale.occurredOn,
        ...(isPlaced(line) && { of: { categoryIds: line.categoryIds, brand: line.brand } }),
      },
      about: line,
      since: sale.occurredAt,
      // Returning part of it after the reminder went out is no reason to remind again.
      isNews: is > was,
    });
  }
  return matters;
}
