/** 微信里的网页: whether a page is opened there, and the signature with which it may ask WeChat for more than a browser gives. */
import { log } from '../../platform/log.ts';
import { signJssdk } from '../../wechat/jssdk.ts';
import { newWord } from '../keys.ts';
import type { PageContext, PageDeps } from '../ports.ts';

/** For `wx.config`. */
export type PageSignature = {
  readonly appId: string;
  readonly timestamp: string;
  readonly nonceStr: string;
  readonly signature: string;
};

/** Elsewhere such a button would do nothing. */
export const isInWechat = (context: PageContext): boolean =>
  /\bMicroMessenger\//i.test(context.req.header('user-agent') ?? '');

/** The signed URL must equal the phone's URL exactly. Null where the shop has no ticket, or WeChat does not answer. */
export async function signPage(
  { account: { appId }, clock, jsTicket }: PageDeps,
  url: string,
): Promise<PageSignature | null> {
  if (!jsTicket) return null;
  const got = await jsTicket();
  if ('why' in got) {
    log('warn', 'page_unsigned', { why: got.why });
    return null;
  }
  const [nonceStr, timestamp] = [newWord(), String(Math.floor(clock() / 1000))];
  const signature = await signJssdk({ ticket: got.ticket, nonce: nonceStr, timestamp, url });
  return { appId, timestamp, nonceStr, signature };
}
