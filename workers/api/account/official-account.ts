/** 公众号接口: what of WeChat the API may ask for, and how it may be refused. */
import type { CodeMaker, MenuBoard } from '../../commands/account/official-account.ts';
import type { Menu } from '../../wechat/menu.ts';

export type OfficialAccount = CodeMaker & MenuBoard<Menu>;

/** Of every call that asks WeChat. */
export const accountRefusals = { 409: ['wechat_refused'], 503: ['no_wechat', 'wechat_unreachable'] } as const;
