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
