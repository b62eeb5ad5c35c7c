/**
 * 企业微信回调验证: the console's check of our address. Unlike the 公众号's its echo is encrypted, and is to be answered
 * opened, verbatim, with nothing around it.
 *
 * Messages are verified and opened as those of the 公众号 (`isSigned` with `encrypt`, then `openMessage`) with the
 * corporation's id where the 公众号 has its appId. Source: developer.work.weixin.qq.com/document/path/90930.
 */
import { openMessage } from '../crypto.ts';
import { isSigned } from '../signature.ts';

/** The query of the GET. */
export type Echo = {
  readonly msgSignature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly echostr: string;
};

export type OpenedEcho =
  | { readonly ok: true; readonly echo: string }
  | { readonly ok: false; readonly why: 'bad-signature' | 'not-for-us' };

/** `corpId` is the suite's id for a third party's suite. `not-for-us`: signed, but another key or corporation. */
export async function openEcho(
  { msgSignature, timestamp, nonce, echostr }: Echo,
  app: {
    readonly token: string;
    readonly encodingAESKeys: readonly string[];
    readonly corpId: string;
  },
): Promise<OpenedEcho> {
  const { token, encodingAESKeys, corpId } = app;
  if (!(await isSigned({ token, timestamp, nonce, encrypt: echostr }, msgSignature))) {
    return { ok: false, why: 'bad-signature' };
  }
  const opened = await openMessage({ encrypt: echostr, encodingAESKeys, appId: corpId });
  return opened.ok ? { ok: true, echo: opened.message } : { ok: false, why: 'not-for-us' };
}
