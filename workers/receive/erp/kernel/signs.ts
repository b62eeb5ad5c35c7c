/** 正负号: lines as a vendor signs them, told as what they are: goods sold, goods exchanged, goods that came back. */

/** With the signs that the document has; `quantity` is decimal text. */
type SignedLine = {
  readonly sku: string | null;
  readonly kind?: string;
  readonly quantity: string | null;
  readonly amountFen: number | null;
};

/**
 * Of a sale. Goods with a minus are exchanged in. An amount below zero for goods that were sold reduces the others: what was paid
 * says by how much, and it is no goods. A document that has no goods at all is one line over nothing, so that it is known and can be
 * paid back; `whole` is what it is called.
 */
export function soldOf<Line extends SignedLine>(lines: readonly Line[], whole = 'order'): readonly object[] {
  const goods = lines.flatMap((line) => {
    if (isBack(line)) return [{ ...plain(line), kind: 'exchange_in' }];
    return (line.amountFen ?? 0) < 0 ? [] : [line];
  });
  return goods.length > 0 ? goods : [{ sku: whole, quantity: '1', amountFen: 0 }];
}

/**
 * Of a return: some vendors write all of it with a minus and some without. Goods with the other sign than the rest were handed out
 * instead; where no goods have a minus, an amount against the sum of the others made what was paid back less, and is no goods.
 */
export function returnedOf<Line extends SignedLine>(lines: readonly Line[]): readonly object[] {
  if (lines.some(isBack))
    return lines.map((line) => (isBack(line) ? plain(line) : { ...plain(line), kind: 'exchange_out' }));
  const sum = lines.reduce((all, { amountFen }) => all + (amountFen ?? 0), 0);
  return lines.filter(({ amountFen }) => (amountFen ?? 0) * sum >= 0).map(plain);
}

export const isBack = ({ quantity }: Pick<SignedLine, 'quantity'>): boolean =>
  quantity?.startsWith('-') === true;

const plain = <Line extends SignedLine>(line: Line): Line => ({
  ...line,
  quantity: line.quantity?.replace('-', '') ?? null,
  amountFen: line.amountFen === null ? null : Math.abs(line.amountFen),
});
