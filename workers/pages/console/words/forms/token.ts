/** 令牌表单的说法. */
import type { FormWords } from '../../form/words.ts';

export const scopeNames = { pos: '收银', admin: '后台全部' } as const;

export const tokenWords: FormWords = {
  name: { label: '名称', help: '给自己看的，写明是哪台收银机或哪个程序，比如“天河店 1 号机”。' },
  scope: {
    label: '能做什么',
    help: '收银：查会员、券，代表一个来源发单据。后台全部：什么都能改，只给信得过的程序。',
    values: scopeNames,
  },
  source: { label: '来源', help: '收银的令牌要选它代表哪个来源；后台的不选。' },
  stores: { label: '门店', help: '只能在勾选的门店里用；一个都不勾，就不限。' },
  expiresAt: { label: '到期', help: '到这个时候自己失效；不填就一直有效。' },
};
