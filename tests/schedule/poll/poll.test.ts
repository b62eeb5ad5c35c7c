/** 轮询: whatever breaks, and wherever, every receipt of 银豹 arrives once, and the allowance is kept. */
import { expect, test } from 'vitest';
import { localTime } from '../../../workers/schedule/poll/asking/local-time.ts';
import { at } from '../../support/builders.ts';
import { mentions, misbehaving, type Fault } from '../../support/faults.ts';
import { balanceOf, inboxRows, openShop, saleRows } from '../../support/shop.ts';
import { barrier } from '../../support/timers.ts';
import { minuteMs, pollBench, pospalSource } from './poll-support.ts';
import { pospalDouble, type Ticket } from './pospal-double.ts';

const ticket = (number: number, given: Partial<Ticket> = {}): Ticket => ({
  sn: `2026112215${String(number).padStart(4, '0')}`,
  datetime: `2026-11-22 15:${String(Math.floor(number / 60) % 60).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}`,
  ...given,
});
const tickets = (count: number): Ticket[] => Array.from({ length: count }, (_, number) => ticket(number + 1));
const sns = (of: readonly Ticket[]): string[] => of.map(({ sn }) => sn);

test('D-30: every receipt of three pages is stored once, its ids whole, and the place is kept', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(250));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
  expect(inboxRows(bench.db)[0]?.body).toContain('"uid":73983541207916671,');
  expect(bench.state()).toMatchObject({
    readTo: bench.clock.now,
    windowFrom: null,
    windowTo: null,
    page: null,
    failures: 0,
    lastOkAt: bench.clock.now,
    lastEventAt: bench.clock.now,
    nextAt: bench.clock.now + 10 * minuteMs,
    lastError: null,
    leaseUntil: null,
  });
  expect(bench.rings.count).toBe(1);
});

test('what was read before is read again and changes nothing, and no bell is rung for it', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(3));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  const stored = inboxRows(bench.db);
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(yinbao.requests.at(-1)?.body['startTime']).toBe('2026-11-22 15:00:00');
  expect(inboxRows(bench.db)).toEqual(stored);
  expect(bench.rings.count).toBe(1);
});

test('sales from before the systems were joined are not asked for', async () => {
  const yinbao = pospalDouble();
  yinbao.tickets.push({ sn: 'OLD', datetime: '2026-11-22 14:59:00' });
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  expect(bench.senderIds()).toEqual([]);
  const since = await pollBench(yinbao.http, pospalSource({ since: '2026-11-01T00:00:00+08:00' }));
  await since.tick();
  expect(since.senderIds()).toEqual(['OLD']);
});

test('a long past is read in windows of at most 30 days', async () => {
  const yinbao = pospalDouble();
  yinbao.tickets.push(
    { sn: 'A', datetime: '2026-08-05 10:00:00' },
    { sn: 'B', datetime: '2026-10-20 10:00:00' },
  );
  const bench = await pollBench(yinbao.http, pospalSource({ since: '2026-08-01T00:00:00+08:00' }));
  await bench.tick();
  expect(bench.senderIds()).toEqual(['A', 'B']);
  const spans = yinbao.requests.map(({ body }) => [body['startTime'], body['endTime']]);
  expect(spans).toEqual([
    ['2026-08-01 00:00:00', '2026-08-31 00:00:00'],
    ['2026-08-30 23:30:00', '2026-09-29 23:30:00'],
    ['2026-09-29 23:00:00', '2026-10-29 23:00:00'],
    ['2026-10-29 22:30:00', '2026-11-22 15:00:00'],
  ]);
});

test('a tick takes no more steps than the plan allows, and the next one goes on with the next page', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(250));
  bench.clock.now += 10 * minuteMs;
  await bench.tick({ stepsPerTick: 1 });
  expect(bench.senderIds()).toHaveLength(100);
  expect(bench.state().page).toBe('{"parameterType":"LAST_ROW","parameterValue":100}');
  bench.clock.now += minuteMs;
  await bench.tick({ stepsPerTick: 1 });
  bench.clock.now += minuteMs;
  await bench.tick({ stepsPerTick: 1 });
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
});

