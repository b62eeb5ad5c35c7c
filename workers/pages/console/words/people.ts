/** 身份: what the roles are called, and what each of them is for. */
import type { Role } from '../../../../schema/index.ts';

export const roleNames: Readonly<Record<Role, string>> = {
  owner: '老板',
  manager: '店长',
  cashier: '收银员',
  associate: '导购',
  integrator: '对接人员',
};
