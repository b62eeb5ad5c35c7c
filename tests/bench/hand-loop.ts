/** The hand-written rival: a typed loop that asks every campaign, as one would write it for a single shop. */
import type { BasketLine } from '../../workers/decide/sales/basket.ts';
import type { Definition, Spend } from './campaigns.ts';

type Rule = {
  readonly place: number;
  readonly stores: ReadonlySet<string> | null;
  readonly levels: ReadonlySet<string> | null;
  readonly scope: Spend['scope'];
  readonly ids: readonly string[];
  readonly isAmount: boolean;
  readonly threshold: number;
};

export type Visit = {
  readonly storeId: string;
  readonly level: string;
  readonly lines: readonly BasketLine[];
};

export function handLoop(given: readonly Definition[]): (visit: Visit) => number[] {
  const rules = given.map(({ stores, levels, conditions: [spend] }, place): Rule => {
    const isAmount = spend.measure === 'amount';
    return {
      place,
      stores: stores && new Set(stores),
      levels: levels && new Set(levels),
      scope: spend.scope,
      ids: spend.ids,
      isAmount,
      threshold: isAmount ? spend.atLeast : spend.atLeast * 1000,
    };
  });
  return ({ storeId, level, lines }) => {
    const hits: number[] = [];
    for (const rule of rules) {
      if (rule.stores !== null && !rule.stores.has(storeId)) continue;
      if (rule.levels !== null && !rule.levels.has(level)) continue;
      let total = 0;
      for (const line of lines) {
        if (isWanted(rule, line)) total += rule.isAmount ? line.amountFen : line.quantityMilli;
      }
      if (total >= rule.threshold) hits.push(rule.place);
    }
    return hits;
  };
}

function isWanted({ scope, ids }: Rule, line: BasketLine): boolean {
  switch (scope) {
    case 'order':
      return true;
    case 'category':
      for (const id of line.categoryIds) if (ids.includes(id)) return true;
      return false;
    case 'brand':
      return line.brand !== null && ids.includes(line.brand);
    case 'sku':
      return ids.includes(line.sku);
    default:
      return scope satisfies never;
  }
}
