/** Shares a whole number out in proportion, by largest remainder: no fen is lost or made. */

/**
 * `total` split over `weights`; the shares sum to `total`. Equal remainders go to the earlier weight.
 * With no weight at all, everything goes to the first share.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  if (weights.length === 0) return [];
  if (weightSum === 0) return weights.map((_, index) => (index === 0 ? total : 0));

  const isSmall = Number.isSafeInteger(total * Math.max(...weights));
  return isSmall ? allocateSmall(total, weights, weightSum) : allocateLarge(total, weights, weightSum);
}

/** A cart's: every product is a safe integer. A quote comes here hundreds of times, hence the plain loops. */
function allocateSmall(total: number, weights: readonly number[], sum: number): number[] {
  const shares: number[] = [];
  const remainders: number[] = [];
  const more: number[] = [];
  let left = total;
  for (let index = 0; index < weights.length; index += 1) {
    const product = total * (weights[index] ?? 0);
    // The quotient may be rounded up to the next whole number: then the remainder is below zero.
    const rounded = Math.floor(product / sum);
    const share = product - rounded * sum < 0 ? rounded - 1 : rounded;
    const remainder = product - share * sum;
    shares.push(share);
    remainders.push(remainder);
    if (remainder > 0) more.push(index);
    left -= share;
  }
  if (left === 0) return shares;
  more.sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
  for (const index of more.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

/** The same where total × weight is too large for a number. */
function allocateLarge(total: number, weights: readonly number[], weightSum: number): number[] {
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
