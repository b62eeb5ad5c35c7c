/** 公众号接口: tokens, codes, menu, followers and the callback's health. */
import { call, plainReply } from './call.ts';
import {
  checkReply,
  ipsReply,
  loginReply,
  qrReply,
  ticketReply,
  tokenReply,
  userReply,
  usersReply,
} from './replies.ts';
import type { WechatSettings } from './types.ts';
import type { WechatClient } from './methods.ts';

type AccountMethods = Pick<
  WechatClient,
  | 'stableToken'
  | 'jsTicket'
  | 'createQr'
  | 'createMenu'
  | 'deleteMenu'
  | 'webLogin'
  | 'userInfo'
  | 'usersInfo'
  | 'checkCallback'
  | 'callbackIps'
>;

const qrSecondsMax = 2_592_000;

/** Left to itself WeChat makes a code of thirty seconds, so the time is always said. */
function qrBody(scene: string, expiresInSeconds: number | null): object {
  const info = { action_info: { scene: { scene_str: scene } } };
  if (expiresInSeconds === null) return { action_name: 'QR_LIMIT_STR_SCENE', ...info };
  const seconds = Math.min(expiresInSeconds, qrSecondsMax);
  return { expire_seconds: seconds, action_name: 'QR_STR_SCENE', ...info };
}

export function accountMethods(settings: WechatSettings): AccountMethods {
  const withToken = (accessToken: string) => ({
    query: { access_token: accessToken },
    secrets: [accessToken],
  });
  return {
    stableToken: ({ appId, secret, forceRefresh }) =>
      call(settings, {
        path: '/cgi-bin/stable_token',
        body: { grant_type: 'client_credential', appid: appId, secret, force_refresh: forceRefresh },
        secrets: [secret],
        schema: tokenReply,
      }),
    jsTicket: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/ticket/getticket',
        query: { access_token: accessToken, type: 'jsapi' },
        secrets: [accessToken],
        schema: ticketReply,
      }),
    createQr: (accessToken, { scene, expiresInSeconds }) =>
      call(settings, {
        path: '/cgi-bin/qrcode/create',
        ...withToken(accessToken),
        body: qrBody(scene, expiresInSeconds),
        schema: qrReply,
      }),
    createMenu: (accessToken, menu) =>
      call(settings, {
        path: '/cgi-bin/menu/create',
        ...withToken(accessToken),
        body: menu,
        schema: plainReply,
      }),
    deleteMenu: (accessToken) =>
      call(settings, { path: '/cgi-bin/menu/delete', ...withToken(accessToken), schema: plainReply }),
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
        ...withToken(accessToken),
        body: { user_list: openids.map((openid) => ({ openid, lang: 'zh_CN' })) },
        schema: usersReply,
      }),
    checkCallback: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/callback/check',
        ...withToken(accessToken),
        body: { action: 'all', check_operator: 'DEFAULT' },
        schema: checkReply,
      }),
    callbackIps: (accessToken) =>
      call(settings, { path: '/cgi-bin/getcallbackip', ...withToken(accessToken), schema: ipsReply }),
  };
}
