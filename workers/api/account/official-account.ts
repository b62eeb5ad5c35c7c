/** 公众号接口: which WeChat calls the API makes, and how they may be refused. */
import type { CodeMaker, MenuBoard } from '../../commands/account/official-account.ts';
import type { Menu } from '../../wechat/menu.ts';

export type OfficialAccount = CodeMaker & MenuBoard<Menu>;

/** The error codes of every call that calls WeChat. */
export const accountRefusals = { 409: ['wechat_refused'], 503: ['no_wechat', 'wechat_unreachable'] } as const;
