/** 通知里可以放的内容: what each kind of message has to put into a template, and what it looks like. A test compares it with what is sent. */
import type { Choices } from '../form/words.ts';
import { messageKindNames } from './promotions/happenings.ts';

/** What a slot is called, with an example. */
const slotNames = {
  paid: '实付金额，比如“128元”',
  store: '门店，比如“天河店”',
  earned: '得到什么，比如“40积分”',
  at: '消费时间，比如“2026-11-22 14:59”',
  amount: '提现金额，比如“12.5元”',
  tip: '一句提示，比如“请尽快回复”',
  bill: '提现单号',
  link: '领取的网址',
  shop: '店名',
  member: '会员称呼，比如“周女士”',
  product: '商品，比如“牧童奶粉 1 段”',
  endsOn: '哪天用完，比如“2026-12-04”',
  goods: '奶粉还是纸尿裤',
  stage: '换成什么，比如“2段”',
  on: '哪天换，比如“2026-12-04”',
  birthdayOn: '生日，比如“2026-12-04”',
  said: '会员说的话',
  points: '多少积分，比如“300”',
  lastOn: '最后一天，比如“2026-12-31”',
  campaign: '哪个活动，比如“满1元送”',
  taken: '收回了什么，比如“500积分”',
  before: '原来的导购',
  after: '以后是哪位导购',
  associate: '哪位导购送的',
  coupon: '什么券，比如“10元券”',
  code: '验证码，比如“482913”',
  minutes: '验证码几分钟有效，比如“5”',
  text: '活动里写的话',
} as const;
type Slot = keyof typeof slotNames;

const runOut: readonly Slot[] = ['member', 'product', 'endsOn', 'store', 'tip'];
const birthday: readonly Slot[] = ['member', 'birthdayOn', 'store', 'tip'];

const stageUp: readonly Slot[] = ['member', 'goods', 'stage', 'on', 'store', 'tip'];

/** By message kind. */
const slotsOf: Readonly<Record<string, readonly Slot[]>> = {
  'sale-earned': ['paid', 'store', 'earned', 'at'],
  'transfer-waiting': ['amount', 'tip', 'bill', 'link'],
  joined: ['shop', 'earned'],
  'run-out-member': runOut,
  'run-out-associate': runOut,
  'birthday-member': birthday,
  'birthday-associate': birthday,
  'stage-up-member': stageUp,
  'stage-up-associate': stageUp,
  'chat-associate': ['member', 'said', 'tip'],
  'points-ending': ['shop', 'points', 'lastOn', 'tip'],
  'taken-back': ['shop', 'campaign', 'taken'],
  'coupon-offered': ['associate', 'coupon', 'tip'],
  'coupon-given': ['shop', 'coupon', 'lastOn', 'tip'],
  'associate-changed': ['before', 'after', 'tip'],
  text: ['text'],
  code: ['code', 'minutes'],
};

export const templateKinds = [
  'sale-earned',
  'joined',
  'transfer-waiting',
  'run-out-member',
  'birthday-member',
  'points-ending',
  'taken-back',
  'associate-changed',
  'chat-associate',
  'run-out-associate',
  'birthday-associate',
  'stage-up-member',
  'stage-up-associate',
] as const;
export const subscriptionKinds = [
  'sale-earned',
  'joined',
  'transfer-waiting',
  'run-out-member',
  'birthday-member',
  'stage-up-member',
  'points-ending',
  'taken-back',
  'coupon-offered',
  'coupon-given',
  'associate-changed',
  'text',
] as const;
export const smsKinds = [
  'code',
  'run-out-member',
  'birthday-member',
  'stage-up-member',
  'taken-back',
  'text',
] as const;

export const nameOfNotice = (kind: string): string =>
  kind === 'code' ? '验证码' : (messageKindNames[kind] ?? kind);

/** Which message: by name. Which slots: those of the message that is chosen. */
function choicesOf(field: string, fills: string, kinds: readonly string[]): Choices {
  const named = kinds.map((value) => ({ value, label: nameOfNotice(value) }));
  const slots = kinds.map((kind) => [
    `${fills}.~value@${kind}`,
    (slotsOf[kind] ?? []).map((value) => ({ value, label: slotNames[value] })),
  ]);
  return { [`${field}~name`]: named, ...Object.fromEntries(slots) };
}

export const noticeChoices: Choices = {
  ...choicesOf('wechatTemplates', 'wechatTemplates.fields', templateKinds),
  ...choicesOf('wechatSubscriptions', 'wechatSubscriptions.fields', subscriptionKinds),
  ...choicesOf('sms.templates', 'sms.templates.params', smsKinds),
};
