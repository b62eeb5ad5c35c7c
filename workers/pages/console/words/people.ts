/** 身份: what the roles are called, and what each of them is for. */
import type { Role } from '../../../../schema/index.ts';

export const roleNames: Readonly<Record<Role, string>> = {
  owner: '老板',
  manager: '店长',
  cashier: '收银员',
  associate: '导购',
  integrator: '对接人员',
};

export const roleHelp: Readonly<Record<Role, string>> = {
  owner: '什么都能看、能改，包括人员和令牌。',
  manager: '看自己门店的会员、消息和导购，可以做活动；不能改设置和人员。',
  cashier: '在收银台查会员、查券。',
  associate: '在手机微信里看自己的会员，不进后台。',
  integrator: '接收银机和 ERP，看事件和令牌；看不到会员手机号。',
};
