/** 一张单上的券: those that a receipt has used already. */
import type { Coupon, CouponRef } from '../../../../schema/index.ts';
import type { World } from '../../world.ts';
import { codeOfCoupon } from '../life.ts';
import { isUsedFor } from './may-use.ts';
import type { Candidate } from './stacking.ts';

type Templates = { readonly config: Pick<World['config'], 'templates'> };

/** Empty where the template is gone. */
export function candidateOf({ config }: Templates, coupon: Coupon): Candidate[] {
  const { templateId } = coupon;
  const definition = config.templates.get(templateId);
  return definition ? [{ code: codeOfCoupon(coupon), templateId, definition }] : [];
}

export const usedFor = (world: World, refs: readonly CouponRef[]): Candidate[] =>
  [...world.coupons.values()]
    .filter((coupon) => isUsedFor(coupon, refs))
    .flatMap((coupon) => candidateOf(world, coupon));
