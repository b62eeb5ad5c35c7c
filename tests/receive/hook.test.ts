/** 接收销售: what each kind of request is answered, and what it leaves behind (contract.md "Answers"). */
import { describe, expect, test } from 'vitest';
import { receiveErp } from '../../workers/receive/hook.ts';
import { processPending } from '../../workers/engine/process.ts';
import { line, sale } from '../support/builders.ts';
import { soldLines } from '../support/grants.ts';
import {
  inboxRows,
  ledgerRows,
  memberRows,
  openShop,
  rowCounts,
  signedRequest,
  till,
  type Shop,
} from '../support/shop.ts';

const body = JSON.stringify(sale());

async function send(
  shop: Shop,
  request: Request,
  source = 'till',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await receiveErp(shop.receiver, request, source);
  expect(response.headers.get('content-type')).toMatch(
    response.ok ? 'application/json' : 'application/problem+json; charset=utf-8',
  );
  // Every answer is a JSON object: an acknowledgement or a problem.
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function warmShop(): Promise<Shop> {
  const shop = await openShop();
  await shop.receiver.sources.get('till', shop.clock.now);
  return shop;
}

const sign = (shop: Shop, text: string | Uint8Array<ArrayBuffer>, signing = {}): Request =>
  signedRequest(text, shop.clock.now, signing);

describe('a signed sale', () => {
  test('is answered 202 with our id, stored once, and the doorbell rings', async () => {
    const shop = await warmShop();
    const answer = await send(shop, sign(shop, body));
    const [row] = inboxRows(shop.db);
    expect(answer).toEqual({ status: 202, body: { ok: true, eventId: row?.id, duplicate: false } });
    expect(row).toEqual({
      seq: 1,
      id: expect.stringMatching(/^ev_[0-9a-z]{40}$/),
      sourceId: 'till',
      senderId: '8005-372-1',
      revision: 1,
      type: 'sale.completed',
      state: 'received',
      receivedAt: shop.clock.now,
      body,
      attempts: 0,
      waitsFor: null,
      note: null,
      outcome: null,
      memberId: null,
      decidedAt: null,
      trust: 'signed',
      subject: null,
    });
    expect(shop.bells).toEqual([{}]);
  });

  test('sent a second time is answered 200 as a duplicate, with the same id, and stored no second time', async () => {
    const shop = await warmShop();
    const first = await send(shop, sign(shop, body));
    const second = await send(shop, sign(shop, body, { id: 'msg_2' }));
    expect(second).toEqual({ status: 200, body: { ...first.body, duplicate: true } });
    expect(inboxRows(shop.db)).toHaveLength(1);
    expect(shop.bells).toEqual([{}]);
  });

  test('sent 30 times at once is new once and a duplicate 29 times', async () => {
    const shop = await warmShop();
    const answers = await Promise.all(Array.from({ length: 30 }, () => send(shop, sign(shop, body))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 29 }, () => 200),
      202,
    ]);
    expect(inboxRows(shop.db)).toHaveLength(1);
  });

  test('under the same id with another body is kept as a second revision', async () => {
    const shop = await warmShop();
    await send(shop, sign(shop, body));
    const answer = await send(
      shop,
      sign(shop, JSON.stringify(sale({ id: '8005-372-1', orderNo: '8005-373' }))),
    );
    expect([answer.status, answer.body['duplicate']]).toEqual([202, false]);
    expect(inboxRows(shop.db).map(({ senderId, revision }) => [senderId, revision])).toEqual([
      ['8005-372-1', 1],
      ['8005-372-1', 2],
    ]);
  });

  test('twice in one batch with two bodies under one id is two revisions', async () => {
    const shop = await warmShop();
    const events = ['1', '2'].map((orderNo) => sale({ id: 'same', orderNo }));
    await send(shop, sign(shop, JSON.stringify({ events })));
    expect(inboxRows(shop.db).map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test('with other content under the same order and version is parked, shown, and changes no points', async () => {
    const shop = await warmShop();
    await shop.tell(sale());
    await shop.tell(sale({ id: 'again', lines: [line({ amountFen: 99_900 })] }));
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['parked', { code: 'SALE_CHANGED', orderNo: '8005-372', version: '1' }],
    ]);
    expect(ledgerRows(shop.db).map(({ account, delta }) => [account, delta])).toEqual([
      ['growth', 100],
      ['points', 100],
    ]);
  });

  test('that is a test is stored and never processed', async () => {
    const shop = await warmShop();
    await shop.tell({ ...sale(), test: true });
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['ignored', { code: 'TEST' }],
    ]);
    expect(memberRows(shop.db)).toEqual([]);
  });

  test('costs one round trip, and a forged one none, once the source is known', async () => {
    const shop = await warmShop();
    const before = shop.db.counts.batches;
    await send(shop, sign(shop, body));
    expect(shop.db.counts.batches - before).toBe(1);
    for (const headers of [
      { 'webhook-signature': 'v1,AAAA' },
      { 'webhook-timestamp': '1' },
      { 'webhook-id': null },
    ]) {
      expect((await send(shop, sign(shop, body, { headers }))).status).toBe(401);
    }
    expect(shop.db.counts.batches - before).toBe(1);
  });

  test('may be signed with the secret that is being rotated out, until its time is over', async () => {
    const shop = await openShop();
    const old = {
      secret: `whsec_${Buffer.from('the secret of last year, 24 b').toString('base64')}`,
      validTo: shop.clock.now + 60_000,
    };
    shop.db.all(`UPDATE sources SET secrets = ?`, JSON.stringify([...till.secrets, old]));
    expect((await send(shop, sign(shop, body, { secret: old.secret }))).status).toBe(202);
    expect((await send(shop, sign(shop, body))).status).toBe(200);
    shop.clock.now += 60_000;
    expect((await send(shop, sign(shop, body, { secret: old.secret }))).status).toBe(401);
  });
});

