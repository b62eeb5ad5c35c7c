import { createHash, createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { api } from '../../../workers/api/index.ts';
import { labs } from '../../../workers/receive/labs.ts';
import { at, rfc3339 } from '../../support/builders.ts';
import { rowCounts, signedRequest, till } from '../../support/shop.ts';
import { adminToken, items, openOffice, posToken, type Json } from '../support.ts';

afterEach(() => vi.restoreAllMocks());

async function openLab() {
  const office = await openOffice();
  const { engine, clock, receiver } = office.shop;
  const app = api({
    db: engine.db,
    engine,
    doorbell: receiver.doorbell,
    jobsBell: office.shop.jobsBell,
    clock: () => clock.now,
    labs,
  });
  const ask = async (
    path: string,
    body: unknown,
    token = adminToken,
  ): Promise<{ status: number; json: Json }> => {
    const response = await app.request(`/v1/labs/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Json };
  };
  return { ...office, ask };
}

const schemes = (json: Json): Json[] => json['schemes'] as Json[];

test('a request as the till sends it names its scheme', async () => {
  const { ask } = await openLab();
  const body = '{"type":"ping","id":"p1"}';
  const request = signedRequest(body, at('2026-11-22 15:00'));
  const { json } = await ask('signature', {
    url: 'https://shop.example/hooks/erp/till',
    headers: Object.fromEntries(request.headers),
    body,
    secret: till.secrets[0]?.secret,
  });
  expect(json['matches']).toBe(1);
  expect(schemes(json)[0]).toMatchObject({ scheme: 'standard-webhooks', matches: true });
});

test('an old request is stale, unless the lab is told when it was sent', async () => {
  const { ask } = await openLab();
  const body = '{"type":"ping","id":"p1"}';
  const sentAt = '2026-11-20 15:00';
  const request = {
    url: 'https://shop.example/hooks/erp/till',
    headers: Object.fromEntries(signedRequest(body, at(sentAt)).headers),
    body,
    secret: till.secrets[0]?.secret,
  };
  const stale = schemes((await ask('signature', request)).json);
  expect(stale.find(({ scheme }) => scheme === 'standard-webhooks')).toMatchObject({
    matches: false,
    why: 'stale',
  });
  const then = schemes((await ask('signature', { ...request, at: rfc3339(sentAt) })).json);
  expect(then[0]).toMatchObject({ scheme: 'standard-webhooks', matches: true });
});

test('a digest in a header of its own is found with the settings a source would need', async () => {
  const { ask } = await openLab();
  const body = '{"orderNo":"A"}';
  const signature = createHmac('sha256', 'topsecret').update(body).digest('hex');
  const { json } = await ask('signature', {
    url: 'https://shop.example/hooks/erp/till',
    headers: { 'x-own-signature': signature },
    bodyBase64: Buffer.from(body).toString('base64'),
    secret: 'topsecret',
  });
  expect(schemes(json)[0]).toMatchObject({ scheme: 'hmac', matches: true, params: expect.anything() });
});

/** 作废 in a till's own words. */
const spec = {
  events: [
    {
      type: 'sale.voided',
      id: { path: 'no' },
      occurredAt: { path: 'time', as: 'datetime' },
      data: { object: { orderNo: { path: 'no' } } },
    },
  ],
};

test('a payload shows the canonical event that a mapping makes of it', async () => {
  const { ask } = await openLab();
  const { json } = await ask('mapping', { spec, payload: '{"no":"A7","time":"2026-11-22 14:00:00"}' });
  expect(json).toEqual({
    unreadable: null,
    decoded: '{\n  "no": "A7",\n  "time": "2026-11-22 14:00:00"\n}',
    start: '$',
    elements: null,
    events: [
      {
        outcome: 'event',
        type: 'sale.voided',
        key: 'sale.voided:A7',
        event: { type: 'sale.voided', occurredAt: '2026-11-22T14:00:00+08:00', data: { orderNo: 'A7' } },
        missing: [],
      },
    ],
  });
});

test('a form with a list inside shows what was decoded, where paths begin, and how many elements there are', async () => {
  const { ask } = await openLab();
  const orders =
    '{"orders":[{"no":"A7","time":"2026-11-22 14:00:00"},{"no":"A8","time":"2026-11-22 14:01:00"}]}';
  const packed = {
    ...spec,
    decode: [{ do: 'form' }, { do: 'json', at: 'biz' }],
    each: 'biz.orders',
  };
  const { json } = await ask('mapping', { spec: packed, payload: `biz=${encodeURIComponent(orders)}` });
  expect(json).toMatchObject({ start: '$.biz.orders[0]', elements: 2, unreadable: null });
  expect(JSON.parse(String(json['decoded']))).toEqual({ biz: JSON.parse(orders) as unknown });
  const { json: elsewhere } = await ask('mapping', {
    spec: { ...packed, each: 'biz.list' },
    payload: `biz=${encodeURIComponent(orders)}`,
  });
  expect(elsewhere).toMatchObject({ elements: null, unreadable: 'biz.list is not there', events: [] });
  expect(elsewhere['decoded']).toBe(json['decoded']);
});

test.each([
  ['member.mobile', { member: { object: { mobile: { path: 'tel' } } } }, 'member.object.mobile', '"phone"'],
  ['orderno', { orderno: { path: 'no' } }, 'orderno', '"orderNo"'],
  [
    'lines[].qty',
    { lines: { each: 'items', map: { object: { qty: { path: 'n' } } } } },
    'lines.map.object.qty',
    '"quantity"',
  ],
  ['constructor', { constructor: { path: 'no' } }, 'constructor', 'known here'],
  ['a name like none of ours', { 会员: { path: 'no' } }, '会员', 'known here: orderNo, '],
])('%s is no field of ours: the lab says so, and what may be meant', async (_, object, place, hint) => {
  const { ask } = await openLab();
  const rule = { type: 'sale.completed', id: { path: 'no' }, data: { object } };
  const { json } = await ask('mapping', { spec: { events: [rule] }, payload: '{"no":"A7"}' });
  expect(json).toMatchObject({ status: 422, field: `spec.events.0.data.object.${place}` });
  expect(String(json['detail'])).toContain(hint);
});

test('a mapping may fill the children of a member, and hears what they are called', async () => {
  const { ask } = await openLab();
  const tried = (name: string) => {
    const children = { each: 'baby', map: { object: { birthday: { path: 'day' } } } };
    const data = { object: { externalId: { path: 'no' }, [name]: children } };
    const spec = { events: [{ type: 'member.updated', id: { path: 'no' }, data }] };
    return ask('mapping', { spec, payload: '{"no":"A7","baby":[{"day":"2025-05-05"}]}' });
  };
  expect(JSON.stringify((await tried('children')).json)).not.toContain('no field of ours');
  expect(String((await tried('babies')).json['detail'])).toContain('"children"');
});

test('a secret that no source would be saved with is told in the lab, with the rule', async () => {
  const { ask } = await openLab();
  const body = '{"orderNo":"A"}';
  const trial = (secret: string) =>
    ask('signature', {
      url: 'https://shop.example/hooks/erp/till',
      headers: { 'x-own-signature': createHmac('sha256', secret).update(body).digest('hex') },
      body,
      secret,
    });
  const [short] = schemes((await trial('123456')).json);
  expect(short).toMatchObject({ matches: true, secretFault: expect.stringContaining('8 to 512 characters') });
  const [long] = schemes((await trial('topsecret')).json);
  expect(long).toMatchObject({ matches: true, secretFault: null });
});

test('what is missing of it is said in the till’s words and in ours', async () => {
  const { ask } = await openLab();
  const { json } = await ask('mapping', { spec, payload: '{"time":"yesterday"}' });
  const [event] = json['events'] as Json[];
  expect(event).toMatchObject({ outcome: 'parked', key: null });
  expect(String(event?.['missing'])).toMatch(/^id: .*,time: .*,occurredAt: .*,data: /s);
  expect((await ask('mapping', { spec, payload: 'no JSON' })).json).toMatchObject({ events: [] });
});

test('a mapping that is none says where', async () => {
  const { ask } = await openLab();
  const refused = await ask('mapping', { spec: { events: [] }, payload: '{}' });
  expect(refused.json).toMatchObject({ status: 422, field: 'spec.events' });
  const wrongKind = { events: [{ ...spec.events[0], id: { path: 'no', as: 'number' } }] };
  expect((await ask('mapping', { spec: wrongKind, payload: '{}' })).json).toMatchObject({
    field: 'spec.events.0.id.as',
  });
});

test('the labs write nothing and log nothing, whatever is put into them', async () => {
  const { ask, shop } = await openLab();
  const logged = (['info', 'warn', 'error', 'log'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  );
  const rows = rowCounts(shop.db);
  const phone = '13912345487';
  const md5 = createHash('md5').update(phone).digest('hex');
  const answers = [
    await ask('signature', {
      url: `https://x.example/?phone=${phone}`,
      headers: { sign: md5 },
      body: phone,
      secret: phone,
    }),
    await ask('mapping', { spec, payload: `{"no":"${phone}"}` }),
    await ask('mapping', { spec: { events: phone }, payload: phone }),
  ];
  expect(answers.map(({ status }) => status)).not.toContain(500);
  expect(rowCounts(shop.db)).toEqual(rows);
  expect(logged.flatMap((spy) => spy.mock.calls)).toEqual([]);
});