test.each<[string, Fault]>([
  ['was committed and its answer lost', 'reply-lost'],
  ['never arrived', 'down'],
])('when the batch of the second page %s, nothing is missing and nothing comes twice', async (_, fault) => {
  const yinbao = pospalDouble();
  let batches = 0;
  const through = misbehaving((statements) => {
    if (!mentions(statements, 'INSERT INTO inbox')) return null;
    batches += 1;
    return batches === 2 ? fault : null;
  });
  const bench = await pollBench(yinbao.http, pospalSource(), through);
  await bench.tick();
  yinbao.tickets.push(...tickets(250));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.senderIds().length).toBe(fault === 'reply-lost' ? 200 : 100);
  for (let minute = 0; minute < 3; minute += 1) {
    bench.clock.now += minuteMs;
    await bench.tick();
  }
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
});

test('a process that dies between the request and the write leaves no gap: the lease runs out and the page is asked for again', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(3));
  bench.clock.now += 10 * minuteMs;
  // A dead process writes nothing more: its step never ends.
  const dead = barrier();
  yinbao.onRequest = dead.stay;
  void bench.tick();
  await dead.reached;
  yinbao.onRequest = () => undefined;
  const before = yinbao.requests.length;
  await bench.tick();
  expect(yinbao.requests.length, 'while the lease lasts nobody asks').toBe(before);
  bench.clock.now += 2 * minuteMs;
  await bench.tick();
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
  expect(bench.db.all('SELECT used FROM poll_budgets')).toEqual([{ used: 3 }]);
});

test('a process that wakes after another took its step over writes nothing', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(3));
  bench.clock.now += 10 * minuteMs;
  const sleep = barrier();
  yinbao.onRequest = sleep.stay;
  const sleeper = bench.tick();
  await sleep.reached;
  yinbao.onRequest = () => undefined;
  bench.clock.now += 2 * minuteMs;
  await bench.tick();
  const after = bench.state();
  sleep.open();
  await sleeper;
  expect(bench.state()).toEqual(after);
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
});

test('of two ticks at once only one asks', async () => {
  const yinbao = pospalDouble();
  yinbao.tickets.push(...tickets(3));
  const bench = await pollBench(yinbao.http, pospalSource({ since: '2026-11-22T15:00:00+08:00' }));
  bench.clock.now += 10 * minuteMs;
  await Promise.all([bench.tick(), bench.tick()]);
  expect(yinbao.requests).toHaveLength(1);
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
});

test('D-30: 300 requests a day are never exceeded, however much there is to read, and the day after it goes on', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource({ everyMinutes: 1 }));
  const perDay = new Map<string, number>();
  yinbao.onRequest = () => {
    const day = localTime(bench.clock.now, 'Asia/Shanghai').slice(0, 10);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  };
  bench.clock.now = at('2026-11-22 00:00');
  for (let minute = 0; minute < 2 * 24 * 60; minute += 1) {
    // Every request of the morning fails too: failures are paid for all the same.
    if (minute < 200 && minute % 3 === 0) yinbao.instead.push(new Error('connection reset'));
    await bench.tick();
    bench.clock.now += minuteMs;
  }
  expect(perDay).toEqual(
    new Map([
      ['2026-11-22', 300],
      ['2026-11-23', 300],
    ]),
  );
});

test('once the allowance is spent the state says so and waits for midnight of the shop', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource({ requestsPerDay: 10, everyMinutes: 1 }));
  for (let minute = 0; minute < 15; minute += 1) {
    await bench.tick();
    bench.clock.now += minuteMs;
  }
  expect(yinbao.requests).toHaveLength(10);
  expect(bench.state().lastError).toContain('allowance of 10 requests');
  expect(bench.state().nextAt).toBe(at('2026-11-23 00:00') + minuteMs);
  bench.clock.now = bench.state().nextAt;
  await bench.tick();
  expect(yinbao.requests).toHaveLength(11);
  expect(bench.state().lastError).toBeNull();
});

