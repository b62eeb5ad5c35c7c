/** Digests that verify and must be refused all the same: lengthened, split anew, or read in two ways. */
import { describe, expect, test } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { hash, meituan, now, request, sale, utf8 } from './samples.ts';

const verify = (scheme: string, given: Parameters<typeof request>[0], params?: unknown, secret = 'top-secret') =>
  verifyRequest({ scheme, params }, request(given), [secret], now);

/** What MD5 appends to `length` bytes; whoever knows the digest can go on after it without knowing the secret. */
function padding(length: number): Uint8Array {
  const zeros = (119 - (length % 64)) % 64;
  const tail = new Uint8Array(1 + zeros + 8);
  tail[0] = 0x80;
  new DataView(tail.buffer).setUint32(1 + zeros, length * 8, true);
  return tail;
}

describe('银豹: a body lengthened past its end', () => {
  test.each([',"totalAmount":9999.00}', '{"totalAmount":9999.00}', ' ', ''])('by %j is refused', async (more) => {
    const body = Buffer.concat([utf8(sale), padding(utf8(`top-secret${sale}`).length), utf8(more)]);
    const signature = hash('md5', 'top-secret', body).toUpperCase();
    expect(await verify('pospal-v1', { headers: { 'data-signature': signature }, body })).toEqual({
      ok: false,
      reason: 'content',
    });
  });
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

type Pair = readonly [string, string];

/** Every way to move one border in names and values that run together. */
function* splitsOf(pairs: readonly Pair[]): Generator<Pair[]> {
  const borders = pairs.flatMap(([name, value]) => [name, value]);
  for (let place = 0; place + 1 < borders.length; place += 1) {
    const [left = '', right = ''] = borders.slice(place, place + 2);
    const both = left + right;
    for (let at = 0; at <= both.length; at += 1) {
      if (at === left.length) continue;
      const moved = borders.with(place, both.slice(0, at)).with(place + 1, both.slice(at));
      yield moved.flatMap((name, index) => (index % 2 === 0 ? [[name, moved[index + 1] ?? ''] as const] : []));
    }
  }
  // One pair swallowed by the value before it.
  for (let place = 1; place < pairs.length; place += 1) {
    const [name, value] = pairs[place - 1] ?? ['', ''];
    yield [...pairs.slice(0, place - 1), [name, value + (pairs[place]?.join('') ?? '')], ...pairs.slice(place + 1)];
  }
}

const isSorted = (pairs: readonly Pair[]): boolean =>
  pairs.every(([name], place) => place === 0 || (pairs[place - 1]?.[0] ?? '') < name);

const formOf = (pairs: readonly Pair[]): string => new URLSearchParams(pairs.map(([...pair]) => pair)).toString();

const sortedPairs = (fields: Record<string, string>): Pair[] =>
  Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));

const top = { app_key: '123456', access_token: 'test', timestamp: '1517820392000', sign_method: 'sha256', order_id: '1234' };
const topItems = {
  method: 'taobao.item.seller.get',
  app_key: '12345678',
  session: 'test',
  timestamp: '2016-01-01 12:00:00',
  format: 'json',
  v: '2.0',
  sign_method: 'md5',
  fields: 'num_iid,title,nick,price,num',
  num_iid: '11223344',
};
const jushuitan = {
  app_key: 'jst-demo',
  access_token: 'tok',
  timestamp: '1795330740',
  charset: 'utf-8',
  version: '2',
  biz: '{"page_index":1,"shop_id":1,"modified_begin":"2026-11-22 00:00:00"}',
};
const guanjiapo = {
  appkey: '681063',
  method: 'zyx.selfbuiltmall.uploadsaleorders',
  orders: '[{"tradeid":"1","total":12.3}]',
  shopkey: 'k1',
  timestamp: '2026-11-22 14:59:00',
  token: 't0k3n',
};

describe('names and values that run together', () => {
  const params = (from: 'prefix' | 'suffix' | 'both') => ({
    algorithm: 'md5',
    pair: 'kv',
    secret: from,
    from: 'form',
    signature: { header: 'x-sign' },
  });

  test.each([
    ['淘宝', top],
    ['淘宝商品', topItems],
    ['聚水潭', jushuitan],
    ['管家婆', guanjiapo],
  ])('%s: the pairs as they were signed are believed, and no others of the same text', async (_, fields) => {
    const pairs = sortedPairs(fields);
    const text = pairs.flat().join('');
    const headers = { 'x-sign': hash('md5', `top-secret${text}`) };
    expect(await verify('kv-digest', { headers, body: formOf(pairs) }, params('prefix'))).toEqual({
      ok: true,
      trust: 'weak',
      fields: new Map(pairs),
    });
    let tried = 0;
    for (const split of splitsOf(pairs)) {
      if (!isSorted(split)) continue;
      expect(split.flat().join('')).toBe(text);
      const verification = await verify('kv-digest', { headers, body: formOf(split) }, params('prefix'));
      expect(verification.ok, formOf(split)).toBe(false);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(50);
  });

  test('美团: no other split of an order is believed', async () => {
    const pairs = sortedPairs(meituan);
    const sign = hash('sha1', `top-secret${pairs.flat().join('')}`);
    for (const split of splitsOf(pairs)) {
      if (!isSorted(split) || split.some(([name]) => name === '' || name === 'sign')) continue;
      const verification = await verify('meituan-sha1', { body: `${formOf(split)}&sign=${sign}` });
      expect(verification, formOf(split)).toEqual({ ok: false, reason: 'fields' });
    }
  });

  test('a source that lists its fields needs no known names, and takes exactly those', async () => {
    const fields = { xs1dh: 'XS-1', je: '12.30' };
    const listed = { ...params('suffix'), fields: { required: { xs1dh: 'word', je: 'decimal' } } };
    const given = (pairs: readonly Pair[]) => ({
      headers: { 'x-sign': hash('md5', 'je12.30xs1dhXS-1top-secret') },
      body: formOf(pairs),
    });
    expect(await verify('kv-digest', given(sortedPairs(fields)), listed)).toMatchObject({ ok: true, trust: 'signed' });
    expect(await verify('kv-digest', given([['je', '12.30xs1dhXS-1']]), listed)).toEqual({ ok: false, reason: 'fields' });
    expect(await verify('kv-digest', given(sortedPairs(fields)), params('suffix'))).toEqual({
      ok: false,
      reason: 'ambiguous',
    });
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
    expect(await verify('kv-digest', given, params)).toEqual({ ok: false, reason: 'content' });
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
    expect(await verifyRequest({ scheme: 'kv-body-sha1-md5' }, given, [secret], now)).toMatchObject({ text: squeezed });
  });

  test('饿了么: a field beside the seven is refused', async () => {
    const signed = 'appId=1message={}requestId=r1shopId=2timestamp=3type=10userId=411391574328270001top-secret';
    const body = (more: string) =>
      `{"appId":1,"message":"{}","requestId":"r1","shopId":2,"timestamp":3,"type":10,` +
      `"userId":411391574328270001,"signature":"${hash('md5', signed)}"${more}}`;
    expect(await verify('eleme', { body: body('') })).toMatchObject({ ok: true, trust: 'signed' });
    expect((await verify('eleme', { body: body(',"refund":{"all":true}') })).ok).toBe(false);
    expect((await verify('eleme', { body: body(',"vip":""') })).ok).toBe(false);
  });
});
