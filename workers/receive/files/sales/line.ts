/** 销售行: one row of a receipt as one of its lines. */
import { numberIn, textIn, type Values } from '../columns.ts';
import { given } from '../kind.ts';

/** The columns of a line; all others belong to the whole receipt. */
export const lineKeys: ReadonlySet<string> = new Set([
  'sku',
  'name',
  'lineKind',
  'categoryIds',
  'brand',
  'quantity',
  'unitPriceFen',
  'discountFen',
  'amountFen',
  'associateId',
  'associateName',
]);

/** With the signs that the file has. */
export type Line = Record<string, unknown> & {
  readonly sku: string | null;
  readonly kind: string;
  readonly quantity: string;
  readonly amountFen: number;
};

export function toLine(values: Values, place: number): Line {
  const categories = (textIn(values, 'categoryIds') ?? '')
    .split(/[/>＞,，]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const positive = (key: string): number | undefined => {
    const value = numberIn(values, key);
    return value === undefined ? undefined : Math.abs(value);
  };
  const sku = textIn(values, 'sku') ?? null;
  const quantity = textIn(values, 'quantity') ?? '';
  return {
    ...given({ lineNo: String(place + 1) }),
    sku,
    ...given({
      name: textIn(values, 'name'),
      categoryIds: categories.length > 0 ? categories : undefined,
      brand: textIn(values, 'brand'),
    }),
    quantity,
    ...given({ unitPriceFen: positive('unitPriceFen'), discountFen: positive('discountFen') }),
    kind: textIn(values, 'lineKind') ?? 'normal',
    amountFen: numberIn(values, 'amountFen') ?? 0,
  };
}
