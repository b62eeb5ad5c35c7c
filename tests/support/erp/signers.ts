/** Senders: each signature scheme once more, from its description alone, so that the tests can play every vendor. */
import { createCipheriv, createHash, createHmac } from 'node:crypto';
import { parseJson } from '../../../workers/lossless/json.ts';

export type Draft = {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly url: string;
  readonly nowSeconds: number;
};
export type Sent = Pick<Draft, 'text' | 'headers' | 'query'> & { readonly pathToken?: string };

export type Signer = {
  /** As it is stored with a source, and as the sender holds it where the two differ. */
  readonly stored: string;
  /** `isForged` signs with something else than the secret. */
  readonly sign: (draft: Draft, isForged: boolean) => Sent;
};

const hash = (algorithm: string, ...parts: readonly string[]): string =>
  createHash(algorithm).update(parts.join('')).digest('hex');
const mac = (algorithm: string, key: string, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac(algorithm, key).update(text).digest(encoding);

const secretOf = (isForged: boolean): string => (isForged ? 'somebody-elses-secret' : 'the-shops-own-secret');
const plain = secretOf(false);

/** A signature in a header. */
function inHeader(name: string, stored: string, make: (draft: Draft, key: string) => string): Signer {
  return {
    stored,
    sign: (draft, isForged) => ({
      ...draft,
      headers: { ...draft.headers, [name]: make(draft, secretOf(isForged)) },
    }),
  };
}

/** A signature as one more field of a JSON object. */
function inJson(name: string, stored: string, make: (draft: Draft, key: string) => string): Signer {
  return {
    stored,
    sign: (draft, isForged) => ({
      ...draft,
      text: draft.text.replace(/\}\s*$/, `,"${name}":"${make(draft, secretOf(isForged))}"}`),
    }),
  };
}

function inForm(
  name: string,
  make: (pairs: [string, string][], draft: Draft, key: string) => string,
): Signer {
  return {
    stored: plain,
    sign: (draft, isForged) => {
      const pairs = [...new URLSearchParams(draft.text)].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return { ...draft, text: `${draft.text}&${name}=${make(pairs, draft, secretOf(isForged))}` };
    },
  };
}

const field = (text: string, name: string): string => {
  const parsed = parseJson(text);
  if (!parsed.ok || typeof parsed.tree !== 'object' || parsed.tree === null) return '';
  return String(Reflect.get(parsed.tree, name) ?? '');
};

const youzanSecret = { client_id: 'yz-client', client_secret: plain };
const weimobSecret = { clientId: 'wm-client', clientSecret: plain };

