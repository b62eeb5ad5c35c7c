/**
 * 微信支付请求: the `Authorization` header of a call to api.mch.weixin.qq.com.
 *
 * Signed are five lines, each ended by a line feed: method, path with query, timestamp, nonce, body.
 * Source: pay.weixin.qq.com/doc/v3/merchant/4012365336; hpyer/node-easywechat test/Pay/Signature.test.js.
 */
import { signRsa } from './rsa.ts';

export type PayRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the slash on, with the query as it will be sent. */
  readonly path: string;
  /** Seconds. */
  readonly timestamp: string;
  readonly nonce: string;
  /** As it will be sent; empty for a GET. */
  readonly body: string;
};

export type Merchant = {
  readonly mchId: string;
  /** Of the merchant's own certificate, in hex. */
  readonly serialNo: string;
  readonly privateKey: CryptoKey;
};

export const payRequestBytes = ({ method, path, timestamp, nonce, body }: PayRequest): Uint8Array =>
  new TextEncoder().encode(`${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`);

/** `WECHATPAY2-SHA256-RSA2048 mchid="…",…`. */
export async function authorizePayRequest(request: PayRequest, merchant: Merchant): Promise<string> {
  const values = {
    mchid: merchant.mchId,
    nonce_str: request.nonce,
    timestamp: request.timestamp,
    serial_no: merchant.serialNo,
    signature: await signRsa(merchant.privateKey, payRequestBytes(request)),
  };
  const pairs = Object.entries(values).map(([name, value]) => {
    // A quotation mark would end the value early; none of these ever holds one.
    if (!/^[\w+/=.:-]*$/.test(value)) throw new Error(`${name} cannot stand in an Authorization header.`);
    return `${name}="${value}"`;
  });
  return `WECHATPAY2-SHA256-RSA2048 ${pairs.join(',')}`;
}
