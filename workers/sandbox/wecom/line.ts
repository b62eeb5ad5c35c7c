/** 企业微信的回调: who listens, and the employees whom the demo corp has. */
import type { Here } from '../here.ts';
import type { Line } from '../push/push.ts';
import { associates } from '../demo/shop.ts';

/** 导购: the same people as in the shop, by the name WeCom knows them under. */
export const staff = associates.map(({ name, openid }) => ({ userid: openid.replace(/^oGuide/, ''), name }));

export const isStaff = (userid: string): boolean => staff.some((one) => one.userid === userid);

/** Null when the corp is not set up. */
export function lineOf({ env }: Here): Line | null {
  const { WECOM_CORP_ID: id, WECOM_TOKEN: token, WECOM_ENCODING_AES_KEY: aesKey } = env;
  if (!id || !token || !aesKey) return null;
  return {
    app: 'wecom',
    path: '/hooks/wecom',
    secrets: { token, aesKey, id },
    self: id,
    envelope: { ToUserName: id, AgentID: env.WECOM_AGENT_ID ?? '' },
  };
}
