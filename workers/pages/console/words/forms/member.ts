/** 会员页上几张小表单的说法. */
import type { FormWords } from '../../form/words.ts';

export const correctionWords: FormWords = {
  way: { label: '加还是减', values: { add: '加积分', take: '减积分' } },
  points: { label: '多少', unit: '分' },
  reason: { label: '原因', help: '会记在操作记录里，比如“8005-372 那单漏报，补 30 分”。' },
};

export const noteWords: FormWords = {
  kind: { label: '哪一种', values: { call: '打过电话', visit: '到店聊过', guidance: '给导购的提醒' } },
  text: { label: '内容' },
};

export const childrenWords: FormWords = {
  children: { label: '宝宝', help: '一个都没有，就空着。', one: '宝宝' },
  'children.bornOn': { label: '生日，或预产期' },
  'children.isExpected': { label: '还没出生（上面是预产期）' },
};

const reason = { label: '原因', help: '会留在会员的记录里，比如“本人到店，核对了身份证”。' };

export const voucherWords: FormWords = {
  templateId: { label: '卖哪一种', help: '不在卖的日子里，这里不会列出来。' },
  count: { label: '几张', unit: '张' },
  storeId: { label: '在哪家店卖' },
  saleNo: { label: '小票号', help: '同一个号只卖一次；没有小票就空着。' },
};
export const voucherRefundWords: FormWords = {
  voucherSaleId: { label: '退哪一次买的', help: '那一次买的里面，没用过的全部退。' },
};

export const phoneWords: FormWords = {
  phone: { label: '新手机号', help: '11 位手机号，比如 13912345487。' },
  reason,
};
export const wechatWords: FormWords = { reason };
export const associateOfMemberWords: FormWords = {
  associateId: { label: '导购', help: '不选，就没有专属导购；下次扫谁的码，就归谁。' },
  reason,
};
export const levelOfMemberWords: FormWords = {
  level: { label: '等级', help: '不选，就没有等级；下一次消费后按规则算。' },
  lastOn: { label: '有效到', help: '这一天还算。不填就一直有效。' },
  reason,
};
export const consentWords: FormWords = { reason: { label: '原因', help: '比如“会员来电话说不要再发了”。' } };

export const mergeWords: FormWords = {
  who: {
    label: '并进来的那位',
    help: '填另一位的手机号、会员卡号，或会员编号。并进来的那位的积分、券、消费、号码都归到这一位名下。',
  },
};
