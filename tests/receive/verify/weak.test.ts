/** Digests that verify and must be refused all the same: lengthened, swallowed, or read in two ways. */
import { describe, expect, test } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { hash, now, request, sale, utf8 } from './requests.ts';

const verify = (
  scheme: string,
  given: Parameters<typeof request>[0],
  params?: unknown,
  secret = 'top-secret',
) => verifyRequest({ scheme, params }, request(given), [secret], now);

/** What MD5 appends to `length` bytes; whoever knows the digest can go on after it without knowing the secret. */
function padding(length: number): Uint8Array {
  const zeros = (119 - (length % 64)) % 64;
  const tail = new Uint8Array(1 + zeros + 8);
  tail[0] = 0x80;
  new DataView(tail.buffer).setUint32(1 + zeros, length * 8, true);
  return tail;
}

describe('银豹: a body lengthened past its end', () => {
  test.each([',"totalAmount":9999.00}', '{"totalAmount":9999.00}', ' ', ''])(
    'by %j is refused',
    async (more) => {
      const body = Buffer.concat([utf8(sale), padding(utf8(`top-secret${sale}`).length), utf8(more)]);
      const signature = hash('md5', 'top-secret', body).toUpperCase();
      expect(await verify('pospal-v1', { headers: { 'data-signature': signature }, body })).toEqual({
        ok: false,
        reason: 'content',
      });
    },
  );
});

describe('银豹: a signed body that two readers could read differently', () => {
  test.each([
    ['a key twice', '{"total":"1","total":"2"}'],
    ['a key twice, once escaped', '{"total":"1","tot\\u0061l":"2"}'],
    ['a key twice deep inside', '{"items":[{"sku":"1","sku":"2"}]}'],
    ['an empty key', '{"":1,"total":"1"}'],
    ['an empty key deep inside', '{"item":{"":1}}'],
    ['a list', '[{"total":"1"}]'],
    ['a number', '12'],
    ['something after the end', '{"total":"1"}{"total":"2"}'],
    ['a comment', '{"total":"1"/*,"x":2*/}'],
  ])('%s is refused', async (_, body) => {
    const headers = { 'data-signature': hash('md5', `top-secret${body}`).toUpperCase() };
    expect(await verify('pospal-v1', { headers, body })).toEqual({ ok: false, reason: 'content' });
  });
});

describe('pairs with & between them', () => {
  const params = {
    algorithm: 'md5',
    pair: 'k=v',
    join: '&',
    secret: 'suffix',
    from: 'form',
    signature: { header: 'x-sign' },
  };
  const signedAs = (text: string, fields: Record<string, string>) => ({
    headers: { 'x-sign': hash('md5', `${text}top-secret`) },
    body: new URLSearchParams(fields).toString(),
  });

  test('one pair that swallowed the next is refused', async () => {
    const swallowed = signedAs('attach=x&total=1', { attach: 'x&total=1' });
    expect(await verify('kv-digest', swallowed, params)).toEqual({ ok: false, reason: 'ambiguous' });
  });

  test('an address with a query of its own is a value like any other', async () => {
    const notify = signedAs('notify_url=https://a/?b=1&c=2', { notify_url: 'https://a/?b=1&c=2' });
    expect(await verify('kv-digest', notify, params)).toMatchObject({ ok: true });
  });

  test('an empty value that is not signed is not handed on', async () => {
    const given = signedAs('a=1', { a: '1', vip: '' });
    expect(await verify('kv-digest', given, { ...params, skipEmpty: true })).toMatchObject({
      fields: new Map([['a', '1']]),
    });
  });

  test('a name twice is refused', async () => {
    const given = { ...signedAs('a=1', {}), body: 'a=1&a=1' };
    expect(await verify('kv-digest', given, params)).toEqual({ ok: false, reason: 'malformed' });
  });
});

describe('what a signature does not cover is not handed on', () => {
  test('有赞 body sign: msg alone, and neither the type nor the status', async () => {
    const sign = hash('md5', 'yz-1%7B%7Dyz-secret');
    const body = JSON.stringify({ type: 'POINTS', status: 'X', msg: '%7B%7D', sign });
    const secret = { client_id: 'yz-1', client_secret: 'yz-secret' };
    expect(await verifyRequest({ scheme: 'youzan-body-sign' }, request({ body }), [secret], now)).toEqual({
      ok: true,
      trust: 'weak',
      fields: new Map([['msg', '%7B%7D']]),
    });
  });

  test('white space that a scheme ignores is gone from what it hands on', async () => {
    const squeezed = '{"name":"CocaCola"}';
    const text = `App-Nonce-Str=n&App-Timestamp=1&appKey=k&appSecret=s${squeezed}`;
    const headers = {
      'app-nonce-str': 'n',
      'app-timestamp': '1',
      'app-sign': hash('md5', hash('sha1', text)).toUpperCase(),
    };
    const secret = { appKey: 'k', appSecret: 's' };
    const given = request({ headers, body: '{"name": "Coca Cola"}' });
    expect(await verifyRequest({ scheme: 'kv-body-sha1-md5' }, given, [secret], now)).toMatchObject({
      text: squeezed,
    });
  });

  test('饿了么: a field beside the seven is refused', async () => {
    const signed =
      'appId=1message={}requestId=r1shopId=2timestamp=3type=10userId=411391574328270001top-secret';
    const body = (more: string) =>
      `{"appId":1,"message":"{}","requestId":"r1","shopId":2,"timestamp":3,"type":10,` +
      `"userId":411391574328270001,"signature":"${hash('md5', signed)}"${more}}`;
    expect(await verify('eleme', { body: body('') })).toMatchObject({ ok: true, trust: 'signed' });
    expect((await verify('eleme', { body: body(',"refund":{"all":true}') })).ok).toBe(false);
    expect((await verify('eleme', { body: body(',"vip":""') })).ok).toBe(false);
  });
});

describe('values that stand side by side', () => {
  const secret = { clientId: 'wm', clientSecret: 'wm-secret' };
  const sign = hash('md5', 'wmm-1{"orderNo":"98001"}wm-secret');
  test.each([
    ['m-1', '{"orderNo":"98001"}', true],
    ['m-', '1{"orderNo":"98001"}', false],
    ['m-1{', '"orderNo":"98001"}', false],
    ['m-1{"orderNo":"98001"', '}', false],
    ['m-1{"orderNo":"98001"}', '', false],
    ['', 'm-1{"orderNo":"98001"}', false],
  ])('微盟: id %j and msgBody %j: %s', async (id, msgBody, isBelieved) => {
    const given = request({ body: JSON.stringify({ id, msgBody, sign }) });
    const verification = await verifyRequest({ scheme: 'weimob' }, given, [secret], now);
    expect(verification).toMatchObject(isBelieved ? { ok: true } : { ok: false, reason: 'malformed' });
  });
});
