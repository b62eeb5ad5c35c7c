/** 买套餐: paid back, what it brought is taken back. */
import { defineTrigger, ofMember } from './define.ts';

export const packageBought = defineTrigger({
  kind: 'package.sold',
  label: '会员买套餐、次卡（哪一种才送，在条件里选；退了就收回）',
  gift: '购套餐礼',
  brings: [...ofMember, 'packageId'],
  word: 'package-gift',
  isNamed: true,
  reversedBy: 'package.refunded',
});