describe('a request that is refused leaves nothing behind', () => {
  const deep = `{"id":"a","type":"ping","data":${'['.repeat(40)}${']'.repeat(40)}}`;
  const pings = (count: number) =>
    JSON.stringify({
      events: Array.from({ length: count }, (_, index) => ({ id: `p${String(index)}`, type: 'ping' })),
    });
  const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]);

  test.each<[string, (shop: Shop) => Request, number, Record<string, unknown>]>([
    [
      'without a signature',
      (shop) => sign(shop, body, { headers: { 'webhook-signature': null } }),
      401,
      { code: 'bad_signature' },
    ],
    [
      'without a timestamp',
      (shop) => sign(shop, body, { headers: { 'webhook-timestamp': null } }),
      401,
      { code: 'bad_signature' },
    ],
    [
      'signed with another secret',
      (shop) => sign(shop, body, { secret: 'whsec_c2VjcmV0' }),
      401,
      { code: 'bad_signature' },
    ],
    [
      'signed for another id',
      (shop) => sign(shop, body, { headers: { 'webhook-id': 'msg_9' } }),
      401,
      { code: 'bad_signature' },
    ],
    [
      'signed 301 seconds ago',
      (shop) => sign(shop, body, { timestamp: Math.floor(shop.clock.now / 1000) - 301 }),
      401,
      { code: 'stale_timestamp' },
    ],
    [
      'signed 301 seconds ahead',
      (shop) => sign(shop, body, { timestamp: Math.floor(shop.clock.now / 1000) + 301 }),
      401,
      { code: 'stale_timestamp' },
    ],
    [
      'with letters after the timestamp',
      (shop) => sign(shop, body, { timestamp: `${String(Math.floor(shop.clock.now / 1000))}x` }),
      401,
      { code: 'bad_signature' },
    ],
    [
      'with a signature of another scheme',
      (shop) => sign(shop, body, { headers: { 'webhook-signature': 'v1a,AAAA' } }),
      401,
      { code: 'bad_signature' },
    ],
    ['that is empty', (shop) => sign(shop, ''), 400, { code: 'malformed' }],
    ['that is not JSON', (shop) => sign(shop, '<xml/>'), 400, { code: 'malformed' }],
    ['that is cut off', (shop) => sign(shop, body.slice(0, -1)), 400, { code: 'malformed' }],
    ['that is not UTF-8', (shop) => sign(shop, utf16), 400, { code: 'malformed' }],
    ['that is a list', (shop) => sign(shop, `[${body}]`), 400, { code: 'malformed' }],
    ['that is a number', (shop) => sign(shop, '42'), 400, { code: 'malformed' }],
    ['that is null', (shop) => sign(shop, 'null'), 400, { code: 'malformed' }],
    ['nested 40 deep', (shop) => sign(shop, deep), 400, { code: 'malformed' }],
    [
      'with a key twice',
      (shop) => sign(shop, '{"id":"a","type":"ping","type":"sale.completed"}'),
      400,
      { code: 'malformed', field: 'type' },
    ],
    [
      'with a key twice, once in disguise',
      (shop) => sign(shop, '{"id":"a","type":"ping","typ\\u0065":"x"}'),
      400,
      { code: 'malformed', field: 'type' },
    ],
    [
      'with a key twice far inside',
      (shop) => sign(shop, '{"id":"a","type":"ping","data":{"a":[{"x":1,"x":2}]}}'),
      400,
      { code: 'malformed', field: 'x' },
    ],
    ['without an id', (shop) => sign(shop, '{"type":"ping"}'), 400, { code: 'malformed', field: 'id' }],
    [
      'whose id is a number',
      (shop) => sign(shop, '{"id":7,"type":"ping"}'),
      400,
      { code: 'malformed', field: 'id' },
    ],
    [
      'whose id is blank',
      (shop) => sign(shop, '{"id":"  ","type":"ping"}'),
      400,
      { code: 'malformed', field: 'id' },
    ],
    [
      'whose id has 129 characters',
      (shop) => sign(shop, JSON.stringify({ id: 'x'.repeat(129), type: 'ping' })),
      400,
      { code: 'malformed', field: 'id' },
    ],
    [
      'whose id holds a control character',
      (shop) => sign(shop, '{"id":"a\\u0000b","type":"ping"}'),
      400,
      { code: 'malformed', field: 'id' },
    ],
    ['without a type', (shop) => sign(shop, '{"id":"a"}'), 400, { code: 'malformed', field: 'type' }],
    [
      'whose type is written in capitals',
      (shop) => sign(shop, '{"id":"a","type":"Sale Completed"}'),
      400,
      { code: 'malformed', field: 'type' },
    ],
    [
      'with an empty batch',
      (shop) => sign(shop, '{"events":[]}'),
      400,
      { code: 'malformed', field: 'events' },
    ],
    [
      'whose events are no list',
      (shop) => sign(shop, '{"events":{}}'),
      400,
      { code: 'malformed', field: 'events' },
    ],
    [
      'whose batch holds a number',
      (shop) => sign(shop, '{"events":[{"id":"a","type":"ping"},7]}'),
      400,
      { code: 'malformed', field: 'events' },
    ],
    [
      'whose second event has no id',
      (shop) => sign(shop, '{"events":[{"id":"a","type":"ping"},{"type":"ping"}]}'),
      400,
      { code: 'malformed', field: 'events[1].id' },
    ],
    ['of 501 events', (shop) => sign(shop, pings(501)), 413, { code: 'too_large', field: 'events' }],
    [
      'of more than a megabyte',
      (shop) => sign(shop, JSON.stringify({ id: 'a', type: 'ping', data: 'x'.repeat(1_000_000) })),
      413,
      { code: 'too_large' },
    ],
  ])('%s', async (_, make, status, problem) => {
    const shop = await warmShop();
    const before = rowCounts(shop.db);
    const answer = await send(shop, make(shop));
    expect({ status: answer.status, code: answer.body['code'], field: answer.body['field'] }).toEqual({
      status,
      field: undefined,
      ...problem,
    });
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail: expect.stringMatching(/.{10,}/),
      ...problem,
    });
    expect(rowCounts(shop.db)).toEqual(before);
    expect(shop.bells).toEqual([]);
  });

  test('to a source nobody set up: 404', async () => {
    const shop = await warmShop();
    const before = rowCounts(shop.db);
    expect((await send(shop, sign(shop, body), 'nobody')).status).toBe(404);
    expect(rowCounts(shop.db)).toEqual(before);
  });

  test('of more than a megabyte whose length was not declared: 413, and it is not read to its end', async () => {
    const shop = await warmShop();
    let sent = 0;
    const stream = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(100_000));
        if (sent === 1_000) controller.close();
      },
    });
    // Node takes a stream as a body only with a word about its direction.
    const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
    const answer = await send(shop, new Request('https://shop.example/hooks/erp/till', init));
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(20);
  });
});

