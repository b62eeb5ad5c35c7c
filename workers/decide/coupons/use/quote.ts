/** 试算用券: which coupons a cart may use, what each takes off, the best of them, and of every other one reason why not. */
import type { Coupon, CouponId } from '../../../../schema/index.ts';
import type { Config } from '../../config.ts';
import { codeRead } from '../codes.ts';
import { codeOfCoupon } from '../life.ts';
import type { CartLine } from './cart.ts';
import { useMiss, type CouponMiss, type Use } from './may-use.ts';
import { candidateOf } from './receipt.ts';
import { best, priced, stackMiss, type Applied, type Candidate } from './stacking.ts';

export type Asked = {
  readonly config: Pick<Config, 'templates'>;
  /** Those of the member, and those that are named. */
  readonly coupons: readonly Coupon[];
  /** As somebody wrote them; with none, the best are applied. */
  readonly codes: readonly string[];
  readonly lines: readonly CartLine[];
  readonly use: Use;
};

export type Missed = { readonly code: string; readonly miss: CouponMiss };

export type Quote = {
  readonly applied: readonly Applied[];
  readonly offFen: number;
  /** What each would take off by itself. */
  readonly usable: readonly Applied[];
  readonly best: readonly CouponId[];
  readonly others: readonly Missed[];
};

export function quote({ config, coupons, codes, lines, use }: Asked): Quote {
  const others: Missed[] = [];
  const usable: Applied[] = [];
  for (const coupon of coupons) {
    const [candidate] = candidateOf({ config }, coupon);
    const miss = useMiss(coupon, candidate?.definition, use);
    const alone = candidate && miss === null ? priced([candidate], lines) : null;
    const [applied] = alone?.applied ?? [];
    if (applied) usable.push(applied);
    else
      others.push({
        code: codeOfCoupon(coupon),
        miss: miss ?? alone?.missed[0]?.miss ?? { reason: 'UNKNOWN_CODE' },
      });
  }
  const found = best(usable, lines, usable);
  const { chosen, refused } = named(codes, { usable, others, lines });
  const { applied, offFen } = codes.length > 0 ? priced(chosen, lines) : found;
  return {
    applied,
    offFen,
    usable,
    best: found.applied.map(({ code }) => code),
    others: [...others, ...refused],
  };
}

type Known = Pick<Quote, 'usable' | 'others'> & { readonly lines: readonly CartLine[] };

/** In the order in which they are named, each beside those before it. */
function named(codes: readonly string[], { usable, others, lines }: Known) {
  const chosen: Candidate[] = [];
  const refused: Missed[] = [];
  for (const [code, typed] of new Map(codes.map((one) => [codeRead(one) ?? one, one]))) {
    const candidate = usable.find((one) => one.code === code);
    if (!candidate) {
      if (!others.some((one) => one.code === code))
        refused.push({ code: typed, miss: { reason: 'UNKNOWN_CODE' } });
      continue;
    }
    const together = priced([...chosen, candidate], lines).missed.find((one) => one.code === code);
    const miss = stackMiss(candidate, chosen) ?? together?.miss;
    if (miss) refused.push({ code, miss });
    else chosen.push(candidate);
  }
  return { chosen, refused };
}
