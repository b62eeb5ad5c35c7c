/** Shares a whole number out in proportion, by largest remainder: no fen is lost or made. */

/**
 * `total` split over `weights`; the shares sum to `total`. Equal remainders go to the earlier weight.
 * With no weight at all, everything goes to the first share.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0) return [];
  if (weightSum === 0) return weights.map((_, index) => (index === 0 ? total : 0));

  // BigInt, because total × weight exceeds the safe integers for plausible values.
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const sum = BigInt(weightSum);
  const shares = exact.map((product) => Number(product / sum));
  let left = total - shares.reduce((given, share) => given + share, 0);

  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % sum }))
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
    );
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}
