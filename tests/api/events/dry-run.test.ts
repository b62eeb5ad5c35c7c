/** 试运行: stored events are read by settings that are not saved yet, and nothing comes of it. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { inboxRows, rowCounts, saleRows } from '../../support/shop.ts';
import { items, openOffice, type Json, type Office } from '../support.ts';

const secret = 'the-dealers-own-secret';
const receipt = (number: string, paid: string) =>
  JSON.stringify({ dh: number, sj: '2026-11-22 14:00:00', kh: 'VIP7', phone: '13912345487', ss: paid });

const amount = (path: string) => ({ path, as: 'yuan', required: true });
const spec = (paid: string) => ({
  events: [
    {
      type: 'sale.completed',
      id: { path: 'dh', as: 'id' },
      occurredAt: { path: 'sj', as: 'datetime' },
      data: {
        object: {
          orderNo: { path: 'dh', as: 'id' },
          store: { object: { id: { const: '8005' } } },
          member: { object: { cardNo: { path: 'kh' }, phone: { path: 'phone', as: 'phone' } } },
          lines: {
            each: '.',
            map: { object: { sku: { const: 'any' }, quantity: { const: '1' }, amountFen: amount(paid) } },
          },
          amounts: { object: { paidFen: amount(paid) } },
        },
      },
    },
  ],
});
const expected = {
  type: 'sale.completed',
  occurredAt: '2026-11-22T14:00:00+08:00',
  data: {
    orderNo: 'A1',
    store: { id: '8005' },
    member: { cardNo: 'VIP7', phone: '13912345487' },
    lines: [{ sku: 'any', quantity: '1', amountFen: 9900 }],
    amounts: { paidFen: 9900 },
  },
};
const verifier = { scheme: 'md5-body-suffix' };
const config = (paid: string, version = 1) => ({
  verifier,
  mapping: { version, spec: spec(paid), samples: [{ body: receipt('A1', '99.00'), expected }] },
});

async function register({ admin }: Office, settings: object) {
  const body = { name: '收银', adapter: 'mapping', secret, config: settings };
  expect([200, 201]).toContain((await admin('PUT', '/sources/shop', { body })).status);
}

async function send({ shop }: Office, text: string) {
  const sign = createHash('md5')
    .update(text + secret)
    .digest('hex');
  const request = new Request('https://huike.example/hooks/erp/shop', {
    method: 'POST',
    headers: { 'x-sign': sign },
    body: text,
  });
  expect((await receiveErp(shop.receiver, request, 'shop')).status).toBe(200);
  await shop.work();
}

const dryRun = ({ admin }: Office, body: object) =>
  admin('POST', '/labs/dry-run', { body: { source: 'shop', ...body } });

test('before there is a mapping, what a till sends is parked and shown; the dry run reads it by one, and stores nothing', async () => {
  const office = await openOffice();
  await register(office, { verifier });
  await send(office, receipt('A1', '99.00'));
  await send(office, receipt('A2', 'free'));
  expect(inboxRows(office.shop.db)).toMatchObject([
    { type: 'mapping.unmapped', state: 'parked', note: { code: 'MAPPING_MISSING' } },
    { state: 'parked' },
  ]);
  const [shown] = items(await office.admin('GET', '/events?state=parked&source=shop'));
  const event = (await office.admin('GET', `/events/${String(shown?.['id'])}`)).json;
  expect(event['why']).toBe('字段映射还没有覆盖这种数据；补好映射后点“重放”。');
  expect(String(event['body'])).toContain('139****5487');

  const before = rowCounts(office.shop.db);
  const { json } = await dryRun(office, { config: config('ss') });
  expect(json).toMatchObject({ read: 2, events: 1, ignored: 0, parked: 1 });
  expect(json['items']).toMatchObject([
    { state: 'parked', outcome: 'parked', why: expect.stringContaining('（ss：'), canonical: null },
    {
      state: 'parked',
      outcome: 'event',
      why: null,
      canonical: {
        type: 'sale.completed',
        data: { member: { phone: '139****5487' }, amounts: { paidFen: 9900 } },
      },
    },
  ]);
  expect(rowCounts(office.shop.db)).toEqual(before);
  expect(inboxRows(office.shop.db).map(({ state }) => state)).toEqual(['parked', 'parked']);
});

test('once the mapping is saved, what was parked is replayed and becomes a sale, once', async () => {
  const office = await openOffice();
  await register(office, { verifier });
  await send(office, receipt('A1', '99.00'));
  await register(office, config('ss'));
  const [row] = inboxRows(office.shop.db);
  const replayed = await office.admin('POST', `/events/${row?.id}/replay`);
  expect(replayed.json['canonical']).toMatchObject({ type: 'sale.completed' });
  await office.shop.work();
  expect(saleRows(office.shop.db)).toMatchObject([{ id: 'shop:A1', paidFen: 9900 }]);
  // The till sends it once more: another document under its own number, and the same sale.
  await send(office, receipt('A1', '99.00'));
  expect(saleRows(office.shop.db)).toHaveLength(1);
  expect(inboxRows(office.shop.db).map(({ state }) => state)).toEqual(['done', 'ignored']);
});

test('a mapping that was wrong is mended, tried on what it parked, saved and replayed', async () => {
  const office = await openOffice();
  await register(office, config('ss'));
  const renamed = receipt('A9', '12.50').replace('"ss"', '"shishou"');
  await send(office, renamed);
  expect(inboxRows(office.shop.db)).toMatchObject([
    { state: 'parked', note: { code: 'UNREADABLE', faults: [{ field: 'ss' }] } },
  ]);
  const mended = config('ss|shishou', 2);
  expect((await dryRun(office, { config: mended, state: 'parked' })).json).toMatchObject({
    events: 1,
    parked: 0,
  });
  expect((await dryRun(office, { config: config('ss|shishou', 1) })).json).toMatchObject({
    status: 422,
    field: 'config.mapping.version',
  });
  await register(office, mended);
  const [row] = inboxRows(office.shop.db);
  await office.admin('POST', `/events/${row?.id}/replay`);
  await office.shop.work();
  expect(saleRows(office.shop.db)).toMatchObject([{ id: 'shop:A9', paidFen: 1250 }]);
});

test('the dry run takes any adapter and its settings, and nothing that could not be saved', async () => {
  const office = await openOffice();
  await register(office, { verifier });
  await send(office, receipt('A1', '99.00'));
  const asStripe = await dryRun(office, { adapter: 'stripe', config: null });
  expect(asStripe.json).toMatchObject({ read: 1, ignored: 1 });
  expect((await dryRun(office, {})).json).toMatchObject({ read: 1, parked: 1 });
  const refused: [object, string][] = [
    [{ source: 'none' }, 'source'],
    [{ adapter: 'nobody' }, 'adapter'],
    [
      { config: { verifier, mapping: { version: 1, spec: spec('ss'), samples: [] } } },
      'config.mapping.samples',
    ],
    [{ limit: 51 }, 'limit'],
  ];
  for (const [body, field] of refused)
    expect((await dryRun(office, body)).json).toMatchObject({ status: 422, field });
  expect((await office.pos('POST', '/labs/dry-run', { body: { source: 'shop' } })).status).toBe(403);
  expect(((await dryRun(office, { limit: 1, state: 'done' })).json['items'] as Json[]).length).toBe(0);
});
