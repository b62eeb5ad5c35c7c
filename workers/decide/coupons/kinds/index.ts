/** The kinds of coupon, in the order of the form. A new one is its file, its line here, the words of its fields and its test. */
import type * as z from 'zod';
import type { CouponTemplateDefinition } from '../../../../schema/index.ts';
import { anyKind, byKind } from '../../plain/registry.ts';
import { cash } from './cash.ts';
import type { CouponKind } from './define.ts';
import { experience } from './experience.ts';
import { gift } from './gift.ts';
import { partner } from './partner.ts';
import { percent } from './percent.ts';
import { presale } from './presale.ts';
import { shipping } from './shipping.ts';

export const couponKinds: readonly CouponKind[] = [
  cash,
  percent,
  gift,
  experience,
  shipping,
  partner,
  presale,
];

export const couponKindOf = ({ kind }: { readonly kind: string }): CouponKind => byKind(couponKinds, kind);

/** 过期不退: of one that was paid for and not used in time, the shop keeps the money. */
export const isKeptAfter = (definition: CouponTemplateDefinition): boolean =>
  couponKindOf(definition).offer(definition)?.isKeptAfter ?? true;

/** What the merchant sends; valueFen is money off, payBps 9000 is 9折. Each kind's schema holds the common terms. */
export const CouponTemplateInput = anyKind(couponKinds) as z.ZodType<CouponTemplateDefinition>;
