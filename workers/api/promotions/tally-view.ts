/** 券的成绩 as the API says it. */
import * as z from 'zod';
import { effectiveRate, type Tally } from '../../decide/coupons/tally.ts';
import { namedAnswer } from '../call/define.ts';

export const TallyAnswer = namedAnswer(
  'CouponTally',
  z.strictObject({
    sent: z.int().meta({ description: 'Coupons ever sent, those that were revoked included.' }),
    revoked: z.int(),
    used: z
      .int()
      .meta({ description: 'Those that stand used: what came back with its goods does not count.' }),
    rate: z
      .number()
      .nullable()
      .meta({ description: 'used ÷ sent, to four decimals; null while none was sent.' }),
  }),
);

export const viewTally = (tally: Tally): z.infer<typeof TallyAnswer> => ({
  ...tally,
  rate: effectiveRate(tally),
});
