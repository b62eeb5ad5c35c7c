/** 回查: a notice of 微盟 that names an order becomes that order, once, whatever breaks on the way (D-18). */
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../schema/index.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { requestOf, sourceOf } from '../../support/erp/fixtures.ts';
import { changed, fixture } from '../../support/erp/tell.ts';
import { mentions, misbehaving, type Fault } from '../../support/faults.ts';
import { balanceOf, inboxRows, memberId, openShop, saleRows, type Shop } from '../../support/shop.ts';
import { minuteMs, pollBench, type Bench } from './poll-support.ts';
import { orderDetail, rightsDetail, weimobDouble, type WeimobDouble } from './weimob-double.ts';
import { forgetDecisions } from '../../support/inbox.ts';

const orderNo = '980012345678901234';
const rightsId = '880012345678901234';
const buyer = 'ext:pos:10000000000000001';

const source = (poll: Record<string, unknown> = {}): Source => ({
  ...sourceOf(fixture('weimob', 'sale')),
  config: { poll: { kind: 'weimob', shopId: '4021000000000000001', ...poll } },
});

type Joined = { weimob: WeimobDouble; bench: Bench; shop: Shop };

async function joined(poll = {}, through?: Parameters<typeof pollBench>[2]): Promise<Joined> {
  const weimob = weimobDouble();
  weimob.orders.set(orderNo, orderDetail(orderNo));
  weimob.rights.set(rightsId, rightsDetail(rightsId, orderNo, '103.60'));
  const bench = await pollBench(weimob.http, source(poll), through);
  return { weimob, bench, shop: await openShop({ db: bench.db }) };
}

/** It pushes the notice, which is acknowledged and parked. */
async function push({ bench, shop }: Joined, name: 'sale' | 'refund' = 'sale', id?: string): Promise<void> {
  const notice = fixture('weimob', name);
  const given = id === undefined ? notice : changed(notice, [`"wm-1"`, `"${id}"`]);
  shop.clock.now = bench.clock.now;
  const response = await receiveErp(shop.receiver, requestOf(given, { now: bench.clock.now }), 'shop');
  expect(response.status).toBe(200);
  await shop.work();
}

async function pass({ bench, shop }: Joined, ms = minuteMs): Promise<void> {
  bench.clock.now += ms;
  shop.clock.now = bench.clock.now;
  await bench.tick();
  await shop.work();
}

const rows = ({ bench }: Joined) => inboxRows(bench.db).map(({ type, state }) => [type, state]);
const paths = ({ weimob }: Joined): string[] =>
  weimob.requests.map(({ path }) => path.split('/').slice(-3).join('/'));

test('a notice becomes the sale it names: goods, money, member, guide and points, its numbers whole', async () => {
  const all = await joined();
  await push(all);
  expect(rows(all)).toEqual([['weimob.sale.thin', 'parked']]);
  await pass(all);
  expect(rows(all)).toEqual([
    ['weimob.sale.thin', 'ignored'],
    ['sale.completed', 'done'],
  ]);
  expect(saleRows(all.bench.db)).toMatchObject([
    {
      id: `pos:${orderNo}`,
      version: '1795330741000',
      storeId: '6001000000000002',
      associateId: '10000000000000077',
      channel: 'mall',
      paidFen: 20_720,
      occurredAt: 1_795_330_740_000,
      memberId: memberId(all.bench.db, buyer),
    },
  ]);
  expect(balanceOf(all.bench.db, buyer)).toBe(207);
  const [notice, full] = inboxRows(all.bench.db);
  expect(notice?.note).toEqual({ code: 'TOLD_IN_FULL', eventIds: [full?.id] });
  expect(full?.trust).toBeNull();
  expect(all.weimob.requests[1]).toMatchObject({ body: `{"orderNo":${orderNo}}`, token: 'token-1' });
});

test('it is asked half a minute after the notice, not before: vendors answer too early with what was', async () => {
  const all = await joined();
  await push(all);
  await pass(all, 29_000);
  expect(all.weimob.requests).toEqual([]);
  await pass(all, 1_000);
  expect(paths(all)).toEqual(['b/oauth2/token', 'order/detail/get']);
});

test('one token serves for a week; the one after it is fetched when it is needed', async () => {
  const all = await joined();
  await push(all, 'sale', 'n1');
  await pass(all);
  await push(all, 'sale', 'n2');
  await pass(all);
  expect(all.weimob.tokens).toBe(1);
  await push(all, 'sale', 'n3');
  await pass(all, 8 * 24 * 60 * minuteMs);
  expect(all.weimob.tokens).toBe(2);
});

