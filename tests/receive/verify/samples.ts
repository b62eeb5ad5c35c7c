/** One genuinely signed request for each scheme, signed here by node:crypto and not by the code under test. */
import { createCipheriv, createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Secret, SignedRequest } from '../../../workers/receive/verify/define.ts';

export const now = 1_795_330_740;
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hash = (name: string, ...parts: (string | Uint8Array)[]): string => {
  const digest = createHash(name);
  for (const part of parts) digest.update(part);
  return digest.digest('hex');
};

export type Sample = {
  readonly scheme: string;
  readonly params?: unknown;
  readonly secret: Secret;
  readonly other: Secret;
  readonly request: SignedRequest;
  /** Headers and query values that are signed or are the signature: no byte of them may change. */
  readonly signed: readonly string[];
  readonly trust: 'signed' | 'weak' | 'token';
};

type Given = {
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  url?: string;
  query?: Record<string, string>;
  method?: string;
  token?: string;
};

export const request = ({ headers = {}, body = '', url = 'https://huike.example/hooks/erp/s1', query = {}, ...rest }: Given): SignedRequest => ({
  method: 'POST',
  headers: new Headers(headers),
  body: typeof body === 'string' ? utf8(body) : body,
  url,
  query: new URLSearchParams(query),
  ...rest,
});

