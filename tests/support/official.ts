/** 公众号接口 over a WeChat that the test plays, with the tokens of the shop's own database. */
import { tokens, wechatAccount } from '../../workers/deliver/account/tokens.ts';
import { wechatVerdicts } from '../../workers/deliver/verdicts/wechat.ts';
import { asAccount } from '../../workers/engine/wechat-account.ts';
import type { Shop } from './shop.ts';
import { account, type Wechat } from './wechat.ts';

export function officialOf({ engine, clock }: Pick<Shop, 'engine' | 'clock'>, { client }: Wechat) {
  const kept = tokens({ db: engine.db, account: wechatAccount(client, account), clock: () => clock.now });
  const asked = asAccount(kept, wechatVerdicts.tokenErrors);
  return {
    createQr: asked(client.createQr),
    createMenu: asked(client.createMenu),
    deleteMenu: asked(client.deleteMenu),
    massSend: asked(client.massSend),
    drafts: asked(client.drafts),
    currentMenu: asked(client.currentMenu),
    currentReplies: asked(client.currentReplies),
  };
}