test('a token that is refused before its time is fetched anew', async () => {
  const all = await joined();
  await push(all, 'sale', 'n1');
  await pass(all);
  all.weimob.tokens = 7;
  await push(all, 'sale', 'n2');
  await pass(all);
  expect(all.bench.state('read-back')).toMatchObject({
    session: null,
    lastError: expect.stringContaining('80001001000119'),
  });
  await pass(all, 2 * minuteMs);
  expect(rows(all).filter(([type]) => type === 'weimob.sale.thin')).toEqual([
    ['weimob.sale.thin', 'ignored'],
    ['weimob.sale.thin', 'ignored'],
  ]);
});

test('two notices of one order, unchanged between them, are one sale', async () => {
  const all = await joined();
  await push(all, 'sale', 'n1');
  await push(all, 'sale', 'n2');
  await pass(all);
  expect(rows(all)).toEqual([
    ['weimob.sale.thin', 'ignored'],
    ['weimob.sale.thin', 'ignored'],
    ['sale.completed', 'done'],
  ]);
  expect(balanceOf(all.bench.db, buyer)).toBe(207);
});

test('an order that is not paid yet earns nothing; the next notice finds it paid', async () => {
  const all = await joined();
  all.weimob.orders.set(orderNo, orderDetail(orderNo, { payTime: null, updateTime: 1_795_330_700_000 }));
  await push(all, 'sale', 'n1');
  await pass(all);
  expect(saleRows(all.bench.db)).toEqual([]);
  all.weimob.orders.set(orderNo, orderDetail(orderNo));
  await push(all, 'sale', 'n2');
  await pass(all);
  expect(balanceOf(all.bench.db, buyer)).toBe(207);
});

test('an after-sale takes back what was paid back, once it was', async () => {
  const all = await joined();
  all.weimob.rights.set(rightsId, rightsDetail(rightsId, orderNo, null));
  await push(all);
  await push(all, 'refund');
  await pass(all);
  expect(balanceOf(all.bench.db, buyer)).toBe(207);
  all.weimob.rights.set(rightsId, rightsDetail(rightsId, orderNo, '103.60'));
  all.bench.db.all(
    `UPDATE decisions SET state = 'parked', note = '{"code":"READ_BACK_NEEDED"}'
     WHERE seq IN (SELECT seq FROM inbox WHERE type = 'weimob.refund.thin')`,
  );
  await pass(all);
  expect(balanceOf(all.bench.db, buyer)).toBe(103);
});

test('a customer is read back with the phone that joins two systems', async () => {
  const all = await joined();
  all.weimob.users.set(
    '10000000000000001',
    '{"wid":10000000000000001,"phone":"13912345487","nickName":"王女士"}',
  );
  const notice = changed(
    fixture('weimob', 'sale'),
    ['"weimob_shop.order"', '"weimob_crm.customer"'],
    ['\\"orderNo\\"', '\\"nothing\\"'],
  );
  await receiveErp(all.shop.receiver, requestOf(notice, { now: all.bench.clock.now }), 'shop');
  await all.shop.work();
  await pass(all);
  expect(memberId(all.bench.db, 'phone:13912345487')).toBe(memberId(all.bench.db, buyer));
});

test('a push that brings a document beside what it signs is a notice like any other', async () => {
  const all = await joined();
  const forged = changed(fixture('weimob', 'sale'), [
    '"id":"wm-1"',
    `"id":"wm-1","detail":${orderDetail(orderNo, { paidYuan: '99999.00' }).replaceAll(/\s+/g, '')}`,
  ]);
  await receiveErp(all.shop.receiver, requestOf(forged, { now: all.bench.clock.now }), 'shop');
  await all.shop.work();
  expect(rows(all)).toEqual([['weimob.sale.thin', 'parked']]);
  await pass(all);
  expect(saleRows(all.bench.db).map(({ paidFen }) => paidFen)).toEqual([20_720]);
});

