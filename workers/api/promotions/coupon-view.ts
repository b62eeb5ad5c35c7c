/** A coupon of a member, with what its template promises. */
import * as z from 'zod';
import { couponFlags, Scope } from '../../../schema/index.ts';
import { worksIn } from '../../decide/coupons/use/may-use.ts';
import { codeOfCoupon, standingOf, standings } from '../../decide/coupons/life.ts';
import type { HeldCoupon } from '../../db/members/member-lists.ts';
import { termsOf } from '../../words/holdings/coupon-words.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const CouponAnswer = z.strictObject({
  id: z.string().meta({ description: 'The code to show at the till. Another one once it was passed on.' }),
  state: z.enum(standings).meta({
    description:
      'locked: a till holds it for a receipt, for minutes. passing: a link to it is open for a friend to take it, for a day.',
  }),
  templateId: z.string(),
  name: z.string().nullable(),
  kind: z.string().nullable(),
  valueFen: z.int().nullable().meta({ description: 'Money off, for the kind cash.' }),
  payBps: z.int().nullable().meta({ description: '9000 is 9折, for the kind percent.' }),
  maxOffFen: z.int().nullable(),
  minSpendFen: z.int(),
  scope: Scope.nullable().meta({ description: 'The goods it works on; null where the template is gone.' }),
  conditionText: z
    .string()
    .meta({ description: 'From how much on, on what and where, for the member to read.' }),
  stores: z.array(z.string()).nullable().meta({
    description: 'Where it works; null is everywhere. One that works where it was claimed names that store.',
  }),
  validFrom: At,
  validTo: At,
  issuedAt: At,
  endedAt: At.nullable(),
  lockedUntil: At.nullable(),
  passingUntil: At.nullable().meta({ description: 'Until when a friend may take it by its link.' }),
  passedAt: At.nullable().meta({ description: 'When a friend passed it on to this member.' }),
  usedFor: z.string().nullable().meta({ description: 'The receipt that used it: `sale:…` or `cart:…`.' }),
  campaignId: z.string().nullable(),
  batchId: z.string().nullable().meta({ description: 'The batch it was claimed from.' }),
  saleId: z.string().nullable(),
  flag: z.enum(couponFlags).nullable().meta({
    description:
      'earned-by-returned-sale: it was used already when the sale that earned it came back. campaign-withdrawn: its campaign was taken back.',
  }),
});
type CouponAnswer = z.infer<typeof CouponAnswer>;

/** What a kind has of these fields. */
const told = z.int().nullable().default(null);
const FacesTold = z.object({ valueFen: told, payBps: told, maxOffFen: told });

export function viewCoupon({ coupon, template }: HeldCoupon, now: number): CouponAnswer {
  const { templateId, validFrom, validTo, issuedAt, endedAt, campaignId, batchId, saleId, flag, usedFor } =
    coupon;
  const state = standingOf(coupon, now);
  const promise = template?.definition;
  return {
    id: codeOfCoupon(coupon),
    state,
    templateId,
    name: promise?.name ?? null,
    kind: promise?.kind ?? null,
    ...FacesTold.parse(promise ?? {}),
    minSpendFen: promise?.minSpendFen ?? 0,
    scope: promise?.scope ?? null,
    conditionText: promise ? termsOf(promise) : '',
    stores: promise ? (worksIn(coupon, promise)?.slice() ?? null) : null,
    validFrom: instant(validFrom),
    validTo: instant(validTo),
    issuedAt: instant(issuedAt),
    endedAt: instantOrNull(endedAt),
    lockedUntil: instantOrNull(state === 'locked' ? coupon.lockedUntil : null),
    passingUntil: instantOrNull(state === 'passing' ? coupon.passUntil : null),
    passedAt: instantOrNull(coupon.passedAt),
    usedFor,
    campaignId,
    batchId,
    saleId,
    flag,
  };
}
