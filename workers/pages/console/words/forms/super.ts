/** 超级会员的表单的说法. */
import type { FormWords } from '../../form/words.ts';

export const superWords: FormWords = {
  superMembership: {
    label: '超级会员',
    help: '付费的会员，和等级是两回事。开通送什么，在“活动”里选“会员开通或续超级会员”；只给超级会员的价格，在“会员价”里勾。',
  },
  'superMembership.plans': {
    label: '方案',
    help: '改了方案，已经卖出的还按卖的时候说好的算。',
    one: '方案',
  },
  'superMembership.plans.name': { label: '名称', help: '比如“年卡”。收银系统按这个名称卖。' },
  'superMembership.plans.priceFen': { label: '卖多少' },
  'superMembership.plans.days': {
    label: '管几天',
    unit: '天',
    help: '和“管几个月”填一个。当天就算一天，最后一天到半夜 12 点为止。',
  },
  'superMembership.plans.months': { label: '或管几个月', unit: '个月' },
  'superMembership.plans.refund': {
    label: '退款',
    values: {
      none: '不退',
      'by-days': '按剩下的整天退（不足一分的舍去）',
      'if-unused': '几天内、送的券没用过，全退',
    },
    help: '退款时，开通送的没用过的券和积分一起收回。按错了，24 小时内可以撤销，不算退款。',
  },
  'superMembership.plans.refundWithinDays': {
    label: '几天内全退',
    unit: '天',
    help: '只管“几天内、送的券没用过，全退”。',
  },
};

export const superSaleWords: FormWords = {
  plan: { label: '方案', help: '方案在“设置 · 超级会员”里写。' },
  storeId: { label: '在哪家店' },
  saleNo: { label: '小票号', help: '同一个号只卖一次；没有小票就空着。' },
};
export const superUndoWords: FormWords = {
  membershipId: { label: '撤销哪一笔', help: '当作没有卖过，钱要退给顾客，送的一起收回。' },
};
export const superRefundWords: FormWords = {
  membershipId: { label: '退哪一笔' },
  reason: { label: '原因', help: '会记在操作记录里。' },
  isSure: { label: '钱已经退给顾客，超级会员马上到期' },
};
