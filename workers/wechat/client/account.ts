/** 公众号接口: tokens, codes, menu and the callback's health. */
import { call, plainReply } from './call.ts';
import {
  checkReply,
  ipsReply,
  qrReply,
  quotaReply,
  templatesReply,
  ticketReply,
  tokenReply,
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
  | 'checkCallback'
  | 'callbackIps'
  | 'templates'
  | 'quota'
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
    checkCallback: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/callback/check',
        ...withToken(accessToken),
        body: { action: 'all', check_operator: 'DEFAULT' },
        schema: checkReply,
      }),
    callbackIps: (accessToken) =>
      call(settings, { path: '/cgi-bin/getcallbackip', ...withToken(accessToken), schema: ipsReply }),
    templates: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/template/get_all_private_template',
        ...withToken(accessToken),
        schema: templatesReply,
      }),
    quota: (accessToken, path) =>
      call(settings, {
        path: '/cgi-bin/openapi/quota/get',
        ...withToken(accessToken),
        body: { cgi_path: path },
        schema: quotaReply,
      }),
  };
}
