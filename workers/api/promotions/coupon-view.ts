/** A coupon of a member, with what its template promises. */
import * as z from 'zod';
import { couponStates, Scope } from '../../../schema/index.ts';
import type { HeldCoupon } from '../../db/members/member-lists.ts';
import { conditionOf } from '../../words/coupon-words.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const CouponAnswer = z.strictObject({
  id: z.string().meta({ description: 'The code to show at the till.' }),
  state: z.enum(couponStates),
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
  stores: z.array(z.string()).nullable().meta({ description: 'Where it works; null is everywhere.' }),
  validFrom: At,
  validTo: At,
  issuedAt: At,
  endedAt: At.nullable(),
  campaignId: z.string().nullable(),
  saleId: z.string().nullable(),
  flag: z
    .enum(['earned-by-returned-sale'])
    .nullable()
    .meta({ description: 'It was used already when the sale that earned it came back.' }),
});
type CouponAnswer = z.infer<typeof CouponAnswer>;

export function viewCoupon({ coupon, template }: HeldCoupon): CouponAnswer {
  const { id, state, templateId, validFrom, validTo, issuedAt, endedAt, campaignId, saleId, flag } = coupon;
  const promise = template?.definition;
  return {
    id,
    state,
    templateId,
    name: promise?.name ?? null,
    kind: promise?.kind ?? null,
    valueFen: promise?.kind === 'cash' ? promise.valueFen : null,
    payBps: promise?.kind === 'percent' ? promise.payBps : null,
    maxOffFen: promise?.kind === 'percent' ? promise.maxOffFen : null,
    minSpendFen: promise?.minSpendFen ?? 0,
    scope: promise?.scope ?? null,
    conditionText: promise ? conditionOf(promise) : '',
    stores: promise?.stores ?? null,
    validFrom: instant(validFrom),
    validTo: instant(validTo),
    issuedAt: instant(issuedAt),
    endedAt: instantOrNull(endedAt),
    campaignId,
    saleId,
    flag,
  };
}
