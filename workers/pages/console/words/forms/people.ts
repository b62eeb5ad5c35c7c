/** 人员表单的说法. */
import type { FormWords } from '../../form/words.ts';
import { roleNames } from '../people.ts';

export const personWords: FormWords = {
  name: { label: '称呼', help: '操作记录里用它，比如“小王”。' },
  role: {
    label: '身份',
    help: '老板什么都能改；店长管会员、活动、消息和导购，设置和人员不能改；收银员在柜台用：核销券和套餐、查会员和小票、充值扣储值、卖套餐和积分兑换，手机号打码，别的都看不到；导购只用手机；对接人员管收银机和接口。',
    values: roleNames,
  },
  storeIds: { label: '门店', help: '店长和收银员只看勾选的门店；一个都不勾，就看全部。' },
};
