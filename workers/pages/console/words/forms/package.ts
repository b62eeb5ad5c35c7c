/** 套餐表单的说法. */
import type { FormWords } from '../../form/words.ts';

export const packageTemplateWords: FormWords = {
  name: { label: '名称', help: '会员看到的，比如“洗澡次卡（10 次）”。' },
  items: { label: '里面有什么', one: '项目' },
  'items.name': { label: '项目', help: '一次划掉一个的东西，比如“洗澡”“护理”“奶粉（寄存）”。' },
  'items.count': { label: '几次', unit: '次' },
  'items.unitPriceFen': {
    label: '退的时候一次算多少',
    help: '退款 = 收的钱 − 用掉的次数 × 这个价，最少退到 0；赠送的项目填 0。',
  },
  priceFen: { label: '卖多少钱', help: '收顾客的钱，不一定等于上面各项加起来。' },
  validDays: { label: '多少天内有效', unit: '天', help: '卖的那天算第一天；不填就长期有效。' },
  enabled: { label: '在卖' },
};

export const packageSaleWords: FormWords = {
  templateId: { label: '卖哪一种', help: '这里没有，就先到“套餐”里建。' },
  storeId: { label: '在哪家店卖' },
  associateId: { label: '谁卖的', help: '算业绩用；不选也可以。' },
  packageNo: { label: '单号或卡号', help: '同一个号只卖一次；没有就空着。' },
};

export const packageRefundWords: FormWords = {
  packageId: { label: '退哪一张', help: '退的钱已经减去用掉的；全部用完的没有可以退的，这里不列。' },
  storeId: { label: '在哪家店退' },
  reason: { label: '原因', help: '会记在操作记录里，比如“顾客搬家”。' },
  isSure: { label: '钱已经退给顾客，剩下的次数作废' },
};

export const packageUndoWords: FormWords = {
  useId: { label: '撤销哪一次', help: '撤销后，次数回到套餐里。' },
  reason: { label: '原因', help: '会记在操作记录里，比如“划错了人”。' },
};