export const sale = JSON.stringify({ id: 'S1', sn: '2026112214590001', total: '12.30', customerUid: 1, 店: '南京路' });
const hmac = (algorithm: string, key: string, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac(algorithm, key).update(text).digest(encoding);

const webhookSecret = `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another-secret-0123456789').toString('base64')}`;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawPublic = (key: typeof publicKey): string =>
  `whpk_${key.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`;

const signedBody = (scheme: string, header: string, value: string, more: Partial<Sample> = {}): Sample => ({
  scheme,
  secret: 'top-secret',
  other: 'other-secret',
  request: request({ headers: { [header]: value }, body: sale }),
  signed: [header],
  trust: 'signed',
  ...more,
});

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const sorted = (fields: Record<string, string>, between: string, join: string): string =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}${between}${fields[name]}`)
    .join(join);

const youzan = { client_id: 'yz-1', client_secret: 'yz-secret' };
const otherYouzan = { client_id: 'yz-1', client_secret: 'yz-other' };
const weimob = { id: 'm-1', msgBody: '{"orderNo":"98001"}' };
export const meituan = { developerId: '100120', ePoiId: 'store-1', order: '{"orderId":"26012345678901234","total":12.3}' };
const waimai = { app_id: '5700', order_id: '26012345678901234', timestamp: '1795330740', total: '12.3' };
const waimaiUrl = 'https://huike.example/hooks/erp/meituan';
const eleme = { requestId: '2000051301', type: '10', appId: '65961011', message: '{"id":"1"}', shopId: '98', timestamp: '1795330740000', userId: '411391574328270001' };
const elemeBody = (signature: string): string =>
  JSON.stringify({ ...eleme, signature }).replaceAll(/"(type|appId|shopId|timestamp|userId)":"(\d+)"/g, '"$1":$2');
const qimen = { method: 'taobao.pos.receipt.synchronize', timestamp: '2026-11-22 14:59:00', format: 'xml', app_key: 'qm', v: '2.0', sign_method: 'md5', customerId: 'c1' };
const xml = '<?xml version="1.0"?><request><orderCode>R1</orderCode></request>';
const keruyun = { appKey: 'k', shopIdenty: '810094', timestamp: '1795330740', version: '2.0' };
const yonyou = { token: 'yy-token', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', suiteKey: 'suite-1' };

function yonyouBody(message: string): string {
  const key = Buffer.from(`${yonyou.encodingAesKey}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(message));
  const plain = Buffer.concat([Buffer.alloc(16, 'r'), length, Buffer.from(message), Buffer.from(yonyou.suiteKey)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const whole = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  const encrypt = Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64');
  const msgSignature = hash('sha1', [yonyou.token, String(now), 'n0nce', encrypt].toSorted((one, other) => (one < other ? -1 : 1)).join(''));
  return JSON.stringify({ msgSignature, timestamp: now, nonce: 'n0nce', encrypt });
}

const kingdeeText = `GET\n%2Fjdy%2Forders\npage=1&shop=%25E5%25BA%2597\nx-api-nonce:42\nx-api-timestamp:1795330740000\n`;
export const urlTokenText = 'q3RfZ0pXx9mN4vB7kL2sTw';

export const samples: readonly Sample[] = [
  {
    scheme: 'standard-webhooks',
    secret: webhookSecret,
    other: otherSecret,
    request: request({
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': new Webhook(webhookSecret).sign('msg_1', new Date(now * 1000), sale),
      },
      body: sale,
    }),
    signed: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    trust: 'signed',
  },
  {
    scheme: 'standard-webhooks-ed25519',
    secret: rawPublic(publicKey),
    other: rawPublic(generateKeyPairSync('ed25519').publicKey),
    request: request({
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(now),
        'webhook-signature': `v1a,${sign(null, utf8(`msg_1.${now}.${sale}`), privateKey).toString('base64')}`,
      },
      body: sale,
    }),
    signed: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    trust: 'signed',
  },
  {
    ...signedBody('hook0', 'x-hook0-signature', ''),
    request: request({
      headers: {
        'x-event-id': 'evt-1',
        'x-hook0-signature': `t=${now},h=x-event-id,v1=${hmac('sha256', 'top-secret', `${now}.x-event-id.evt-1.${sale}`, 'hex')}`,
      },
      body: sale,
    }),
    signed: ['x-event-id', 'x-hook0-signature'],
  },
  signedBody('stripe', 'stripe-signature', `t=${now},v1=${hmac('sha256', 'top-secret', `${now}.${sale}`, 'hex')}`),
  signedBody('hmac', 'x-pos-sign', hmac('sha256', 'top-secret', `1795330740000.${sale}`, 'hex').toUpperCase(), {
    params: {
      algorithm: 'sha256',
      encoding: 'hex',
      letterCase: 'upper',
      header: 'x-pos-sign',
      covers: 'timestamp.body',
      timestampHeader: 'x-pos-time',
      timestampUnit: 'ms',
    },
    request: request({
      headers: {
        'x-pos-time': '1795330740000',
        'x-pos-sign': hmac('sha256', 'top-secret', `1795330740000.${sale}`, 'hex').toUpperCase(),
      },
      body: sale,
    }),
    signed: ['x-pos-sign', 'x-pos-time'],
  }),
  signedBody('hmac-sha512-hex', 'x-convoy-signature', hmac('sha512', 'top-secret', sale, 'hex')),
  signedBody('hmac-sha512-base64', 'x-convoy-signature', hmac('sha512', 'top-secret', sale, 'base64')),
  signedBody('twitter', 'x-twitter-webhooks-signature', `sha256=${hmac('sha256', 'top-secret', sale, 'base64')}`),
  signedBody('github', 'x-hub-signature-256', `sha256=${hmac('sha256', 'top-secret', sale, 'hex')}`),
  signedBody('shopify', 'x-shopify-hmac-sha256', hmac('sha256', 'top-secret', sale, 'base64')),
  signedBody('woocommerce', 'x-wc-webhook-signature', hmac('sha256', 'top-secret', sale, 'base64')),
  signedBody('loyverse', 'x-loyverse-signature', hmac('sha1', 'top-secret', sale, 'base64')),
  signedBody(
    'square',
    'x-square-hmacsha256-signature',
    hmac('sha256', 'top-secret', `https://huike.example/hooks/erp/s1${sale}`, 'base64'),
  ),
  signedBody('pieces-digest', 'x-sign', hash('md5', 'top-secret', sale, 'top-secret'), {
    params: {
      hash: 'md5',
      signature: { header: 'x-sign' },
      pieces: [{ secret: '' }, 'body', { secret: '' }],
      content: 'json',
    },
  }),
  signedBody('youzan-event-sign', 'event-sign', hash('md5', 'yz-1', sale, 'yz-secret'), {
    secret: youzan,
    other: otherYouzan,
  }),
  {
    ...signedBody('youzan-body-sign', 'x-none', '', { secret: youzan, other: otherYouzan, trust: 'weak', signed: [] }),
    request: request({
      body: JSON.stringify({ msg: '%7B%22tid%22%3A1%7D', sign: hash('md5', 'yz-1', '%7B%22tid%22%3A1%7D', 'yz-secret') }),
    }),
  },
  {
    ...signedBody('weimob', 'x-none', '', {
      secret: { clientId: 'wm', clientSecret: 'wm-secret' },
      other: { clientId: 'wm', clientSecret: 'wm-other' },
      trust: 'weak',
      signed: [],
    }),
    request: request({
      body: JSON.stringify({ ...weimob, sign: hash('md5', `wm${weimob.id}${weimob.msgBody}wm-secret`) }),
    }),
  },
  signedBody('pospal-v1', 'data-signature', hash('md5', 'top-secret', sale).toUpperCase(), { trust: 'weak' }),
  {
    ...signedBody('pospal-v3', 'x-none', '', {
      secret: { appId: 'A', appKey: 'top-secret' },
      other: { appId: 'A', appKey: 'other-secret' },
      trust: 'weak',
    }),
    request: request({
      headers: {
        'time-stamp': '1795330740000',
        'data-signature-v3': hash('md5', `Atop-secret1795330740000${sale}`).toUpperCase(),
      },
      body: sale,
    }),
    signed: ['time-stamp', 'data-signature-v3'],
  },
  {
    ...signedBody('keruyun', 'x-none', ''),
    request: request({
      query: {
        ...keruyun,
        sign: hash('sha256', `appKeykshopIdenty810094timestamp1795330740version2.0body${sale}top-secret`),
      },
      body: sale,
    }),
    signed: [...Object.keys(keruyun), 'sign'],
  },
  {
    ...signedBody('kv-body-sha1-md5', 'x-none', '', {
      secret: { appKey: 'application6', appSecret: 'top-secret' },
      other: { appKey: 'application6', appSecret: 'other-secret' },
      trust: 'weak',
    }),
    request: request({
      headers: {
        'app-nonce-str': 'n1',
        'app-timestamp': String(now),
        'app-sign': hash(
          'md5',
          hash('sha1', `App-Nonce-Str=n1&App-Timestamp=${now}&appKey=application6&appSecret=top-secret${sale}`),
        ).toUpperCase(),
      },
      body: sale,
    }),
    signed: ['app-nonce-str', 'app-timestamp', 'app-sign'],
  },
  signedBody('json-secret-sha1-md5', 'sign', hash('md5', hash('sha1', `${sale}top-secret`)).toUpperCase()),
  signedBody('md5-body-suffix', 'x-sign', hash('md5', `${sale}top-secret`)),
  {
    ...signedBody('kv-digest', 'x-none', '', { trust: 'weak', signed: [] }),
    params: {
      algorithm: 'md5',
      pair: 'k=v',
      join: '&',
      secret: 'suffix',
      secretGlue: '&key=',
      letterCase: 'upper',
      skipEmpty: true,
      from: 'form',
      signature: { pair: 'sign' },
    },
    request: request({
      body: form({
        appid: 'wx1',
        body: '新鲜牛奶 2 盒',
        nonce_str: 'n1',
        sign: hash('md5', 'appid=wx1&body=新鲜牛奶 2 盒&nonce_str=n1&key=top-secret').toUpperCase(),
      }),
    }),
  },
  {
    ...signedBody('meituan-sha1', 'x-none', '', { trust: 'weak', signed: [] }),
    request: request({ body: form({ ...meituan, sign: hash('sha1', `top-secret${sorted(meituan, '', '')}`) }) }),
  },
  {
    ...signedBody('meituan-waimai-md5', 'x-none', '', { trust: 'weak', signed: [] }),
    request: request({
      url: waimaiUrl,
      body: form({ ...waimai, sig: hash('md5', `${waimaiUrl}?${sorted(waimai, '=', '&')}top-secret`) }),
    }),
  },
  {
    ...signedBody('qimen', 'x-none', '', { trust: 'weak' }),
    request: request({
      query: { ...qimen, sign: hash('md5', `top-secret${sorted(qimen, '', '')}${xml}top-secret`).toUpperCase() },
      body: xml,
    }),
    signed: [...Object.keys(qimen), 'sign'],
  },
  {
    ...signedBody('eleme', 'x-none', '', { signed: [] }),
    request: request({ body: elemeBody(hash('md5', `${sorted(eleme, '=', '')}top-secret`).toUpperCase()) }),
  },
  {
    ...signedBody('yonyou-event', 'x-none', '', { secret: yonyou, other: { ...yonyou, token: 'other' }, signed: [] }),
    request: request({ body: yonyouBody('{"type":"CHECK_URL"}') }),
  },
  {
    ...signedBody('kingdee-outbound', 'x-none', ''),
    request: request({
      method: 'GET',
      url: 'https://api.example/jdy/orders',
      query: { shop: '店', page: '1' },
      headers: {
        'x-api-nonce': '42',
        'x-api-timestamp': '1795330740000',
        'x-api-signature': Buffer.from(hmac('sha256', 'top-secret', kingdeeText, 'hex')).toString('base64'),
      },
    }),
    signed: ['x-api-nonce', 'x-api-timestamp', 'x-api-signature', 'shop', 'page'],
  },
  {
    ...signedBody('url-token', 'x-none', '', {
      secret: hash('sha256', urlTokenText),
      other: hash('sha256', 'another-token-of-22-chars'),
      signed: [],
      trust: 'token',
    }),
    request: request({ body: sale, token: urlTokenText }),
  },
];
