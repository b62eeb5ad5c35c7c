/**
 * 微信接口: calls api.weixin.qq.com and answers with a value, whatever happens outside.
 *
 * WeChat reports its own errors with HTTP 200 and an `errcode`, so a reply with an errcode other than 0 is still
 * `ok`: it is for the caller to judge. `outage` means that nobody knows whether WeChat saw the call.
 */
import { accountMethods } from './client/account.ts';
import { existingMethods } from './client/existing.ts';
import { followerMethods } from './client/followers.ts';
import { sendingMethods } from './client/sending.ts';
import type { WechatClient } from './client/methods.ts';
import type { WechatSettings } from './client/types.ts';

export type * from './client/messages.ts';
export type * from './client/methods.ts';
export type * from './client/types.ts';

export const wechatClient = (settings: WechatSettings): WechatClient => ({
  ...accountMethods(settings),
  ...existingMethods(settings),
  ...followerMethods(settings),
  ...sendingMethods(settings),
});
