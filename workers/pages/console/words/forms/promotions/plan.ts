/** 提醒方案表单的说法. */
import type { FormWords } from '../../../form/words.ts';
import { scopeWords } from './scopes.ts';

export const planWords: FormWords = {
  kind: {
    label: '提醒什么',
    values: { 'run-out': '东西快用完了', birthday: '生日', 'stage-up': '宝宝该换段了' },
  },
  name: { label: '方案名称', help: '比如“一段奶粉”。' },
  enabled: { label: '启用' },
  validFrom: { label: '从什么时候起', isRare: true },
  validTo: { label: '到什么时候止', isRare: true },
  notify: { label: '提醒谁', values: { associate: '会员的导购', member: '会员本人' } },
  ...scopeWords('scope'),
  daysPerUnit: { label: '一件能用几天', help: '比如一罐奶粉喝 7 天，填 7；买两罐就算 14 天。', unit: '天' },
  goods: {
    label: '换什么',
    help: '几天换哪一段，在“设置 · 会员档案”的段位表里填。',
    values: { milk: '奶粉', nappy: '纸尿裤' },
  },
  remindBeforeDays: { label: '提前几天提醒', unit: '天' },
};
