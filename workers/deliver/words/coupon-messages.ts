/** 券的消息: what members are told of coupons that somebody gives them, and of a campaign that was taken back. */
import { untilTheEndOf } from './good-until.ts';
import type { MessageKind } from './define.ts';
import { count, earned, words, written } from './payload.ts';

export const couponMessages: Readonly<Record<string, MessageKind>> = {
  /** 收回活动: what was given by mistake is gone, with the reason; nobody should find out at the till. */
  'taken-back': {
    purpose: 'service',
    channels: ['wechat-template', 'wechat-service', 'wechat-subscription', 'sms'],
    page: '/m/',
    slots: ({ payload, shopName }) => ({
      shop: shopName,
      campaign: words(payload['campaign']),
      taken: earned(payload),
    }),
    text: ({ shop, campaign, taken }) =>
      `${shop}的活动“${campaign}”发错了，已收回${taken}。给您添麻烦了，非常抱歉。`,
  },
  /** 导购发券: it waits for whoever is offered it. */
  'coupon-offered': {
    purpose: 'marketing',
    channels: ['wechat-service', 'wechat-subscription'],
    page: '/m/offers',
    slots: ({ payload }) => ({
      associate: written(payload['associate']),
      coupon: words(payload['coupon']),
      tip: '请到会员中心领取',
    }),
    text: ({ associate, coupon }) => `${associate}给您留了一张${coupon}，请到会员中心的“导购送的券”领取。`,
  },
  /** 券到账: given by hand, or to a group. Nobody asked for it, so no card of the account may say it. */
  'coupon-given': {
    purpose: 'marketing',
    channels: ['wechat-service', 'wechat-subscription'],
    page: '/m/coupons',
    slots: ({ payload, shopName }) => ({
      shop: shopName,
      coupon: `${count(payload['count']) > 1 ? `${count(payload['count'])}张` : ''}${words(payload['coupon'])}`,
      lastOn: words(payload['lastOn']),
      tip: '已经在会员中心里',
    }),
    text: ({ shop, coupon, lastOn }) =>
      `${shop}送您${coupon}，最晚可以用到${lastOn}，已经放进您的会员中心，结账时出示会员码。`,
    goodUntil: untilTheEndOf(({ lastOn = '' }) => lastOn),
  },
};
