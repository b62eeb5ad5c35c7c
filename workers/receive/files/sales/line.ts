/** 销售行: one row of a receipt as one of its lines. */
import { numberIn, textIn, type Row, type Values } from '../columns.ts';
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

/** A negative quantity came back. */
export const isBack = ({ values }: Row): boolean =>
  (textIn(values, 'quantity') ?? '').startsWith('-') || (numberIn(values, 'amountFen') ?? 0) < 0;

export type Line = Record<string, unknown> & { readonly amountFen: number; readonly kind: string };

export function toLine(
  values: Values,
  place: number,
  { isRefund, isBack }: { isRefund: boolean; isBack: boolean },
): Line {
  const categories = (textIn(values, 'categoryIds') ?? '')
    .split(/[/>＞,，]/)
    .map((part) => part.trim())
    .filter(Boolean);
  // 换货: among goods sold, what came back for them.
  const kind = isBack && !isRefund ? 'exchange_in' : (textIn(values, 'lineKind') ?? 'normal');
  const money = (key: string): number | undefined => {
    const value = numberIn(values, key);
    return value === undefined ? undefined : Math.abs(value);
  };
  return {
    ...given({
      lineNo: String(place + 1),
      sku: textIn(values, 'sku'),
      name: textIn(values, 'name'),
      categoryIds: categories.length > 0 ? categories : undefined,
      brand: textIn(values, 'brand'),
      quantity: (textIn(values, 'quantity') ?? '').replace('-', ''),
      unitPriceFen: money('unitPriceFen'),
      discountFen: money('discountFen'),
    }),
    kind,
    amountFen: money('amountFen') ?? 0,
  };
}
