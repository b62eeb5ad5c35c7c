/** 邀请好友, in words: what a friend brings, how it stands, and why nothing came of it. */
import type { Referral, ReferralReason, ReferralSettings, ReferralTier } from '../../../schema/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';

type NameOf = (templateId: string) => string;

/** 10元通用券 ×5、2 元账户金额: what is nothing is left out. */
export function giftWords(
  { walletFen, coupons }: Pick<Referral, 'walletFen' | 'coupons'>,
  nameOf: NameOf,
): string {
  return [
    ...coupons.map(([templateId, count]) => `${nameOf(templateId)} ×${count}`),
    ...(walletFen > 0 ? [`${yuanText(walletFen)}余额`] : []),
  ].join('、');
}

const tierGift = ({ walletFen, coupons }: ReferralTier, nameOf: NameOf): string =>
  giftWords(
    { walletFen, coupons: coupons.map(({ templateId, count }) => [templateId, count] as const) },
    nameOf,
  );

/** One line for each number of friends from which more, or other things, are given. */
export function tierWords(tiers: readonly ReferralTier[], nameOf: NameOf): readonly string[] {
  const sorted = tiers.toSorted((one, other) => one.fromFriends - other.fromFriends);
  return sorted.flatMap((tier, place) => {
    const gift = tierGift(tier, nameOf);
    if (gift === '') return [];
    const next = sorted[place + 1];
    if (sorted.length === 1 && tier.fromFriends === 1) return [`每位好友：${gift}`];
    const to = next ? `到第 ${next.fromFriends - 1} 位` : '起';
    const from = `第 ${tier.fromFriends} 位`;
    return [
      next && next.fromFriends - 1 === tier.fromFriends
        ? `${from}好友：${gift}`
        : `${from}${to}，每位好友：${gift}`,
    ];
  });
}

/** 50 is 0.5%. */
const percentOf = (bps: number): string => `${bps / 100}%`;

/** 消费提成, null where there is none. */
export function commissionWords({
  rateBps,
  commissionDays,
  capFen,
  windowDays,
}: ReferralSettings): string | null {
  if (rateBps === 0) return null;
  const cap = capFen === null ? '' : `，每位好友最多 ${yuanText(capFen)}`;
  const wait = windowDays === 0 ? '退货会扣回。' : `过了 ${windowDays} 天退货期到账，退货不算。`;
  return `好友注册后 ${commissionDays} 天内，每笔消费的 ${percentOf(rateBps)}${cap}。${wait}`;
}

export const whenWords = ({ payAt, leastFen, windowDays }: ReferralSettings): string => {
  if (payAt === 'registration') return '好友注册成功，您就得奖励。';
  const least = leastFen > 0 ? `满 ${yuanText(leastFen)}` : '';
  return windowDays === 0
    ? `好友第一次消费${least}，您就得奖励。`
    : `好友第一次消费${least}、过了 ${windowDays} 天没有退货，您就得奖励。`;
};

/** As the inviter reads it; who the friend is or where they sat is not hers to know. */
export const ownStateWords = ({ state, why }: Pick<Referral, 'state' | 'why'>): string =>
  why === 'MONTH' ? '这个月的奖励已经满了' : (underWay[state] ?? '没有奖励');

const underWay: Partial<Record<Referral['state'], string>> = {
  new: '正在处理，马上就好',
  review: '店里正在核对',
  waiting: '等好友第一次消费',
};

export const referralStateWords = {
  new: '刚来',
  review: '等您核对',
  waiting: '等首单',
  paid: '已奖励',
  refused: '不给奖励',
  rejected: '核对没通过',
} as const satisfies Record<Referral['state'], string>;

export const referralReasonWords = {
  SELF: '是邀请人自己的手机号或微信',
  MEMBER: '来之前就是会员',
  MONTH: '邀请人这个月的奖励次数用完了',
  GONE: '有一方已经不是会员',
  DEVICE: '和另一位会员用过同一部手机',
  ADDRESS: '和另一位会员在同一个网络',
} as const satisfies Record<ReferralReason, string>;
