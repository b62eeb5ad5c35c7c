/** WeChat Pay as the test plays it: checks who asks, signs what it answers, remembers what it was asked. */
import { constants, createVerify, generateKeyPairSync, privateDecrypt, sign } from 'node:crypto';
import {
  transferClient,
  type TransferClient,
  type TransferSettings,
} from '../../workers/wechat/pay/transfers.ts';

const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const platformKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pemOf = (key: typeof platformKeys.publicKey): string =>
  key.export({ type: 'spki', format: 'pem' }).toString();

export const now = 1_795_330_740_000;
export const publicKeyId = 'PUB_KEY_ID_0116';
export const certificateSerial = '7132D72A03E93CDDF8C03BBD1F37EEDF';
export const merchant = {
  mchId: '1900000001',
  serialNo: '0DC0DF83',
  privateKeyPem: merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
export const publicPem = pemOf(platformKeys.publicKey);
export const foreignPem = pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);

export type SentRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly text: string;
};

/** `unsigned` leaves the signature out, `spoil` changes the body after it was signed. */
export type BankAnswer = {
  readonly status?: number;
  readonly body: string | object;
  readonly unsigned?: boolean;
  readonly spoil?: (body: string) => string;
  readonly at?: number;
};

const answered = ({ status = 200, body, unsigned, spoil, at = now }: BankAnswer): Response => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const [timestamp, nonce] = [String(at / 1000), 'n0nce'];
  const signed = Buffer.from(`${timestamp}\n${nonce}\n${text}\n`);
  const headers = new Headers({
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': publicKeyId,
    'wechatpay-signature': sign('sha256', signed, platformKeys.privateKey).toString('base64'),
  });
  return new Response(spoil?.(text) ?? text, { status, headers: unsigned ? {} : headers });
};

export function playBank(
  answer: (asked: SentRequest) => BankAnswer | Error,
  settings: Partial<TransferSettings> = {},
): { client: TransferClient; asked: SentRequest[] } {
  const asked: SentRequest[] = [];
  const http = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    const one = { method, path: pathname + search, headers, text: await request.text() };
    asked.push(one);
    const said = answer(one);
    if (said instanceof Error) throw said;
    return answered(said);
  };
  const client = transferClient({
    http,
    baseUrl: 'https://api.mch.weixin.qq.com',
    timeoutMs: 1000,
    merchant,
    platformKeys: { [certificateSerial]: foreignPem, [publicKeyId]: publicPem },
    clock: () => now,
    ...settings,
  });
  return { client, asked };
}

/** The parts of an Authorization header, when its signature is the merchant's over what was sent. */
export function signedParts({ method, path, headers, text }: SentRequest): Record<string, string> {
  const [scheme, rest = ''] = (headers.get('authorization') ?? '').split(/ (.*)/s);
  const parts = Object.fromEntries(
    [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const lines = `${method}\n${path}\n${parts['timestamp']}\n${parts['nonce_str']}\n${text}\n`;
  const isGenuine = createVerify('sha256')
    .update(lines)
    .verify(merchantKeys.publicKey, parts['signature'] ?? '', 'base64');
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048' || !isGenuine) throw new Error('not signed by the merchant');
  return parts;
}

export const unsealed = (sealed: string): string =>
  privateDecrypt(
    { key: platformKeys.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(sealed, 'base64'),
  ).toString();
