/**
 * The traps that tills set, by their number in the facts about ERPs, one test each at least. The others are where their subject is:
 * D-30 in schedule/poll.test.ts, D-36 in receive/verify/lab.test.ts, D-40 in api/till-look-up.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { processPending } from '../../../workers/engine/process.ts';
import { toFen, fenOfYuan } from '../../../workers/receive/mapping/values/convert.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { normaliseRows } from '../../../workers/receive/normalise.ts';
import { parseXml } from '../../../workers/receive/lossless/xml.ts';
import { origin, requestOf, rowOf, sourceOf, type Fixture } from '../../support/erp/fixtures.ts';
import { soldLines } from '../../support/grants.ts';
import { changed, fixture, now, shopOf, tell, understood } from '../../support/erp/tell.ts';
import { events } from '../../support/inbox.ts';

const data = (of: object): unknown => ({
  event: expect.objectContaining({ data: expect.objectContaining(of) }),
});

test('D-01: JSON inside a form field is opened, whether a blank came as + or as %20', async () => {
  const form = fixture('jst', 'refund');
  expect(form.text).toContain('+');
  const [plus, percent] = await Promise.all([understood(form), understood(changed(form, ['+', '%20']))]);
  expect(plus).toEqual(data({ lines: [expect.objectContaining({ name: 'T恤 白 M' })] }));
  expect(percent).toEqual(plus);
});

test('D-02: a JSON text inside JSON is opened, up to three times over', async () => {
  const single = fixture('youzan', 'sale');
  const message = /"msg":"([^"]*)"/.exec(single.text)?.[1] ?? '';
  const twice = encodeURIComponent(JSON.stringify(decodeURIComponent(message)));
  const expected = await understood(single);
  expect(await understood(changed(single, [message, twice]))).toEqual(expected);
  expect(expected).toEqual(data({ orderNo: 'E20261122145900000000001' }));
});

test('D-03: msg is text in one event and an object in the next', async () => {
  expect(fixture('youzan', 'sale').text).toContain('"msg":"%7B');
  expect(fixture('youzan', 'refund').text).toContain('"msg":{');
  expect(await understood(fixture('youzan', 'refund'))).toEqual(data({ refundNo: '202611231000000001' }));
});

test('D-04: a body in GBK is verified as it came and read as it was meant', async () => {
  const gbk = Buffer.from('eyK1pbrFIjoiWFMtMSIsIsPFteoiOiLEz76pwre16iIsIr3wtu4iOiIxMi4zMCJ9', 'base64');
  const path = (name: string, as: string) => ({ path: name, as });
  const config = {
    verifier: { scheme: 'md5-body-suffix' },
    mapping: {
      version: 1,
      spec: {
        events: [
          {
            type: 'sale.completed',
            id: path('单号', 'id'),
            occurredAt: { const: '2026-11-22T14:59:00+08:00' },
            data: {
              object: {
                orderNo: path('单号', 'id'),
                store: { object: { id: path('门店', 'id') } },
                lines: {
                  each: '.',
                  map: {
                    object: {
                      sku: { const: 'x' },
                      quantity: { const: '1' },
                      amountFen: path('金额', 'yuan'),
                    },
                  },
                },
                amounts: { object: { paidFen: path('金额', 'yuan') } },
              },
            },
          },
        ],
      },
      samples: [
        {
          body: '{"单号":"A","门店":"B","金额":"1.00"}',
          expected: {
            type: 'sale.completed',
            occurredAt: '2026-11-22T14:59:00+08:00',
            data: {
              orderNo: 'A',
              store: { id: 'B' },
              lines: [{ sku: 'x', quantity: '1', amountFen: 100 }],
              amounts: { paidFen: 100 },
            },
          },
        },
      ],
    },
  };
  const shop = await shopOf({
    ...sourceOf({ adapter: 'mapping', scheme: 'md5-body-suffix', config }),
    secrets: [{ secret: 'gbk-demo', validTo: null }],
  });
  const headers = {
    'content-type': 'application/json; charset=GBK',
    'x-sign': '18e56b03004246939af4d327b31200cf',
  };
  const response = await receiveErp(
    shop.receiver,
    new Request(`${origin}/hooks/erp/shop`, { method: 'POST', headers, body: gbk }),
    'shop',
  );
  expect(response.status).toBe(200);
  await processPending(shop.engine, 10, now);
  expect(shop.db.all('SELECT order_no, store_id, paid_fen FROM sales')).toEqual([
    { order_no: 'XS-1', store_id: '南京路店', paid_fen: 1230 },
  ]);
});

test('D-05: yuan as text, as a float, with three decimals, fen as text: each is a whole number of fen or a refusal', async () => {
  expect(await understood(fixture('feidu', 'refund'))).toEqual(data({ amounts: { refundedFen: 780 } }));
  expect(await understood(fixture('keruyun', 'sale'))).toMatchObject({
    event: { data: { amounts: { paidFen: 8000 } } },
  });
  expect(await understood(fixture('pospal', 'sale'))).toEqual(
    data({ amounts: expect.objectContaining({ paidFen: 2070 }) }),
  );
  const tooFine = await understood(
    changed(fixture('feidu', 'refund'), ['"refund_money":"-7.800"', '"refund_money":"-7.805"']),
  );
  expect(tooFine).toEqual({
    parked: {
      code: 'UNREADABLE',
      faults: expect.arrayContaining([
        { field: 'refund_money', says: expect.stringContaining('"-7.805" is finer than the unit') },
      ]),
    },
  });
  expect([fenOfYuan('19.99'), toFen('1999')]).toEqual([
    { ok: true, value: 1999 },
    { ok: true, value: 1999 },
  ]);
});

test('D-06: ids above 2^53 keep every digit, in what is stored and in what is understood', async () => {
  const { kept } = await tell(fixture('pospal', 'sale'));
  expect(kept[0]?.body).toContain('"uid":1234567890123456789');
  expect(kept[0]?.normalised).toEqual(data({ member: { externalId: '967000000000000123' } }));
  const eleme = await tell(fixture('eleme', 'sale'));
  expect(eleme.status).toBe(200);
  expect(eleme.kept[0]?.body).toContain('411391574328276013');
});

test('D-07: a time without a zone is Shanghai’s, or that of the source', async () => {
  const sale = fixture('pospal', 'sale');
  expect(await understood(sale)).toMatchObject({
    event: { occurredAt: Date.parse('2026-11-22T14:59:00+08:00') },
  });
  const inTokyo: Fixture = { ...sale, config: { ...sale.config, zone: 'Asia/Tokyo' } };
  expect(await understood(inTokyo)).toMatchObject({
    event: { occurredAt: Date.parse('2026-11-22T14:59:00+09:00') },
  });
});

test('D-08: seconds, milliseconds and text say one instant, and a zero date says none', async () => {
  const at = { event: { occurredAt: Date.parse('2026-11-22T14:59:00+08:00') } };
  expect(await understood(fixture('feidu', 'sale'))).toMatchObject(at);
  expect(await understood(fixture('keruyun', 'sale'))).toMatchObject(at);
  expect(
    await understood(changed(fixture('feidu', 'sale'), ['"addtime":"1795330740"', '"addtime":"0"'])),
  ).toMatchObject(at);
  const noTime = changed(
    fixture('feidu', 'sale'),
    ['"addtime":"1795330740"', '"addtime":"0"'],
    ['2026-11-22 14:59:00', '0000-00-00 00:00:00'],
  );
  expect(await understood(noTime)).toEqual({
    parked: { code: 'UNREADABLE', faults: [{ field: 'occurredAt', says: expect.any(String) }] },
  });
});

test('D-09: sold at half past midnight, it is told at that hour, and with the day the till still counts', async () => {
  const late = changed(fixture('qimen', 'sale'), [
    '<orderCreateTime>2026-11-22 15:02:00',
    '<orderCreateTime>2026-11-23 00:30:00',
  ]);
  expect(await understood(late)).toMatchObject({
    event: { occurredAt: Date.parse('2026-11-23T00:30:00+08:00'), data: { businessDate: '2026-11-22' } },
  });
  const dinner = changed(fixture('keruyun', 'sale'), ['1795330740000', '1795365000000']);
  expect(await understood(dinner)).toMatchObject({
    event: { occurredAt: Date.parse('2026-11-23T00:30:00+08:00'), data: { businessDate: '2026-11-22' } },
  });
});

describe('D-10: refunds come as a document of their own, as negative quantities, inside the order, or as a void flag', () => {
  test.each([
    ['feidu', 'refund'],
    ['pospal', 'refund'],
    ['pospal', 'void'],
    ['qimen', 'refund'],
    ['keruyun', 'refund'],
    ['loyverse', 'refund'],
    ['woocommerce', 'refund'],
  ])('%s/%s', async (adapter, name) => {
    const { kept } = await tell(fixture(adapter, name));
    const last = kept.at(-1)?.normalised;
    expect(last).toHaveProperty('event');
    expect(JSON.stringify(last)).not.toMatch(/(Fen|quantity)":-/);
  });
});

test('D-11: a ticket that sells and takes back is one sale with goods exchanged in', async () => {
  expect(await understood(fixture('pospal', 'mixed'))).toEqual(
    data({
      lines: [
        expect.objectContaining({ kind: 'normal', amountFen: 1554 }),
        expect.objectContaining({ kind: 'exchange_in', amountFen: 1036 }),
      ],
      amounts: expect.objectContaining({ paidFen: 518 }),
    }),
  );
  expect(await understood(fixture('youzan', 'exchange'))).toEqual({
    ignored: { code: 'ADAPTER', says: expect.stringContaining('只换货') },
  });
});

test('D-12: a return without its receipt names no order, and says so', async () => {
  for (const [adapter, name] of [
    ['feidu', 'refund-no-original'],
    ['pospal', 'refund-no-original'],
  ] as const) {
    expect(await understood(fixture(adapter, name))).toEqual({
      event: expect.objectContaining({
        saleId: null,
        data: expect.objectContaining({ scope: 'no_original' }),
      }),
    });
  }
});

test('D-13: rounding, change and an order discount leave Σ lines above what was paid; both are told', async () => {
  expect(await understood(fixture('pospal', 'sale'))).toEqual(
    data({ amounts: expect.objectContaining({ roundingFen: -2, paidFen: 2070 }) }),
  );
  const withChange = changed(
    fixture('qimen', 'sale'),
    ['<paidAmount>158.95', '<paidAmount>200.00'],
    ['<change>0.00', '<change>41.05'],
  );
  expect(await understood(withChange)).toEqual(
    data({ amounts: expect.objectContaining({ paidFen: 15895 }) }),
  );
  const shop = await shopOf(sourceOf(fixture('pospal', 'sale')));
  await receiveErp(shop.receiver, requestOf(fixture('pospal', 'sale'), { now }), 'shop');
  await processPending(shop.engine, 10, now);
  expect(shop.db.all(`WITH ${soldLines} SELECT sum(paid_fen) AS paid FROM sold_lines`)).toEqual([
    { paid: 2070 },
  ]);
});

test('D-14: gifts, goods bought with points and payments from the card are told apart', async () => {
  expect(await understood(fixture('qimen', 'sale'))).toEqual(
    data({ lines: ['normal', 'gift', 'points_exchange'].map((kind) => expect.objectContaining({ kind })) }),
  );
  expect(await understood(changed(fixture('qimen', 'sale'), ['<status>9', '<status>2']))).toEqual(
    data({ lines: ['normal', 'gift', 'addon'].map((kind) => expect.objectContaining({ kind })) }),
  );
  expect(await understood(fixture('youzan', 'sale'))).toEqual(
    data({
      lines: ['normal', 'gift'].map((kind) => expect.objectContaining({ kind })),
      payments: [
        { method: 'stored_value', amountFen: 1000 },
        { method: 'wechat', amountFen: 3130 },
      ],
    }),
  );
  const named = { ...fixture('pospal', 'sale').config, payments: { points: ['payCode_2'] } };
  expect(await understood({ ...fixture('pospal', 'sale'), config: named })).toEqual(
    data({
      payments: [
        { method: 'cash', amountFen: 1070 },
        { method: 'points', amountFen: 1000 },
      ],
    }),
  );
});

test('D-15: a recharge is not a sale: 500 and 50 on top are on the card, once, and earn no points', async () => {
  const { kept } = await tell(fixture('feidu', 'recharge'));
  expect(kept.map(({ type }) => type)).toEqual(['stored_value.recharged']);
  const shop = await shopOf(sourceOf(fixture('feidu', 'recharge')));
  // 飞度 repeats what was not answered; a repeated document may have another clock.
  const repeated = changed(fixture('feidu', 'recharge'), [
    '"addtime":"1795330740"',
    '"addtime":"1795330745"',
  ]);
  for (const pushed of [fixture('feidu', 'recharge'), fixture('feidu', 'recharge'), repeated]) {
    const response = await receiveErp(shop.receiver, requestOf(pushed, { now }), 'shop');
    expect(await response.text()).toBe('success');
    await processPending(shop.engine, 10, now);
  }
  expect(shop.db.all('SELECT count(*) AS n FROM sales')).toEqual([{ n: 0 }]);
  expect(shop.db.all('SELECT account, delta, balance, cause FROM ledger ORDER BY account')).toEqual([
    { account: 'bonus', delta: 5_000, balance: 5_000, cause: 'recharge:pos:CZ2026112200003' },
    { account: 'principal', delta: 50_000, balance: 50_000, cause: 'recharge:pos:CZ2026112200003' },
  ]);
  expect(shop.db.all(`SELECT state FROM ${events} ORDER BY seq`)).toEqual([
    { state: 'done' },
    { state: 'ignored' },
  ]);
});

test('D-16: member 0 is nobody', async () => {
  const sale = await understood(fixture('pospal', 'stranger'));
  expect('event' in sale && 'data' in sale.event && sale.event.data).not.toHaveProperty('member');
  expect(JSON.stringify(await understood(fixture('keruyun', 'sale')))).not.toContain('"member"');
});

test('D-17: a masked, encrypted or lent phone is never sent on as one', async () => {
  for (const name of ['youzan', 'eleme', 'meituan', 'keruyun', 'mapping']) {
    const { kept } = await tell(fixture(name, 'sale'));
    const told = JSON.stringify(kept.map(({ normalised }) => normalised));
    expect(told, name).not.toMatch(/"phone"|\*\*\*\*|\$enc|13800000000/);
  }
  const member = await understood(fixture('youzan', 'member'));
  expect(member).toMatchObject({ event: { data: { externalId: 'yzopenid0001' } } });
});

test('D-18: an event that only names a document is kept, acknowledged, and waits to be read back', async () => {
  for (const [adapter, name] of [
    ['weimob', 'sale'],
    ['weimob', 'refund'],
    ['square', 'thin'],
    ['yonyou', 'sale'],
  ] as const) {
    const { status, kept } = await tell(fixture(adapter, name));
    expect(status).toBe(200);
    expect(kept.map(({ normalised }) => normalised)).toEqual([
      { parked: expect.objectContaining({ code: 'READ_BACK_NEEDED' }) },
    ]);
  }
});

test('D-19: twenty receipts in one push are twenty events with one answer; one more is refused', async () => {
  const { kept, answer } = await tell(fixture('qimen', 'batch'));
  expect(kept.map(({ senderId }) => senderId)).toEqual([
    'sale.completed:R1001',
    'sale.completed:R1002',
    'refund.completed:R1003',
  ]);
  expect(answer).toContain('<flag>success</flag>');
  const one = '<receipt><orderInfo><orderCode>R1</orderCode></orderInfo></receipt>';
  const tooMany = { ...fixture('qimen', 'batch'), text: `<request>${one.repeat(21)}</request>` };
  expect(await tell(tooMany)).toMatchObject({
    status: 400,
    kept: [],
    answer: expect.stringContaining('<flag>failure</flag>'),
  });
});

test('D-20: what is uploaded after closing keeps the day it was sold on', async () => {
  const uploaded = changed(fixture('qimen', 'sale'), [
    '<orderCreateTime>2026-11-22 15:02:00',
    '<orderCreateTime>2026-11-24 22:30:00',
  ]);
  expect(await understood(uploaded)).toMatchObject({
    event: { occurredAt: Date.parse('2026-11-22T12:00:00+08:00') },
  });
});

test('D-21: the same body is a duplicate, another body under the same key is a revision', async () => {
  const shop = await shopOf(sourceOf(fixture('pospal', 'sale')));
  for (const name of ['sale', 'sale', 'revision']) {
    const response = await receiveErp(shop.receiver, requestOf(fixture('pospal', name), { now }), 'shop');
    expect(response.status).toBe(200);
  }
  expect(shop.db.all('SELECT sender_id, revision FROM inbox ORDER BY seq')).toEqual([
    { sender_id: 'sale.completed:202611221459000010001', revision: 1 },
    { sender_id: 'sale.completed:202611221459000010001', revision: 2 },
  ]);
});

test('D-21: a return that comes again with another amount is shown with what to do, and takes nothing more', async () => {
  const shop = await shopOf(sourceOf(fixture('pospal', 'sale')));
  const refund = fixture('pospal', 'refund-no-original');
  const amount = /"totalAmount":(-?[\d.]+)/.exec(refund.text)?.[0] ?? '';
  for (const pushed of [refund, changed(refund, [amount, '"totalAmount":-999.00'])]) {
    await receiveErp(shop.receiver, requestOf(pushed, { now }), 'shop');
    await processPending(shop.engine, 10, now);
  }
  expect(shop.db.all(`SELECT state, note FROM ${events} ORDER BY seq`)).toEqual([
    { state: 'done', note: null },
    {
      state: 'parked',
      note: expect.stringContaining('ORPHAN_REFUND_CHANGED'),
    },
  ]);
  const versioned = await shopOf(sourceOf(fixture('youzan', 'sale')));
  const first = fixture('youzan', 'refund');
  const higher = changed(first, ['"version":1795330740', '"version":1795330990']);
  for (const pushed of [fixture('youzan', 'sale'), first, higher]) {
    await receiveErp(versioned.receiver, requestOf(pushed, { now }), 'shop');
    await processPending(versioned.engine, 10, now);
  }
  expect(versioned.db.all('SELECT version FROM refunds')).toEqual([{ version: '1795330990' }]);
});

test('D-22: one event id for two states is two events', async () => {
  const [pending, completed] = await Promise.all([
    tell(fixture('square', 'refund-pending')),
    tell(fixture('square', 'refund')),
  ]);
  expect(pending.kept[0]?.body).toContain('bc316346-6691-4243-88ed-6d651a0d0c47');
  expect(completed.kept[0]?.body).toContain('bc316346-6691-4243-88ed-6d651a0d0c47');
  expect([pending.kept[0]?.senderId, completed.kept[0]?.senderId]).toEqual([
    'square.refund.pending:REF1:PENDING',
    'refund.completed:REF1:COMPLETED',
  ]);
});

test('D-23: the highest version wins, in whatever order the two arrive', async () => {
  for (const order of [
    ['sale', 'revision'],
    ['revision', 'sale'],
  ] as const) {
    const shop = await shopOf(sourceOf(fixture('youzan', 'sale')));
    for (const name of order) {
      await receiveErp(shop.receiver, requestOf(fixture('youzan', name), { now }), 'shop');
      await processPending(shop.engine, 10, now);
    }
    expect(shop.db.all('SELECT version, paid_fen FROM sales')).toEqual([
      { version: '1795330800', paid_fen: 4030 },
    ]);
  }
});

test('D-24: the head office and the branch tell of one order, and it counts once', async () => {
  const branch = { ...sourceOf(fixture('youzan', 'sale')), id: 'shop', namespace: 'youzan' };
  const office = { ...branch, id: 'office' };
  const shop = await shopOf(branch, office);
  const told = changed(fixture('youzan', 'sale'), ['"kdt_id":45001', '"kdt_id":40000']);
  await receiveErp(shop.receiver, requestOf(fixture('youzan', 'sale'), { now }), 'shop');
  await receiveErp(shop.receiver, requestOf(told, { now }), 'office');
  await processPending(shop.engine, 10, now);
  expect(shop.db.all('SELECT id, store_id FROM sales')).toEqual([
    { id: 'youzan:E20261122145900000000001', store_id: '45001' },
  ]);
  expect(shop.db.all(`SELECT source_id, state FROM ${events} ORDER BY seq`)).toEqual([
    { source_id: 'shop', state: 'done' },
    { source_id: 'office', state: 'ignored' },
  ]);
});

test('D-25: points that come back as an event give no points again', async () => {
  expect(await understood(fixture('youzan', 'points'))).toEqual({
    ignored: { code: 'ADAPTER', says: expect.stringContaining('积分不会并入') },
  });
});

describe('D-26: tests, pings and probes are answered and never processed', () => {
  const post = (adapter: string, body: string, headers: Record<string, string> = {}) => {
    const source = sourceOf(fixture(adapter, 'sale'));
    const request = new Request(`${origin}/hooks/erp/shop`, { method: 'POST', headers, body });
    return shopOf(source).then(async (shop) => {
      const response = await receiveErp(shop.receiver, request, 'shop');
      return { status: response.status, rows: shop.db.all('SELECT count(*) AS n FROM inbox')[0]?.['n'] };
    });
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test('WooCommerce is switched on with an unsigned form', async () => {
    expect(await post('woocommerce', 'webhook_id=17', form)).toEqual({ status: 200, rows: 0 });
    expect(await post('woocommerce', 'webhook_id=17&id=727', form)).toEqual({ status: 401, rows: 0 });
  });
  test('美团 sends a heartbeat; anything with an order in it must be signed', async () => {
    expect(await post('meituan', 'developerId=100120&time=1795330740', form)).toEqual({
      status: 200,
      rows: 0,
    });
    expect(await post('meituan', 'developerId=100120&order=%7B%22orderId%22%3A1%7D', form)).toEqual({
      status: 401,
      rows: 0,
    });
  });
  test('用友 checks the address with a sealed event, which is opened, answered and kept nowhere', async () => {
    expect(await tell(fixture('yonyou', 'probe'))).toEqual({ status: 200, answer: 'success', kept: [] });
  });
  test('a test flag opens no door: without its signature it is refused', async () => {
    for (const adapter of ['youzan', 'weimob', 'shopify', 'square', 'stripe', 'mapping']) {
      const shop = await shopOf(sourceOf(fixture(adapter, 'test')));
      const response = await receiveErp(
        shop.receiver,
        requestOf(fixture(adapter, 'test'), { now, isForged: true }),
        'shop',
      );
      expect(response.status, adapter).toBe(401);
    }
  });
});

test('D-27: a key that stands twice with different values is shown, not guessed at', async () => {
  const twice = changed(fixture('shopify', 'sale'), [
    '"total_price":"403.00"',
    '"total_price":"403.00","total_price":"4.03"',
  ]);
  const { status, kept } = await tell(twice);
  expect([status, kept[0]?.normalised]).toEqual([
    200,
    { parked: { code: 'FIELD_REPEATED', field: 'total_price' } },
  ]);
  const harmless = changed(fixture('shopify', 'sale'), [
    '"total_price":"403.00"',
    '"total_price":"403.00","total_price":"403.00"',
  ]);
  expect(await understood(harmless)).toEqual(await understood(fixture('shopify', 'sale')));
});

test('D-28: a field has two names in one vendor’s documents', async () => {
  const [snake, camel] = await Promise.all([
    understood(fixture('jst', 'refund')),
    understood(fixture('jst', 'refund-camel')),
  ]);
  expect(camel).toEqual(snake);
  const misspelt = fixture('qimen', 'refund');
  expect(await understood(changed(misspelt, ['orderWebCod>', 'orderWebCode>']))).toEqual(
    await understood(misspelt),
  );
});

test('D-29: words come padded and in any case', async () => {
  expect(fixture('pospal', 'sale').text).toContain('"sell "');
  expect(
    await understood(changed(fixture('pospal', 'refund'), ['"SELL_RETURN"', '" sell_return  "'])),
  ).toEqual(await understood(fixture('pospal', 'refund')));
});

test('D-31: weighed goods keep three decimals', async () => {
  expect(await understood(fixture('pospal', 'sale'))).toEqual(
    data({
      lines: [expect.objectContaining({ quantity: 2000 }), expect.objectContaining({ quantity: 810 })],
    }),
  );
});

test('D-32: two boxes of twelve are twenty-four bottles, for the same money', async () => {
  const [line] = [expect.objectContaining({ sku: '6907992500133', quantity: 24_000, amountFen: 9980 })];
  expect(await understood(fixture('feidu', 'sale'))).toEqual(data({ lines: [line, expect.anything()] }));
});

test('D-33: what nothing signs decides nothing: a topic header cannot turn an order into a refund', async () => {
  const order = fixture('shopify', 'sale');
  const { kept } = await tell({
    ...order,
    headers: { 'x-shopify-topic': 'refunds/create', 'x-shopify-test': 'true' },
  });
  expect(kept.map(({ type }) => type)).toEqual(['sale.completed']);
});

test('D-34: only agreed, signed fields are read: a field split off another one refuses the request', async () => {
  const sale = fixture('meituan', 'sale');
  const { status, kept } = await tell({ ...sale, text: `${sale.text}&order=%7B%22orderId%22%3A1%7D` });
  expect([status, kept]).toEqual([401, []]);
});

test('D-35: a body that was printed anew on the way no longer fits its signature', async () => {
  const sale = fixture('shopify', 'sale');
  const shop = await shopOf(sourceOf(sale));
  const signed = requestOf(sale, { now });
  const pretty = JSON.stringify(JSON.parse(sale.text), null, 2);
  const response = await receiveErp(
    shop.receiver,
    new Request(signed.url, { method: 'POST', headers: signed.headers, body: pretty }),
    'shop',
  );
  expect(response.status).toBe(401);
});

test('D-37: a sender that cannot sign has an address of its own, and no other address works', async () => {
  const sale = fixture('feidu', 'sale');
  const shop = await shopOf(sourceOf(sale));
  const bare = new Request(`${origin}/hooks/erp/shop`, { method: 'POST', body: sale.text });
  expect((await receiveErp(shop.receiver, bare, 'shop')).status).toBe(401);
  expect((await receiveErp(shop.receiver, requestOf(sale, { now }), 'shop')).status).toBe(200);
  const fromHome = { ...sourceOf(sale), id: 'listed', config: { addresses: ['203.0.113.0/24'] } };
  const listed = await shopOf({ ...fromHome, id: 'shop' });
  expect((await receiveErp(listed.receiver, requestOf(sale, { now }), 'shop')).status).toBe(403);
});

test('D-37: of a sender that cannot sign, so many events of a day are decided as its settings say', async () => {
  const shop = await shopOf({ ...sourceOf(fixture('feidu', 'sale')), config: { effectsPerDayMax: 1 } });
  for (const number of ['XS-1', 'XS-2']) {
    const sale = changed(fixture('feidu', 'sale'), ['XS2026112200017', number]);
    expect((await receiveErp(shop.receiver, requestOf(sale, { now }), 'shop')).status).toBe(200);
  }
  await processPending(shop.engine, 10, now);
  expect(shop.db.all(`SELECT trust, state, note FROM ${events} ORDER BY seq`)).toEqual([
    { trust: 'token', state: 'done', note: null },
    {
      trust: 'token',
      state: 'parked',
      note: expect.stringContaining('DAILY_CAP'),
    },
  ]);
});

test('D-38: no parameter, header or field switches verification off', async () => {
  const sale = fixture('qimen', 'sale');
  const shop = await shopOf(sourceOf(sale));
  for (const query of ['__skip_sign__=1', 'skipSign=true', 'debug=1', 'test=true', 'sign=']) {
    const headers = { 'content-type': 'text/xml', 'x-skip-sign': '1', 'x-debug': '1' };
    const request = new Request(`${origin}/hooks/erp/shop?${query}`, {
      method: 'POST',
      headers,
      body: sale.text,
    });
    const response = await receiveErp(shop.receiver, request, 'shop');
    expect(response.status, query).toBe(401);
    expect(await response.text()).toContain('<flag>failure</flag>');
  }
  expect(shop.db.all('SELECT count(*) AS n FROM inbox')).toEqual([{ n: 0 }]);
});

test('D-39: XML declares no entities, reaches no file and grows no laughter', async () => {
  const declares = '<?xml version="1.0"?><!DOCTYPE request [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  const sale = fixture('qimen', 'sale');
  const evil = { ...sale, text: sale.text.replace(/^<\?xml[^>]*\?>/, declares) };
  expect(evil.text).toContain('<!ENTITY');
  expect(await tell(evil)).toMatchObject({ status: 400, kept: [] });
  expect(parseXml('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>').ok).toBe(false);
});

test('a stored body that cannot be read parks that event, and spares those beside it', async () => {
  const source = sourceOf(fixture('pospal', 'sale'));
  const shop = await shopOf(source);
  const rows = ['{"sn":', fixture('pospal', 'sale').text].map((body) =>
    rowOf({ senderId: 'x', type: 'pospal.ticket', body }),
  );
  const [broken, whole] = await normaliseRows(rows, shop.receiver.sources);
  expect(broken).toEqual({ parked: { code: 'BODY_UNREADABLE', detail: expect.any(String) } });
  expect(whole).toHaveProperty('event');
});
