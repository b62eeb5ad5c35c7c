/** 粉丝接口: who has just logged in, and who follows. */
import type { WechatClient } from './methods.ts';
import { call } from './call.ts';
import { loginReply, userReply, usersReply } from './replies.ts';
import type { WechatSettings } from './types.ts';

type FollowerMethods = Pick<WechatClient, 'webLogin' | 'userInfo' | 'usersInfo'>;

export const followerMethods = (settings: WechatSettings): FollowerMethods => ({
  webLogin: ({ appId, secret, code }) =>
    call(settings, {
      path: '/sns/oauth2/access_token',
      query: { appid: appId, secret, code, grant_type: 'authorization_code' },
      secrets: [secret, code],
      schema: loginReply,
    }),
  userInfo: (accessToken, openid) =>
    call(settings, {
      path: '/cgi-bin/user/info',
      query: { access_token: accessToken, openid, lang: 'zh_CN' },
      secrets: [accessToken, openid],
      schema: userReply,
    }),
  usersInfo: (accessToken, openids) =>
    call(settings, {
      path: '/cgi-bin/user/info/batchget',
      query: { access_token: accessToken },
      secrets: [accessToken],
      body: { user_list: openids.map((openid) => ({ openid, lang: 'zh_CN' })) },
      schema: usersReply,
    }),
});
