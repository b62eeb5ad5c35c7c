/** 一张单上的券: what a receipt is known by, and the coupons that it has used already. */
import type { Coupon, CouponRef, SaleCompleted } from '../../../../schema/index.ts';
import type { World } from '../../world.ts';
import { codeOfCoupon } from '../life.ts';
import { isUsedFor } from './may-use.ts';
import type { Candidate } from './stacking.ts';

/** What the receipt may have used or locked something as; its number comes first. */
export const refsOf = ({ saleId, formerly, namespace, data }: SaleCompleted): readonly CouponRef[] => [
  `sale:${saleId}`,
  ...(formerly?.ids ?? []).map((id): CouponRef => `sale:${id}`),
  ...(data.cartId == null ? [] : [`cart:${namespace}:${data.cartId}` as const]),
];

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
