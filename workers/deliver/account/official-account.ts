/** 公众号: the account's calls besides single messages, with its own tokens. */
import { asAccount } from '../../engine/wechat-account.ts';
import type { WechatClient } from '../../wechat/client.ts';
import type { Tokens } from './tokens.ts';
import { wechatVerdicts } from '../verdicts/wechat.ts';

export function officialAccount(client: WechatClient, accountTokens: Tokens) {
  const asked = asAccount(accountTokens, wechatVerdicts.tokenErrors);
  return {
    createQr: asked(client.createQr),
    createMenu: asked(client.createMenu),
    deleteMenu: asked(client.deleteMenu),
    massSend: asked(client.massSend),
    drafts: asked(client.drafts),
    currentMenu: asked(client.currentMenu),
    currentReplies: asked(client.currentReplies),
    callbackIps: asked(client.callbackIps),
    templates: asked(client.templates),
    quota: asked(client.quota),
    checkCallback: asked(client.checkCallback),
  };
}
