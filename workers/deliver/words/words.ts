/** 消息文案: what each kind of message says to members and associates, in plain Chinese, and which channels may carry it. */
import { defaultTimezone } from '../../../schema/index.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import { yuanText } from '../../decide/plain/yuan.ts';
import { count, earned, nothing, textsIn, words, written } from './payload.ts';
import { shortened } from './shortened.ts';
import { untilTheEndOf, whileSaleIsNew, type Age } from './good-until.ts';

/**
 * transaction: about something the person did. service: something they need to know. chat: what one person says to another.
 * marketing: what the shop would like them to do.
 */
export type Purpose = 'transaction' | 'service' | 'chat' | 'marketing';

/** How long after its creation a message that did not arrive is tried by another channel. */
export const worthAnotherWayMs: Readonly<Record<Purpose, number>> = {
  transaction: 24 * hourMs,
  service: 48 * hourMs,
  chat: 2 * hourMs,
  marketing: 24 * hourMs,
};

/** The texts of one message, by the names that a merchant's template fields use. */
export type Slots = Readonly<Record<string, string>>;

export type MessageFacts = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly shopName: string;
  readonly storeName: (storeId: string) => string;
};

export type MessageKind = {
  readonly purpose: Purpose;
  /** The channels that may carry it. The cheapest open one is used; of those that cost the same, the first. */
  readonly channels: readonly string[];
  /** The member's page that a card opens, below `publicUrl`, slots in braces; null opens none. */
  readonly page: string | null;
  readonly slots: (facts: MessageFacts) => Slots;
  readonly text: (slots: Slots) => string;
  /** 过时: after this moment it is not sent any more. Without it there is no such moment. */
  readonly goodUntil?: (age: Age) => number;
};

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
  joined: {
    purpose: 'transaction',
    channels: ['wechat-service', 'wechat-template', 'wechat-subscription'],
    page: memberPage,
    slots: ({ payload, shopName }) => ({ shop: shopName, earned: earned(payload) }),
    text: ({ shop, earned: got }) =>
      `注册成功，欢迎成为${shop}的会员！${got === nothing ? '' : `您获得：${got}。`}`,
  },
  /** 收回活动: what was given by mistake is gone, with the reason; nobody should find out at the till. */
  'taken-back': {
    purpose: 'service',
    channels: ['wechat-template', 'wechat-service', 'wechat-subscription', 'sms'],
    page: memberPage,
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
