/** 邀请好友表单的说法, and the rules of the platform that its switch has to say. */
import type { FormWords } from '../../form/words.ts';

const platformRules =
  '打开以前请看：微信不许用红包、券、积分等好处引人转发链接（诱导分享），被投诉会停链接、封账号，所以这里只奖“好友注册成功”，不奖转发，也不要在群和朋友圈里写“转发有奖”；请会员当面让朋友扫码最稳妥。只奖一层：好友再邀请的人不算给前面的人，按人头一层一层往上提成是国家禁止的传销。奖励写清楚、说到做到；一年里给一位会员的钱多了，税怎么报请问会计。';

export const referralWords: FormWords = {
  referral: { label: '邀请好友' },
  'referral.on': { label: '打开邀请好友', help: platformRules },
  'referral.tiers': {
    label: '每位好友给邀请人什么',
    help: '邀不同人数，给不同奖励：比如第 1 位起每位 2 元，第 10 位起每位 5 元。',
    one: '一档',
  },
  'referral.tiers.fromFriends': { label: '从第几位好友起', unit: '位' },
  'referral.tiers.walletFen': { label: '给余额' },
  'referral.tiers.coupons': { label: '给券', one: '券' },
  'referral.tiers.coupons.templateId': { label: '哪一张券' },
  'referral.tiers.coupons.count': { label: '几张', unit: '张' },
  'referral.payAt': {
    label: '什么时候给',
    values: { registration: '好友注册成功就给', purchase: '好友第一次消费、过了退货期再给' },
  },
  'referral.leastFen': { label: '第一次消费至少', help: '只在“第一次消费”时看：退掉以后剩下的要满这么多。' },
  'referral.windowDays': {
    label: '退货期',
    unit: '天',
    help: '首单奖励和消费提成等这么多天再给，这期间退货就不给。填 0 就是不等，退货再扣回。',
  },
  'referral.perMonth': { label: '一位会员一个月最多奖励几位好友', unit: '位' },
  'referral.rateBps': {
    label: '好友消费，邀请人提成',
    help: '比如填 0.5，就是 100 元提 0.50 元。填 0 就是没有提成。',
  },
  'referral.commissionDays': { label: '好友注册后多久以内的消费有提成', unit: '天' },
  'referral.capFen': { label: '一位好友最多带来多少提成', help: '不填就不封顶。' },
  'referral.reviewDevice': { label: '和别的会员用同一部手机来的，先核对', isRare: true },
  'referral.reviewAddress': {
    label: '和别的会员在同一个网络来的，先核对',
    help: '店里的无线网算同一个网络：好友都在店里扫码注册的话，可以不勾。',
    isRare: true,
  },
};