test('failures back off twice as long each time, and a success forgets them', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  const waits: number[] = [];
  for (const instead of [
    new Error('reset'),
    new Response('{}', { status: 500 }),
    Response.json({ status: 'error', errorCode: 1032, messages: ['签名错误'] }),
  ]) {
    yinbao.instead.push(instead);
    await bench.tick();
    const { backOffUntil } = bench.state();
    waits.push((backOffUntil ?? 0) - bench.clock.now);
    bench.clock.now = backOffUntil ?? 0;
  }
  expect(waits).toEqual([45_000, 90_000, 180_000]);
  expect(bench.state()).toMatchObject({
    failures: 3,
    lastError: '银豹 answered errorCode 1032 ["签名错误"]',
  });
  await bench.tick();
  expect(bench.state()).toMatchObject({ failures: 0, backOffUntil: null, lastError: null });
});

test('Retry-After is respected', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  yinbao.instead.push(new Response('', { status: 429, headers: { 'retry-after': '7200' } }));
  await bench.tick();
  expect(bench.state().backOffUntil).toBe(bench.clock.now + 7_200_000);
});

test.each([
  [
    'a redirect',
    () => new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/' } }),
    'redirect',
  ],
  ['an answer that is not JSON', () => new Response('<html>'), 'not JSON'],
  ['an answer of 3 MB', () => new Response(new Uint8Array(3_000_000)), 'longer than 2000000 bytes'],
])('%s is a failure that is shown, and nothing is stored', async (_, make, words) => {
  const yinbao = pospalDouble();
  yinbao.instead.push(make());
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  expect(bench.state().lastError).toContain(words);
  expect(bench.senderIds()).toEqual([]);
});

test('a page that the other side has forgotten is given up after five failures, and the window begins again', async () => {
  const yinbao = pospalDouble(2);
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(...tickets(5));
  bench.clock.now += 10 * minuteMs;
  await bench.tick({ stepsPerTick: 1 });
  for (let failure = 0; failure < 5; failure += 1) {
    yinbao.instead.push(Response.json({ status: 'error', messages: ['postBackParameter 已失效'] }));
    bench.clock.now = Math.max(bench.clock.now, bench.state().backOffUntil ?? 0);
    await bench.tick({ stepsPerTick: 1 });
  }
  expect(bench.state()).toMatchObject({ page: null, windowFrom: null, failures: 5 });
  bench.clock.now = bench.state().backOffUntil ?? 0;
  await bench.tick();
  expect(bench.senderIds()).toEqual(sns(yinbao.tickets));
});

test('a return is asked about once and stored with the number of its sale; one without an original goes on as it is', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  const [sale, known, orphan] = [
    ticket(1),
    ticket(2, { ticketType: 'SELL_RETURN', returns: ticket(1).sn }),
    ticket(3, { ticketType: 'SELL_RETURN' }),
  ];
  yinbao.tickets.push(sale, known, orphan);
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.senderIds()).toEqual([sale.sn, known.sn, orphan.sn]);
  const [, first, second] = inboxRows(bench.db).map(
    ({ body }) => JSON.parse(body) as Record<string, unknown>,
  );
  expect([first?.['originalSn'], second?.['originalSn']]).toEqual([sale.sn, undefined]);
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.senderIds()).toHaveLength(3);
  expect(yinbao.requests.filter(({ path }) => path.startsWith('querySell'))).toHaveLength(2);
});

test('an answer about a return that fails three times lets the return through without its original', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(ticket(2, { ticketType: 'SELL_RETURN', returns: 'X' }));
  bench.clock.now += 10 * minuteMs;
  await bench.tick({ stepsPerTick: 1 });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect(bench.senderIds()).toEqual([]);
    yinbao.instead.push(Response.json({ status: 'error', messages: ['单据不存在'] }));
    await bench.tick({ stepsPerTick: 1 });
    bench.clock.now = Math.max(bench.clock.now, bench.state().backOffUntil ?? 0);
  }
  expect(bench.senderIds()).toEqual([ticket(2).sn]);
  expect(bench.state().questions).toEqual([]);
});

test('a receipt voided afterwards is told as such; one that was void when we first saw it is not', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  yinbao.tickets.push(ticket(1), ticket(2, { invalid: 1 }));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  yinbao.tickets[0] = ticket(1, { invalid: 1 });
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.senderIds()).toEqual([ticket(1).sn, `${ticket(1).sn}/void`]);
});

