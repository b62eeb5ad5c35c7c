/** 消息文案: what each kind of message says to members and associates, in plain Chinese, and which channels may carry it. */
import { defaultTimezone } from '../../../schema/index.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { count, earned, nothing, textsIn, words, written } from './payload.ts';
import type { MessageFacts, MessageKind, Slots } from './define.ts';
import { couponMessages } from './coupon-messages.ts';
import { shortened } from './shortened.ts';
import { untilTheEndOf, whileSaleIsNew } from './good-until.ts';

/** 会员中心 */
const memberPage = '/m/';

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: defaultTimezone,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** Text that a person wrote. */
const asWritten = {
  page: null,
  slots: ({ payload }: MessageFacts): Slots => ({ text: words(payload['text']) }),
  text: ({ text = '' }: Slots): string => text,
};

/** 导购: WeCom first, then WeChat. */
const toAssociates = ['wecom-app', 'wechat-service', 'wechat-template'];

/** 提醒: each reminder kind words its own. */
const reminderMessages = Object.fromEntries(
  reminderKinds.flatMap(({ kind, slots, lastOn, words: { member, associate } }) => {
    const goodUntil = untilTheEndOf(lastOn);
    const slotsWith =
      (tip: string): MessageKind['slots'] =>
      ({ payload, storeName }) => ({
        member: written(payload['memberName']) || '会员',
        ...slots(textsIn(payload)),
        store: storeName(words(payload['storeId'])),
        tip,
      });
    const toMember: MessageKind = {
      purpose: 'service',
      channels: ['wechat-template', 'wechat-service', 'wechat-subscription', 'sms'],
      page: memberPage,
      slots: slotsWith(member.tip),
      text: member.text,
      goodUntil,
    };
    const toAssociate: MessageKind = {
      purpose: 'service',
      channels: toAssociates,
      page: null,
      slots: slotsWith(associate.tip),
      text: associate.text,
      goodUntil,
    };
    return [
      [`${kind}-member`, toMember],
      [`${kind}-associate`, toAssociate],
    ] as const;
  }),
);

export const messageKinds: Readonly<Record<string, MessageKind>> = {
  'sale-earned': {
    purpose: 'transaction',
    // A window takes few messages and is for conversation: a card first.
    channels: ['wechat-template', 'wechat-service', 'wechat-subscription'],
    page: memberPage,
    slots: ({ payload, storeName }) => ({
      paid: yuanText(count(payload['paidFen'])),
      store: storeName(words(payload['storeId'])),
      earned: earned(payload),
      at: clock.format(count(payload['at'])),
    }),
    text: ({ paid, store, earned: got, at }) =>
      `您于${at}在${store}消费${paid}${got === nothing ? '' : `，获得${got}`}。`,
    goodUntil: whileSaleIsNew,
  },
  'transfer-waiting': {
    purpose: 'transaction',
    channels: ['wechat-template', 'wechat-service', 'wechat-subscription'],
    page: '/m/transfers/{bill}',
    slots: ({ payload }) => ({
      amount: yuanText(count(payload['amountFen'])),
      tip: '请在24小时内确认收款',
      bill: words(payload['outBillNo']),
      link: words(payload['url']),
    }),
    text: ({ amount, link }) => `您有一笔${amount}待确认收款，请在24小时内点这里领取：${link}`,
  },
  /** 积分快到期 */
  'points-ending': {
    purpose: 'service',
    channels: ['wechat-template', 'wechat-service', 'wechat-subscription'],
    page: memberPage,
    slots: ({ payload, shopName }) => ({
      shop: shopName,
      points: String(count(payload['points'])),
      lastOn: words(payload['lastOn']),
      tip: '到期前可以到店使用',
    }),
    text: ({ shop, points, lastOn }) => `您在${shop}有${points}积分将在${lastOn}到期，过了这一天就不能用了。`,
    goodUntil: untilTheEndOf(({ lastOn = '' }) => lastOn),
  },
  ...reminderMessages,
  ...couponMessages,
  joined: {
    purpose: 'transaction',
    channels: ['wechat-service', 'wechat-template', 'wechat-subscription'],
    page: memberPage,
    slots: ({ payload, shopName }) => ({ shop: shopName, earned: earned(payload) }),
    text: ({ shop, earned: got }) =>
      `注册成功，欢迎成为${shop}的会员！${got === nothing ? '' : `您获得：${got}。`}`,
  },
  /** 换了导购: only where the shop wants its members to know. */
  'associate-changed': {
    purpose: 'service',
    channels: ['wechat-service', 'wechat-template', 'wechat-subscription'],
    page: memberPage,
    slots: ({ payload, shopName }) => ({
      before: written(payload['before']),
      after: written(payload['after']) || shopName,
      tip: '有事直接在公众号里说',
    }),
    text: ({ before, after }) => `${before}不在店里了，以后由${after}为您服务。有事直接在这里说。`,
  },
  /** 自动回复 that was not given as a passive reply. */
  reply: { purpose: 'chat', channels: ['wechat-service'], ...asWritten },
  /** 导购对会员说的话 */
  chat: { purpose: 'chat', channels: ['wechat-service'], ...asWritten },
  /** 会员对导购说的话 */
  'chat-associate': {
    purpose: 'chat',
    channels: toAssociates,
    page: null,
    slots: ({ payload }) => ({
      member: written(payload['memberName']) || '会员',
      said: written(payload['text']) || '[图片、语音或其他消息]',
      tip: '请尽快回复',
    }),
    text: ({ member, said }) => shortened(`${member}：${said}`),
  },
  /** 告诉导购她的话转给了谁, or why to nobody. */
  'told-associate': { purpose: 'chat', channels: ['wecom-app', 'wechat-service'], ...asWritten },
  /** 企业微信新客户听到的第一句 */
  'wecom-welcome': {
    purpose: 'chat',
    channels: ['wecom-welcome'],
    page: null,
    slots: ({ payload }) => ({
      text: words(payload['text']),
      welcomeCode: words(payload['welcomeCode']),
      askedAt: String(count(payload['askedAt'])),
    }),
    text: ({ text = '' }) => text,
  },
  /** 活动里的话: what a campaign says in the merchant's own words. */
  text: {
    purpose: 'marketing',
    channels: ['wechat-service', 'wechat-subscription', 'sms'],
    ...asWritten,
    goodUntil: whileSaleIsNew,
  },
};
