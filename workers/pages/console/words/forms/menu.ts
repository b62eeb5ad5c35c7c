/** 公众号菜单的说法. */
import type { FormWords } from '../../form/words.ts';

const kinds = { click: '回一段话', view: '打开网页' };

export const menuWords: FormWords = {
  buttons: { label: '菜单', help: '最多三个，一个下面最多再放五个。', one: '按钮' },
  'buttons.kind': { label: '点了', values: { ...kinds, group: '展开几个小按钮' } },
  'buttons.name': { label: '按钮上的字', help: '最多五个汉字。' },
  'buttons.key': { label: '回哪一段', help: '在“设置 · 公众号自动回复”的菜单回复里写。' },
  'buttons.url': { label: '网址', help: '以 https:// 开头。' },
  'buttons.under': { label: '小按钮', one: '小按钮' },
  'buttons.under.kind': { label: '点了', values: kinds },
  'buttons.under.name': { label: '按钮上的字', help: '最多二十个汉字。' },
  'buttons.under.key': { label: '回哪一段' },
  'buttons.under.url': { label: '网址', help: '以 https:// 开头。' },
};

export const menuSaid = {
  foreign: '这份菜单里有这里改不了的按钮，请装系统的人用接口改；发布和撤下可以在这里。',
  silent: '在“设置 · 公众号自动回复”的“菜单按钮的回复”里，给每一个写一段话。',
};
