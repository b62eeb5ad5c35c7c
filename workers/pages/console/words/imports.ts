/** 导入的说法. */
import type { Problem } from '../../../platform/problem.ts';

export const kindNames = { sales: '销售单', members: '会员', products: '商品' } as const;

export const historyNames = {
  auto: '太久以前的算（天数在设置里）',
  yes: '整个文件都算',
  no: '都不算，照常发奖',
} as const;

export const pointsFromNames = { import: '从导入那天', registered: '从注册那天' } as const;

export const numberingNames = {
  unique: '从不重复',
  'per-store': '每家门店各自编号',
  'per-store-day': '每家门店每天重新编号',
  'per-terminal-day': '每台收银机每天重新编号',
} as const;

/** What a file lacks is said in Chinese where it is read. */
export function importProblem({ code, field, detail }: Problem): string {
  if (field === 'file') return detail;
  if (code === 'numbering_is_fixed')
    return '这个来源已经收过单据，单号规则只能改得更细。请选“按来源的设置”，或换一个来源';
  if (field === 'source') return '这个来源不能导入文件，请换一个';
  if (code === 'changed_meanwhile') return '来源的设置刚刚被别人改了，请再点一次';
  return '没有导入，请刷新后再试';
}
