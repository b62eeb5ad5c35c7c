/** 一张单上的券: those that a receipt has used already. */
import type { Coupon, CouponRef } from '../../../../schema/index.ts';
import type { World } from '../../world.ts';
import { isUsedFor } from './may-use.ts';
import type { Candidate } from './stacking.ts';

type Templates = { readonly config: Pick<World['config'], 'templates'> };

/** Empty where the template is gone. */
export function candidateOf({ config }: Templates, { id, templateId }: Coupon): Candidate[] {
  const definition = config.templates.get(templateId);
  return definition ? [{ code: id, templateId, definition }] : [];
}

export const usedFor = (world: World, refs: readonly CouponRef[]): Candidate[] =>
  [...world.coupons.values()]
    .filter((coupon) => isUsedFor(coupon, refs))
    .flatMap((coupon) => candidateOf(world, coupon));
