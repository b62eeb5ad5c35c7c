/** 试算的答复: what a quote answers. */
import * as z from 'zod';
import { namedAnswer } from '../call/define.ts';
import { At } from '../call/shapes.ts';
import { couponReasons } from './coupon-problem.ts';

const Off = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: z.string(),
  offFen: z.int(),
  lines: z.array(z.strictObject({ lineNo: z.string(), offFen: z.int() })),
});
export const QuoteAnswer = namedAnswer(
  'Quote',
  z.strictObject({
    payableFen: z.int().meta({ description: 'What is left to be paid for the lines with `applied`.' }),
    level: z.string().nullable().meta({ description: 'What the member is today.' }),
    memberOffFen: z.int().meta({ description: 'Of all lines, what `memberDiscounts` takes off.' }),
    memberDiscounts: z.array(z.strictObject({ lineNo: z.string(), offFen: z.int(), name: z.string() })).meta({
      description:
        '会员折扣 and 会员价 by line, `name` says which: taken off first. Coupons are then tried on what is left, and their minimums look at that.',
    }),
    offFen: z.int().meta({ description: 'What coupons take off.' }),
    applied: z
      .array(Off)
      .meta({ description: 'The codes that were named, as far as they may; without any, the best.' }),
    best: z.array(z.string()),
    usable: z.array(Off).meta({ description: 'What each would take off by itself.' }),
    points: z
      .strictObject({
        usable: z.int(),
        offFen: z.int(),
        rate: z.int().meta({ description: 'So many points are one yuan.' }),
      })
      .nullable()
      .meta({
        description:
          '积分抵钱: of the member, how many points may pay a part of payableFen, and what they take off it; null where it is off.',
      }),
    storedValue: z.strictObject({ usableFen: z.int(), leftFen: z.int() }).nullable().meta({
      description:
        'Of the member: how much of payableFen may be paid with stored value (储值), and what there is.',
    }),
    others: z.array(
      z.strictObject({
        code: z.string(),
        name: z.string().nullable(),
        reason: z.enum(couponReasons),
        message: z.string().meta({ description: 'To be read out at the till.' }),
        have: z.int().optional(),
        need: z.int().optional(),
        from: At.optional(),
        to: At.optional(),
        until: At.optional(),
        at: At.optional(),
        with: z.string().optional(),
        stores: z.array(z.string()).optional(),
      }),
    ),
  }),
);