test('D-20: once a day the last days are read again, for receipts that a till uploads late', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  await bench.tick();
  bench.clock.now = at('2026-11-24 23:50');
  await bench.tick();
  yinbao.tickets.push({ sn: 'LATE', datetime: '2026-11-23 09:00:00' });
  bench.clock.now = at('2026-11-24 23:59');
  await bench.tick();
  bench.clock.now = at('2026-11-25 00:05');
  await bench.tick();
  expect(yinbao.requests.at(-1)?.body['startTime']).toBe('2026-11-22 15:00:00');
  expect(bench.senderIds()).toEqual(['LATE']);
});

test('a page that the database will not take is shown as a failure, and asked for again later', async () => {
  const yinbao = pospalDouble();
  const through = misbehaving((statements) => (mentions(statements, 'INSERT INTO inbox') ? 'refused' : null));
  const bench = await pollBench(yinbao.http, pospalSource(), through);
  await bench.tick();
  yinbao.tickets.push(ticket(1));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  expect(bench.state()).toMatchObject({
    failures: 1,
    lastError: 'D1_ERROR: CHECK constraint failed: injected',
    leaseUntil: null,
  });
});

test('a source whose settings cannot be used keeps no other from being read', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  bench.db.all(
    `INSERT INTO sources (id, name, adapter, namespace, secrets, config, created_at)
     VALUES ('broken', 'x', 'generic', 'x', '[{"secret":"s","validTo":null}]', '{"poll":{"kind":"nothing"}}', 0)`,
  );
  await bench.tick();
  expect(yinbao.requests).toHaveLength(1);
});

test('a polled sale earns, its return takes back, and a void takes the rest: through the adapter, to the points', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource());
  const shop = await openShop({ db: bench.db });
  const points = (): number => balanceOf(bench.db, 'ext:yinbao:6666');
  await bench.tick();
  yinbao.tickets.push(ticket(1, { customerUid: '6666' }), ticket(2, { customerUid: '6666' }), ticket(3));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  await shop.work();
  expect(saleRows(bench.db).map(({ id, paidFen, memberId }) => [id, paidFen, memberId !== null])).toEqual([
    [`yinbao:${ticket(1).sn}`, 10_360, true],
    [`yinbao:${ticket(2).sn}`, 10_360, true],
    [`yinbao:${ticket(3).sn}`, 10_360, false],
  ]);
  expect(points()).toBe(206);
  yinbao.tickets.push(ticket(4, { customerUid: '6666', ticketType: 'SELL_RETURN', returns: ticket(1).sn }));
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  await shop.work();
  expect(points()).toBe(103);
  yinbao.tickets[1] = ticket(2, { customerUid: '6666', invalid: 1 });
  bench.clock.now += 10 * minuteMs;
  await bench.tick();
  await shop.work();
  expect(points()).toBe(0);
  expect(new Set(inboxRows(bench.db).map(({ state }) => state))).toEqual(new Set(['done']));
});

test('members and goods are read from end to end once a day, and only what changed is stored', async () => {
  const pages: Record<string, string[]> = {
    queryCustomerPages: [
      '{"customerUid":1,"number":"11","phone":"13912345487","name":"王女士","createdDate":"2026-01-01 10:00:00"}',
    ],
    queryProductPages: [
      '{"uid":379659791803681561,"name":"奶粉","barcode":"6901","categoryUid":7,"categoryName":"奶粉","updatedDatetime":"2026-01-01 10:00:00"}',
    ],
  };
  const asked: string[] = [];
  const bench = await pollBench(
    async (request) => {
      const path = new URL(request.url).pathname.split('/').at(-1) ?? '';
      asked.push(path);
      return new Response(
        `{"status":"SUCCESS","data":{"postBackParameter":{},"result":[${(pages[path] ?? []).join()}],"pageSize":100}}`,
      );
    },
    pospalSource({ streams: ['customers', 'products'] }),
  );
  const shop = await openShop({ db: bench.db });
  await bench.tick();
  await bench.tick();
  expect(asked).toEqual(['queryCustomerPages', 'queryProductPages']);
  await shop.work();
  expect(inboxRows(bench.db).map(({ type, state }) => [type, state])).toEqual([
    ['member.updated', 'done'],
    ['product.upserted', 'done'],
  ]);
  bench.clock.now += 24 * 60 * minuteMs;
  await bench.tick();
  expect(asked).toHaveLength(4);
  expect(inboxRows(bench.db)).toHaveLength(2);
});
