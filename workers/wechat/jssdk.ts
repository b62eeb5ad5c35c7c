/**
 * 微信 JS-SDK 签名: lets a page of ours call `wx.config`.
 *
 * SHA-1, in lower-case hex, of ticket, nonce, timestamp and address in this order.
 * Source: developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/JS-SDK.html, appendix 1.
 */

export type JssdkRequest = {
  /** From `cgi-bin/ticket/getticket?type=jsapi`, kept for its 7200 seconds. */
  readonly ticket: string;
  readonly nonce: string;
  /** Seconds, as it will stand in `wx.config`. */
  readonly timestamp: string;
  /** The page's whole address as the phone has it; what follows `#` is not signed. */
  readonly url: string;
};

/** 40 hex digits. */
export async function signJssdk({ ticket, nonce, timestamp, url }: JssdkRequest): Promise<string> {
  const [address = ''] = url.split('#');
  const text = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${address}`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
