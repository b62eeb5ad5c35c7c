/** Names and values that run together: of all the ways to split one signed text, the sender's alone is believed. */
import { describe, expect, test } from 'vitest';
import { verifyRequest } from '../../../workers/receive/verify/index.ts';
import { hash, now, request } from './requests.ts';
import { meituan } from './samples-chinese.ts';

const verify = (scheme: string, given: Parameters<typeof request>[0], params?: unknown) =>
  verifyRequest({ scheme, params }, request(given), ['top-secret'], now);

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
      yield moved.flatMap((name, index) =>
        index % 2 === 0 ? [[name, moved[index + 1] ?? ''] as const] : [],
      );
    }
  }
  // One pair swallowed by the value before it.
  for (let place = 1; place < pairs.length; place += 1) {
    const [name, value] = pairs[place - 1] ?? ['', ''];
    yield [
      ...pairs.slice(0, place - 1),
      [name, value + (pairs[place]?.join('') ?? '')],
      ...pairs.slice(place + 1),
    ];
  }
}

const isSorted = (pairs: readonly Pair[]): boolean =>
  pairs.every(([name], place) => place === 0 || (pairs[place - 1]?.[0] ?? '') < name);

const formOf = (pairs: readonly Pair[]): string =>
  new URLSearchParams(pairs.map(([...pair]) => pair)).toString();

const sortedPairs = (fields: Record<string, string>): Pair[] =>
  Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1));

const top = {
  app_key: '123456',
  access_token: 'test',
  timestamp: '1517820392000',
  sign_method: 'sha256',
  order_id: '1234',
};
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
    expect(await verify('kv-digest', given(sortedPairs(fields)), listed)).toMatchObject({
      ok: true,
      trust: 'signed',
    });
    expect(await verify('kv-digest', given([['je', '12.30xs1dhXS-1']]), listed)).toEqual({
      ok: false,
      reason: 'fields',
    });
    expect(await verify('kv-digest', given(sortedPairs(fields)), params('suffix'))).toEqual({
      ok: false,
      reason: 'ambiguous',
    });
  });
});