describe('what cannot be read back', () => {
  test('is asked for three times and then shown; nobody asks again until it is replayed', async () => {
    const all = await joined();
    all.weimob.orders.clear();
    await push(all);
    for (let attempt = 0; attempt < 6; attempt += 1) await pass(all, 10 * minuteMs);
    expect(paths(all)).toEqual([
      'b/oauth2/token',
      'order/detail/get',
      'order/detail/get',
      'order/detail/get',
    ]);
    expect(inboxRows(all.bench.db)).toMatchObject([
      {
        state: 'parked',
        note: {
          code: 'READ_BACK_FAILED',
          detail: '微盟 answered errcode 1041100101001 单据不存在',
        },
      },
    ]);
    all.weimob.orders.set(orderNo, orderDetail(orderNo));
    forgetDecisions(all.bench.db);
    await all.shop.work();
    await pass(all);
    expect(balanceOf(all.bench.db, buyer)).toBe(207);
  });

  test('holds up nothing behind it', async () => {
    const all = await joined();
    all.weimob.orders.delete(orderNo);
    all.weimob.orders.set('980012345678909999', orderDetail('980012345678909999'));
    await push(all);
    const other = changed(
      fixture('weimob', 'sale'),
      ['"wm-1"', '"wm-9"'],
      ['980012345678901234', '980012345678909999'],
    );
    await receiveErp(all.shop.receiver, requestOf(other, { now: all.bench.clock.now }), 'shop');
    await all.shop.work();
    for (let attempt = 0; attempt < 6; attempt += 1) await pass(all, 10 * minuteMs);
    expect(saleRows(all.bench.db).map(({ orderNo: number }) => number)).toEqual(['980012345678909999']);
  });

  test('waits where the source does not say how it is polled, and is asked for once it does', async () => {
    const all = await joined();
    all.bench.db.all('UPDATE sources SET config = NULL');
    await push(all);
    await pass(all);
    expect([rows(all), all.weimob.requests]).toEqual([[['weimob.sale.thin', 'parked']], []]);
    all.bench.db.all('UPDATE sources SET config = ?', JSON.stringify(source().config));
    await pass(all);
    expect(balanceOf(all.bench.db, buyer)).toBe(207);
  });

  test('is paid for from the same allowance, and goes on tomorrow', async () => {
    const all = await joined({ requestsPerDay: 10 });
    for (let notice = 0; notice < 12; notice += 1) await push(all, 'sale', `n${String(notice)}`);
    await pass(all);
    await pass(all);
    await pass(all);
    expect(all.weimob.requests).toHaveLength(10);
    expect(all.bench.state('read-back').lastError).toContain('allowance of 10 requests');
    all.bench.clock.now = all.bench.state('read-back').nextAt;
    await pass(all, 0);
    expect(all.weimob.requests).toHaveLength(13);
    expect(rows(all).filter(([, state]) => state === 'parked')).toEqual([]);
  });
});

describe('killed', () => {
  test('between the answer and the write: the lease runs out, and the order is asked for again and counts once', async () => {
    const all = await joined();
    await push(all);
    // A dead process writes nothing more: its step never ends.
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    all.weimob.onRequest = () => {
      if (!all.weimob.requests.at(-1)?.path.endsWith('detail/get')) return undefined;
      isAsked();
      return new Promise(() => undefined);
    };
    all.bench.clock.now += minuteMs;
    void all.bench.tick();
    await asked;
    all.weimob.onRequest = () => undefined;
    const before = all.weimob.requests.length;
    await pass(all, 0);
    expect(all.weimob.requests.length, 'while the lease lasts nobody asks').toBe(before);
    await pass(all, 2 * minuteMs);
    expect(rows(all)).toEqual([
      ['weimob.sale.thin', 'ignored'],
      ['sale.completed', 'done'],
    ]);
    expect(balanceOf(all.bench.db, buyer)).toBe(207);
  });

  test.each<Fault>(['reply-lost', 'down'])(
    'while the order is written, %s: one sale, and no notice left',
    async (fault) => {
      let left = 1;
      const all = await joined(
        {},
        misbehaving((statements) => (mentions(statements, 'INSERT INTO inbox') && left-- > 0 ? fault : null)),
      );
      await push(all);
      await pass(all);
      for (let minute = 0; minute < 3; minute += 1) await pass(all);
      expect(rows(all)).toEqual([
        ['weimob.sale.thin', 'ignored'],
        ['sale.completed', 'done'],
      ]);
      expect(balanceOf(all.bench.db, buyer)).toBe(207);
    },
  );

  test('of two ticks at once only one asks', async () => {
    const all = await joined();
    await push(all);
    all.bench.clock.now += minuteMs;
    await Promise.all([all.bench.tick(), all.bench.tick()]);
    expect(paths(all)).toEqual(['b/oauth2/token', 'order/detail/get']);
  });
});

test('neither the token nor the secret is in what the poll row says of its failures', async () => {
  const all = await joined();
  all.weimob.instead.push(
    Response.json({ code: { errcode: '1', errmsg: 'client_secret the-shops-own-secret-and-more is wrong' } }),
  );
  await push(all);
  await pass(all);
  expect(all.bench.state('read-back').lastError).toBe(
    '微盟 gave no token: errcode 1 client_secret … is wrong',
  );
});
