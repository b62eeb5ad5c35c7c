/** 券的成绩: how many were sent, how many of them stand revoked and used, and the rate that reports go by. */
import type { CouponTally } from '../../../schema/index.ts';

export type Tally = Pick<CouponTally, 'sent' | 'revoked' | 'used'>;
export const noTally: Tally = { sent: 0, revoked: 0, used: 0 };

/** 有效率: used ÷ sent, what was revoked included, to four decimals; null while nothing was sent. */
export const effectiveRate = ({ sent, used }: Tally): number | null =>
  sent === 0 ? null : Math.round((used / sent) * 10_000) / 10_000;
