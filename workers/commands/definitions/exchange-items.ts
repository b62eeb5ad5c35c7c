/** 兑换品: what points are exchanged for; its price and stock may change, exchanges that were made stay as they are. */
import { ExchangeItemId, ExchangeItemInput, type ExchangeItem } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { insertItem, listItems, readItem, replaceItem } from '../../db/points/exchange-items.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import type { Changeable } from './define.ts';

export const exchangeItems: Changeable<ExchangeItemId, ExchangeItemInput, ExchangeItem> = {
  label: '兑换品',
  noun: 'exchange_item',
  fullName: 'exchange item',
  id: ExchangeItemId,
  idPrefix: 'x',
  input: ExchangeItemInput,
  draw: (definition, place, _, before) => ({
    ...place,
    definition,
    exchanged: before?.exchanged ?? 0,
    limitCount: definition.stock,
  }),
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  fault,
  insert: insertItem,
  list: listItems,
  read: readItem,
  inputOf: ({ definition }) => definition,
  replace: async (db, next, current) => {
    const outcome = await replaceItem(db, next, current);
    if (outcome !== 'below-used') return outcome;
    const { exchanged: used = 0 } = (await readItem(db, next.id)) ?? {};
    const limit = next.limitCount ?? 0;
    return {
      status: 409,
      code: 'limit_below_used',
      detail: `stock cannot be ${limit}: ${used} were exchanged already`,
      field: 'stock',
      numbers: { limit, used },
    };
  },
};

async function fault(db: Db, { definition }: ExchangeItem): Promise<Problem | null> {
  const { from, to, templateId } = definition;
  if (from !== null && to !== null && Date.parse(to) <= Date.parse(from))
    return invalidField('to', 'must be later than from');
  const template = (await templatesNamed(db, [templateId])).get(templateId);
  return template ? null : invalidField('templateId', 'no coupon template has this id');
}