describe('a batch', () => {
  test('of 500 events is stored in one round trip and answered event by event', async () => {
    const shop = await warmShop();
    const before = shop.db.counts.batches;
    const events = Array.from({ length: 500 }, (_, index) => ({ id: `p${String(index)}`, type: 'ping' }));
    const answer = await send(
      shop,
      sign(shop, JSON.stringify({ events: [...events.slice(0, 499), events[0]] })),
    );
    expect(shop.db.counts.batches - before).toBe(1);
    expect(answer.status).toBe(202);
    const told = answer.body['events'] as { id: string; eventId: string; duplicate: boolean }[];
    expect(told.map(({ id, duplicate }) => [id, duplicate])).toEqual([
      ...events.slice(0, 499).map(({ id }) => [id, false]),
      ['p0', true],
    ]);
    expect(inboxRows(shop.db)).toHaveLength(499);
  });

  test('keeps each event exactly as it was written, spaces, escapes and number formats included', async () => {
    const shop = await warmShop();
    const events = [
      '{ "id":"1","type":"ping", "data":{"a":"}],[{\\"","n":1.10,"big":12345678901234567890} }',
      '{"id":"2","type":"ping","data":[[],{}]}',
    ];
    await send(shop, sign(shop, `{"note":["events"],\n "events" : [ ${events.join(' , ')} ], "more":[{}]}`));
    expect(inboxRows(shop.db).map(({ body: text }) => text)).toEqual(events);
  });

  test('with one event whose content is wrong is taken whole: that one is parked with the field, the others count', async () => {
    const shop = await warmShop();
    const wrong = { ...sale({ orderNo: '2' }), data: { ...sale({ orderNo: '2' }).data, lines: [] } };
    await shop.tell(sale({ orderNo: '1' }), wrong, sale({ orderNo: '3' }));
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'parked', 'done']);
    expect(inboxRows(shop.db)[1]?.note).toMatchObject({ faults: [{ field: 'data.lines' }] });
  });
});

