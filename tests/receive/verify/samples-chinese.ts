/** One genuinely signed request for each scheme of sorted pairs, of 用友 and of 金蝶. */
import { createCipheriv } from 'node:crypto';
import { hash, hmac, now, request, signedBody, type Sample } from './requests.ts';

const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const sorted = (fields: Record<string, string>, between: string, join: string): string =>
  Object.keys(fields)
    .toSorted()
    .map((name) => `${name}${between}${fields[name]}`)
    .join(join);

export const meituan = {
  developerId: '100120',
  ePoiId: 'store-1',
  order: '{"orderId":"26012345678901234","total":12.3}',
};
const waimai = { app_id: '5700', order_id: '26012345678901234', timestamp: '1795330740', total: '12.3' };
const waimaiUrl = 'https://huike.example/hooks/erp/meituan';
const eleme = {
  requestId: '2000051301',
  type: '10',
  appId: '65961011',
  message: '{"id":"1"}',
  shopId: '98',
  timestamp: '1795330740000',
  userId: '411391574328270001',
};
const elemeBody = (signature: string): string =>
  JSON.stringify({ ...eleme, signature }).replaceAll(
    /"(type|appId|shopId|timestamp|userId)":"(\d+)"/g,
    '"$1":$2',
  );
const qimen = {
  method: 'taobao.pos.receipt.synchronize',
  timestamp: '2026-11-22 14:59:00',
  format: 'xml',
  app_key: 'qm',
  v: '2.0',
  sign_method: 'md5',
  customerId: 'c1',
};
const xml = '<?xml version="1.0"?><request><orderCode>R1</orderCode></request>';
const yonyou = {
  token: 'yy-token',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  suiteKey: 'suite-1',
};

function yonyouBody(message: string): string {
  const key = Buffer.from(`${yonyou.encodingAesKey}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(message));
  const plain = Buffer.concat([
    Buffer.alloc(16, 'r'),
    length,
    Buffer.from(message),
    Buffer.from(yonyou.suiteKey),
  ]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const whole = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  const encrypt = Buffer.concat([cipher.update(whole), cipher.final()]).toString('base64');
  const msgSignature = hash(
    'sha1',
    [yonyou.token, String(now), 'n0nce', encrypt].toSorted((one, other) => (one < other ? -1 : 1)).join(''),
  );
  return JSON.stringify({ msgSignature, timestamp: now, nonce: 'n0nce', encrypt });
}

const kingdeeText = `GET\n%2Fjdy%2Forders\npage=1&shop=%25E5%25BA%2597\nx-api-nonce:42\nx-api-timestamp:1795330740000\n`;

export const chinese: readonly Sample[] = [
  {
    ...signedBody('kv-digest', 'x-none', '', { trust: 'weak', signed: [] }),
    params: {
      algorithm: 'md5',
      pair: 'k=v',
      join: '&',
      secret: 'suffix',
      secretGlue: '&key=',
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
    request: request({
      body: form({ ...meituan, sign: hash('sha1', `top-secret${sorted(meituan, '', '')}`) }),
    }),
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
      query: {
        ...qimen,
        sign: hash('md5', `top-secret${sorted(qimen, '', '')}${xml}top-secret`).toUpperCase(),
      },
      body: xml,
    }),
    signed: [...Object.keys(qimen), 'sign'],
  },
  {
    ...signedBody('eleme', 'x-none', '', { signed: [] }),
    request: request({ body: elemeBody(hash('md5', `${sorted(eleme, '=', '')}top-secret`).toUpperCase()) }),
  },
  {
    ...signedBody('yonyou-event', 'x-none', '', {
      secret: yonyou,
      other: { ...yonyou, token: 'other' },
      signed: [],
    }),
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
];
