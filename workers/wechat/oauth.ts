/**
 * 网页授权: the address that sends a member to WeChat and back with a code for `webLogin`.
 *
 * Source: developers.weixin.qq.com/doc/oplatform/developers/dev/auth/h5 and …/doc/service/api/webdev/access.
 */

export type AuthorizeRequest = {
  /** `https://open.weixin.qq.com`, or what plays it. */
  readonly base: string;
  readonly appId: string;
  /** On the account's 网页授权域名, exactly: a sub-domain is another host. */
  readonly redirectUri: string;
  /** `snsapi_userinfo` asks the person, and only after a tap of theirs: otherwise WeChat shows a snapshot page. */
  readonly scope: 'snsapi_base' | 'snsapi_userinfo';
  /** Comes back as it was. Letters and digits, at most 128 bytes. */
  readonly state: string;
};

const stateBytesMax = 128;

/** WeChat reads the parameters in this order, and wants the fragment. A `state` too long is ours to mend, and throws. */
export function authorizeUrl({ base, appId, redirectUri, scope, state }: AuthorizeRequest): string {
  if (new TextEncoder().encode(state).length > stateBytesMax) {
    throw new Error(`The state is longer than ${stateBytesMax} bytes.`);
  }
  const query = [
    `appid=${encodeURIComponent(appId)}`,
    `redirect_uri=${encodeURIComponent(redirectUri)}`,
    'response_type=code',
    `scope=${scope}`,
    `state=${encodeURIComponent(state)}`,
  ];
  return `${base.replace(/\/+$/, '')}/connect/oauth2/authorize?${query.join('&')}#wechat_redirect`;
}
