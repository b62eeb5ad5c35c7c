/** 通用拉取: lists of any system, by page or by cursor, signed in the two usual ways, understood by the source's own adapter. */
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Source } from '../../../schema/index.ts';
import { sale } from '../../support/builders.ts';
import { inboxRows } from '../../support/shop.ts';
import { minuteMs, pollBench } from './poll-support.ts';

const listSource = (poll: Record<string, unknown>): Source => ({
  id: 'erp',
  name: '总部',
  adapter: 'generic',
  namespace: 'erp',
  secrets: [{ secret: 'a-secret', validTo: null }],
  config: { poll: { kind: 'http', url: 'https://erp.example.com.cn/orders', ...poll } },
  createdAt: 0,
});

const orders = (from: number, count: number): string =>
  Array.from({ length: count }, (_, place) => JSON.stringify(sale({ orderNo: `T${from + place}` }))).join();

test('a list by page is read to its end, each record as if it had been pushed', async () => {
  const asked: string[] = [];
  const bench = await pollBench(
    async (request) => {
      const url = new URL(request.url);
      asked.push(url.search);
      const page = Number(url.searchParams.get('p'));
      return new Response(`{"code":0,"data":{"list":[${orders(page * 10, page === 3 ? 1 : 2)}]}}`);
    },
    listSource({
      fields: { p: '{page}', n: '{size}', from: '{from}', to: '{to}' },
      pageSize: 2,
      records: 'data.list',
      success: { at: 'code', is: ['0'] },
    }),
  );
  await bench.tick();
  expect(asked).toEqual(
    [1, 2, 3].map((page) => `?p=${page}&n=2&from=2026-11-22+15%3A00%3A00&to=2026-11-22+15%3A00%3A00`),
  );
  expect(bench.senderIds()).toEqual(['T10-1', 'T11-1', 'T20-1', 'T21-1', 'T30-1']);
});

test('a list by cursor ends where no cursor is given; the cursor travels as it came', async () => {
  const cursors: (string | null)[] = [];
  const answers = [
    `{"items":[${orders(1, 1)}],"next":9007199254740993}`,
    `{"items":[${orders(2, 1)}],"next":null}`,
  ];
  const bench = await pollBench(
    async (request) => {
      cursors.push(new URL(request.url).searchParams.get('after'));
      return new Response(answers.shift());
    },
    listSource({ fields: { after: '{cursor}' }, paging: { by: 'cursor', at: 'next' }, records: 'items' }),
  );
  await bench.tick();
  expect(cursors).toEqual(['', '9007199254740993']);
  expect(bench.senderIds()).toEqual(['T1-1', 'T2-1']);
});

test('a record that says it was read from a file is no file: it is kept and shown, and brings nothing', async () => {
  const forged = JSON.stringify({ ...sale({ orderNo: 'T9' }), fromFile: true });
  const bench = await pollBench(
    async () => new Response(`[${orders(1, 1)},${forged}]`),
    listSource({ paging: { by: 'none' } }),
  );
  await bench.tick();
  expect(inboxRows(bench.db).map(({ senderId, type }) => [senderId, type])).toEqual([
    ['T1-1', 'sale.completed'],
    ['T9-1', 'unreadable'],
  ]);
});

test('sorted fields and the secret are digested as 中式签名 wants it', async () => {
  let form = new URLSearchParams();
  const bench = await pollBench(
    async (request) => {
      form = new URLSearchParams(await request.text());
      return new Response('[]');
    },
    listSource({
      method: 'POST',
      encoding: 'form',
      fields: { timestamp: '{seconds}', appKey: 'K', empty: '', page: '{page}' },
      sign: { kind: 'kv' },
    }),
  );
  await bench.tick();
  const seconds = bench.clock.now / 1000;
  const expected = createHash('md5')
    .update(`appKey=K&page=1&timestamp=${seconds}&key=a-secret`)
    .digest('hex')
    .toUpperCase();
  expect(form.get('sign')).toBe(expected);
});

test('the body is signed with an HMAC, and a value that looks like a template stays what it is', async () => {
  let seen = { body: '', signature: '' };
  const bench = await pollBench(
    async (request) => {
      seen = { body: await request.text(), signature: request.headers.get('x-signature') ?? '' };
      return new Response('[]');
    },
    listSource({
      method: 'POST',
      fields: { shop: '{shop}', size: 5 },
      sign: { kind: 'hmac', encoding: 'base64' },
    }),
  );
  await bench.tick();
  expect(seen.body).toBe('{"shop":"{shop}","size":5}');
  const expected = createHmac('sha256', 'a-secret')
    .update(`${bench.clock.now}.${seen.body}`)
    .digest('base64');
  expect(seen.signature).toBe(expected);
});

test('a record that cannot be taken apart is kept to be shown, and the others go on', async () => {
  const bench = await pollBench(async () => new Response(`[${orders(1, 1)},{"number":17}]`), listSource({}));
  await bench.tick();
  expect(inboxRows(bench.db).map(({ senderId, body }) => [senderId, body.length > 20])).toEqual([
    ['T1-1', true],
    ['unreadable', false],
  ]);
});

test('an error that came with HTTP 200 is an error, and shown', async () => {
  const bench = await pollBench(
    async () => new Response('{"code":40001,"data":[]}'),
    listSource({ success: { at: 'code', is: ['0'] }, records: 'data' }),
  );
  await bench.tick();
  expect(bench.state()).toMatchObject({ failures: 1, lastError: 'it answered code 40001' });
});

test('a system that gives the same page for ever is noticed', async () => {
  const bench = await pollBench(
    async () => new Response(`{"items":[${orders(1, 1)}],"next":"same"}`),
    listSource({ paging: { by: 'cursor', at: 'next' }, records: 'items' }),
  );
  await bench.tick();
  bench.clock.now += minuteMs;
  await bench.tick();
  expect(bench.state().lastError).toBe('its next page is the same page');
  expect(bench.senderIds()).toEqual(['T1-1']);
});
