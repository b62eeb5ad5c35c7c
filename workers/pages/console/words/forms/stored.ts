/** 储值几张表单的说法. */
import type { FormWords } from '../../form/words.ts';

const storeId = { label: '在哪家店' };
const reason = { label: '原因', help: '会记在操作记录里。' };

export const topUpWords: FormWords = {
  plan: { label: '充值方案', help: '方案在“设置 · 储值”里写。' },
  storeId,
  rechargeNo: { label: '小票号', help: '同一个号只充一次；没有小票就空着。' },
};
export const storedSpendWords: FormWords = {
  payableFen: { label: '这单要付多少', help: '减掉优惠券以后的。' },
  amountFen: { label: '其中用储值付多少', help: '空着就用到最多。' },
  storeId,
  spendNo: { label: '小票号', help: '同一个号只扣一次；没有小票就空着。' },
};
export const storedRefundWords: FormWords = {
  spendingId: { label: '退哪一次花的' },
  amountFen: { label: '退多少', help: '空着就全退。原来花的是本金还是赠送，就退回哪一部分。' },
  storeId,
};
export const reversalWords: FormWords = {
  rechargeId: { label: '哪一次充值', help: '冲正就是当作没有充过：钱要退给顾客。花掉一部分的不能冲正。' },
  reason,
};
export const cashOutWords: FormWords = {
  principalFen: { label: '退多少本金', help: '赠送不能退。' },
  storeId,
  reason,
  isSure: { label: '已经和顾客说清楚，赠送按比例作废' },
};
export const storedCorrectionWords: FormWords = {
  way: { label: '加还是减', values: { add: '加', take: '减' } },
  principalFen: { label: '本金改多少', help: '空着就不动。' },
  bonusFen: { label: '赠送改多少', help: '空着就不动。' },
  reason,
};
