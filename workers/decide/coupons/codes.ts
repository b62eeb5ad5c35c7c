/** 券码: read out, typed and scanned: small letters, spaces, O for 0 and I or L for 1 are the same code. */
import { CouponId, type Coupon } from '../../../schema/index.ts';
import type { World } from '../world.ts';

/** Its characters alone, however a phone or a person wrote them. */
export const codeTyped = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Cf}\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** Null where nothing is left that could be a code. */
export function codeRead(typed: string): CouponId | null {
  const parsed = CouponId.safeParse(codeTyped(typed));
  return parsed.success ? parsed.data : null;
}

/** One that was passed on is known by its new code alone. */
function coded({ coupons }: Pick<World, 'coupons'>, code: CouponId): Coupon | undefined {
  const first = coupons.get(code);
  if (first?.code === null) return first;
  return [...coupons.values()].find((coupon) => coupon.code === code);
}

/** The coupon of a code, as somebody wrote it; one whose owner asked to be forgotten is nobody's. */
export function couponCoded(world: Pick<World, 'coupons' | 'members'>, typed: string): Coupon | undefined {
  const code = codeRead(typed);
  const coupon = code === null ? undefined : coded(world, code);
  return coupon && world.members.get(coupon.memberId)?.deletedAt === null ? coupon : undefined;
}