export const signers: Readonly<Record<string, Signer>> = {
  'standard-webhooks': {
    stored: `whsec_${Buffer.from(plain.padEnd(32, '!')).toString('base64')}`,
    sign: (draft, isForged) => {
      const id = `msg_${hash('md5', draft.text)}`;
      const key = secretOf(isForged).padEnd(32, '!');
      const code = mac('sha256', key, `${id}.${draft.nowSeconds}.${draft.text}`, 'base64');
      const signed = {
        'webhook-id': id,
        'webhook-timestamp': String(draft.nowSeconds),
        'webhook-signature': `v1,${code}`,
      };
      return { ...draft, headers: { ...draft.headers, ...signed } };
    },
  },
  github: inHeader(
    'x-hub-signature-256',
    plain,
    ({ text }, key) => `sha256=${mac('sha256', key, text, 'hex')}`,
  ),
  shopify: inHeader('x-shopify-hmac-sha256', plain, ({ text }, key) => mac('sha256', key, text, 'base64')),
  woocommerce: inHeader('x-wc-webhook-signature', plain, ({ text }, key) =>
    mac('sha256', key, text, 'base64'),
  ),
  loyverse: inHeader('x-loyverse-signature', plain, ({ text }, key) => mac('sha1', key, text, 'base64')),
  square: inHeader('x-square-hmacsha256-signature', plain, ({ text, url }, key) =>
    mac('sha256', key, url + text, 'base64'),
  ),
  stripe: inHeader(
    'stripe-signature',
    plain,
    ({ text, nowSeconds }, key) => `t=${nowSeconds},v1=${mac('sha256', key, `${nowSeconds}.${text}`, 'hex')}`,
  ),
  'md5-body-suffix': inHeader('x-sign', plain, ({ text }, key) => hash('md5', text, key)),
  'youzan-event-sign': inHeader('event-sign', JSON.stringify(youzanSecret), ({ text }, key) =>
    hash('md5', 'yz-client', text, key),
  ),
  'youzan-body-sign': inJson('sign', JSON.stringify(youzanSecret), ({ text }, key) =>
    hash('md5', 'yz-client', field(text, 'msg'), key),
  ),
  weimob: inJson('sign', JSON.stringify(weimobSecret), ({ text }, key) =>
    hash('md5', 'wm-client', field(text, 'id'), field(text, 'msgBody'), key),
  ),
  'pospal-v1': inHeader('data-signature', plain, ({ text }, key) => hash('md5', key, text).toUpperCase()),
  'pospal-v3': {
    stored: JSON.stringify({ appId: 'PPAPP', appKey: plain }),
    sign: (draft, isForged) => {
      const moment = String(draft.nowSeconds * 1000);
      const code = hash('md5', 'PPAPP', secretOf(isForged), moment, draft.text).toUpperCase();
      return { ...draft, headers: { ...draft.headers, 'time-stamp': moment, 'data-signature-v3': code } };
    },
  },
  'url-token': {
    stored: hash('sha256', 'Zm9yLXRoZS1mZWlkdS10aWxscw'),
    sign: (draft, isForged) => ({
      ...draft,
      pathToken: isForged ? 'bm90LXRoZS10b2tlbi1hdC1hbGw' : 'Zm9yLXRoZS1mZWlkdS10aWxscw',
    }),
  },
  'kv-digest': inForm('sign', (pairs, _, key) => hash('md5', key, ...pairs.flat())),
  'meituan-sha1': inForm('sign', (pairs, _, key) => hash('sha1', key, ...pairs.flat())),
  'meituan-waimai-md5': inForm('sig', (pairs, { url }, key) =>
    hash('md5', `${url}?${pairs.map((pair) => pair.join('=')).join('&')}${key}`),
  ),
  eleme: inJson('signature', plain, ({ text }, key) => {
    const names = ['requestId', 'type', 'appId', 'message', 'shopId', 'timestamp', 'userId'].toSorted();
    return hash('md5', ...names.map((name) => `${name}=${field(text, name)}`), key).toUpperCase();
  }),
  qimen: {
    stored: plain,
    sign: (draft, isForged) => {
      const key = secretOf(isForged);
      const pairs = Object.entries(draft.query).toSorted(([a], [b]) => (a < b ? -1 : 1));
      return {
        ...draft,
        query: { ...draft.query, sign: hash('md5', key, ...pairs.flat(), draft.text, key).toUpperCase() },
      };
    },
  },
  keruyun: {
    stored: plain,
    sign: (draft, isForged) => {
      const query = {
        appKey: 'krykey',
        shopIdenty: '810094',
        timestamp: String(draft.nowSeconds),
        version: '2.0',
      };
      const sign = hash('sha256', ...Object.entries(query).flat(), 'body', draft.text, secretOf(isForged));
      return { ...draft, query: { ...query, sign } };
    },
  },
  'yonyou-event': {
    stored: JSON.stringify({
      token: 'yy-token',
      encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
      suiteKey: 'suite-1',
    }),
    sign: (draft, isForged) => {
      const key = Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=', 'base64');
      const message = Buffer.from(draft.text);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      const content = Buffer.concat([Buffer.alloc(16, 7), length, message, Buffer.from('suite-1')]);
      const pad = 32 - (content.length % 32);
      const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
      const sealed = Buffer.concat([
        cipher.update(Buffer.concat([content, Buffer.alloc(pad, pad)])),
        cipher.final(),
      ]);
      const encrypt = sealed.toString('base64');
      const timestamp = String(draft.nowSeconds);
      const parts = [isForged ? 'not-the-token' : 'yy-token', timestamp, 'n0nce', encrypt];
      const msgSignature = hash('sha1', ...parts.toSorted((a, b) => (a < b ? -1 : 1)));
      return {
        ...draft,
        text: JSON.stringify({ msgSignature, timestamp: draft.nowSeconds, nonce: 'n0nce', encrypt }),
      };
    },
  },
};
