/** 券的状态, in the words of the person whose it is. */
import type { Coupon } from '../../../../schema/index.ts';
import { standingOf } from '../../../decide/coupons/life.ts';
import { revokedWords } from '../../../words/holdings/coupon-words.ts';
import { lastMomentOf, momentOf } from '../../words.ts';

/** How it stands, for the person whose it is. */
export function standingWords(coupon: Coupon, now: number): string {
  switch (standingOf(coupon, now)) {
    case 'issued':
      return coupon.validFrom > now
        ? `还不能用：${momentOf(coupon.validFrom, now)} 起可用`
        : `有效期至 ${lastMomentOf(coupon.validTo, now)}`;
    case 'locked':
      return `收银台正在使用，${momentOf(coupon.lockedUntil ?? now, now)} 以后自动放开`;
    case 'passing':
      return `正在转给朋友：${momentOf(coupon.passUntil ?? now, now)} 以前等朋友收下，收回以后才能用`;
    case 'used':
      return `${momentOf(coupon.endedAt ?? now, now)} 已使用`;
    case 'revoked':
      return `已收回：${revokedWords(coupon)}`;
    case 'expired':
      return `${lastMomentOf(coupon.validTo, now)} 已过期`;
  }
}
