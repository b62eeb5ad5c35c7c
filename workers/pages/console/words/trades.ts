/** 行业. */
import type { Trade } from '../../../../schema/index.ts';

export const tradeNames: Readonly<Record<Trade, string>> = {
  maternity: '母婴',
  beauty: '美妆护肤',
  grocery: '超市便利',
  pharmacy: '药店',
  fashion: '服装鞋包',
  food: '餐饮烘焙',
  pets: '宠物',
  other: '其他',
};
