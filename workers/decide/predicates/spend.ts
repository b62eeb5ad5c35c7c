/** 单笔销售满额满量: 整单/品类/品牌/商品 × 金额/数量, the seven kinds of the sales manual as one condition. */
import * as z from 'zod';
import { fenMax } from '../../../schema/index.ts';
import { orderKey, type Basket } from '../sales/basket.ts';
import { definePredicate } from './define.ts';

const params = z
  .strictObject({
    kind: z.literal('spend'),
    scope: z.enum(['order', 'category', 'brand', 'sku']),
    ids: z.array(z.string().min(1).max(128)).max(1000).default([]),
    measure: z.enum(['amount', 'quantity']),
    /** Fen, or whole pieces. */
    atLeast: z.int().min(1).max(fenMax),
  })
  .refine(({ scope, ids }) => (scope === 'order') === (ids.length === 0), {
    path: ['ids'],
    message: 'leave ids empty for scope "order", and name at least one for category, brand or sku',
  });
type Params = z.infer<typeof params>;

export const spend = definePredicate({
  kind: 'spend',
  label: '单笔销售满额或满量',
  params,
  example: { kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 18800 },
  needs: ['basket'],
  reason: 'condition',
  compile: (given) => {
    const { scope, ids, measure, atLeast } = given;
    const threshold = measure === 'amount' ? atLeast : atLeast * 1000;
    // An id that stands twice in a list names its goods once.
    const keys = scope === 'order' ? [orderKey] : [...new Set(ids)].map((id) => `${scope}:${id}`);
    const total = totalOf(given, keys);
    return {
      // The sums of several ids add up, so no single key can rule the condition out.
      watch: { measure, keys, atLeast: keys.length === 1 ? threshold : 1 },
      test: ({ basket }) => total(basket) >= threshold,
      times: ({ basket }) => Math.floor(total(basket) / threshold),
      shortfall: ({ basket }) => ({
        have: measure === 'amount' ? total(basket) : total(basket) / 1000,
        need: atLeast,
        unit: measure === 'amount' ? 'fen' : 'pieces',
      }),
    };
  },
});

/** Beyond so many, to go through the lines is less work than to add their sums up. */
const sumsAddedMax = 8;

function totalOf({ scope, ids, measure }: Params, keys: readonly string[]): (basket: Basket) => number {
  // A line has one SKU and one brand, so that their sums add up. Under two listed categories it is still one line.
  if (keys.length === 1 || (scope !== 'category' && keys.length <= sumsAddedMax)) {
    return (basket) => {
      const sums = measure === 'amount' ? basket.amountFen : basket.quantityMilli;
      let total = 0;
      for (const key of keys) total += sums.get(key) ?? 0;
      return total;
    };
  }
  const wanted = new Set(ids);
  const isWanted = (line: Basket['lines'][number]): boolean => {
    if (scope === 'sku') return wanted.has(line.sku);
    if (scope === 'brand') return line.brand !== null && wanted.has(line.brand);
    for (const id of line.categoryIds) if (wanted.has(id)) return true;
    return false;
  };
  return (basket) => {
    let total = 0;
    for (const line of basket.lines) {
      if (isWanted(line)) total += measure === 'amount' ? line.amountFen : line.quantityMilli;
    }
    return total;
  };
}