describe('content that is wrong is acknowledged, parked with the field, and shown', () => {
  const changed = (change: (data: Record<string, unknown>) => void): object => {
    // A sale is a plain object: the copy may be spoilt.
    const copy = structuredClone(sale()) as unknown as { data: Record<string, unknown> };
    change(copy.data);
    return copy;
  };
  const firstLine = (given: Record<string, unknown>) =>
    changed((data) => (data['lines'] = [{ ...line(), ...given }]));

  test.each<[string, object, string]>([
    ['an amount of half a fen', firstLine({ amountFen: 0.5 }), 'data.lines.0.amountFen'],
    ['an amount in words', firstLine({ amountFen: '100' }), 'data.lines.0.amountFen'],
    ['an amount below zero', firstLine({ amountFen: -1 }), 'data.lines.0.amountFen'],
    ['an amount of 10^300', firstLine({ amountFen: 1e300 }), 'data.lines.0.amountFen'],
    ['a quantity as a number', firstLine({ quantity: 2 }), 'data.lines.0.quantity'],
    ['a quantity with four places', firstLine({ quantity: '0.5155' }), 'data.lines.0.quantity'],
    ['a quantity in scientific notation', firstLine({ quantity: '1e3' }), 'data.lines.0.quantity'],
    ['a line of an unknown kind', firstLine({ kind: 'free' }), 'data.lines.0.kind'],
    ['no product number', firstLine({ sku: ' ' }), 'data.lines.0.sku'],
    ['no lines', changed((data) => (data['lines'] = [])), 'data.lines'],
    [
      '501 lines',
      changed((data) => (data['lines'] = Array.from({ length: 501 }, () => line()))),
      'data.lines',
    ],
    ['no store', changed((data) => delete data['store']), 'data.store'],
    ['no order number', changed((data) => delete data['orderNo']), 'data.orderNo'],
    ['a local time without its offset', { ...sale(), occurredAt: '2026-11-22T14:59:00' }, 'occurredAt'],
    ['a day that does not exist', { ...sale(), occurredAt: '2026-02-30T14:59:00+08:00' }, 'occurredAt'],
    ['a line break in the product number', firstLine({ sku: 'a\nb' }), 'data.lines.0.sku'],
    [
      'half a character in the order number',
      changed((data) => (data['orderNo'] = 'A\ud800')),
      'data.orderNo',
    ],
  ])('%s', async (_, event, field) => {
    const shop = await openShop();
    const answer = await shop.post(event);
    expect(answer.status).toBe(202);
    expect(await processPending(shop.engine, 10, shop.clock.now)).toBe(1);
    expect(inboxRows(shop.db)).toMatchObject([
      { state: 'parked', note: { code: 'UNREADABLE', faults: [{ field }] } },
    ]);
    expect(ledgerRows(shop.db)).toEqual([]);
  });

  test('two lines with one number are parked with the number', async () => {
    const shop = await openShop();
    await shop.tell(changed((data) => (data['lines'] = [line({ lineNo: '1' }), line({ lineNo: '1' })])));
    expect(inboxRows(shop.db)).toMatchObject([
      { state: 'parked', note: { code: 'LINE_REPEATED', lineNo: '1' } },
    ]);
    expect(ledgerRows(shop.db)).toEqual([]);
  });

  test('a type we do not know is kept and ignored, so that a new one of the sender’s loses nothing', async () => {
    const shop = await openShop();
    await shop.tell({
      id: 'x',
      type: 'stocktake.finished',
      occurredAt: '2026-11-22T10:00:00+08:00',
      data: {},
    });
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['ignored', { code: 'NOT_ACTED_ON', type: 'stocktake.finished' }],
    ]);
  });

  test('a name with a line break or half a character in it is smoothed over, and the sale counts', async () => {
    const shop = await openShop();
    await shop.tell(
      sale({ member: { externalId: 'M1', name: ' 李\n明\u0000 ' }, lines: [line({ name: '奶粉\ud83d' })] }),
    );
    expect(memberRows(shop.db).map(({ name }) => name)).toEqual(['李 明']);
    expect(shop.db.all(`WITH ${soldLines} SELECT name FROM sold_lines`)).toEqual([{ name: '奶粉\ufffd' }]);
  });

  test('fields we do not know are let through', async () => {
    const shop = await openShop();
    await shop.tell(changed((data) => Object.assign(data, { newField: { any: 'thing' } })));
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done']);
  });
});