const tried = { url: 'https://shop.example/', secret: 's' };

test.each([
  ['signature', { ...tried, url: 'nowhere' }, 'url'],
  ['signature', { ...tried, body: 'a', bodyBase64: 'YQ==' }, 'bodyBase64'],
  ['signature', { ...tried, body: 'x'.repeat(32_001) }, 'body'],
  ['signature', { ...tried, headers: { 'a b': 'c' } }, 'headers.a b'],
  ['signature', { ...tried, headers: { a: 'line\nbreak' } }, 'headers.a'],
  ['signature', { ...tried, secret: '' }, 'secret'],
  ['mapping', { spec, payload: 'x'.repeat(100_001) }, 'payload'],
  ['mapping', { spec, payload: '{}', zone: 'Nowhere/Land' }, 'zone'],
])('%s: what is too much or no request at all is refused (%#)', async (path, body, field) => {
  const { ask } = await openLab();
  expect((await ask(path, body)).json).toMatchObject({ status: 422, field });
});

test('the labs are the office’s, and may be left out of a deployment', async () => {
  const { ask, admin } = await openLab();
  expect((await ask('signature', tried, posToken)).status).toBe(403);
  expect((await admin('POST', '/labs/signature', { body: tried })).json).toMatchObject({
    status: 503,
    code: 'no_labs',
  });
  expect(items(await admin('GET', '/alerts'))).toEqual([]);
});
