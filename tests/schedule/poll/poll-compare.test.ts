/** 自动对账: a day that 银豹 has told to its end is compared with what was received, without anybody typing it in. */
import { expect, test } from 'vitest';
import { reconciliations, type Reconciliation } from '../../../schema/index.ts';
import { decodeAll, selectList } from '../../../workers/db/set.ts';
import { wholeDays } from '../../../workers/schedule/poll/kernel/tally.ts';
import { at } from '../../support/builders.ts';
import { mentions, misbehaving, type Fault } from '../../support/faults.ts';
import { openShop, type Shop } from '../../support/shop.ts';
import { minuteMs, pollBench, pospalSource, type Bench } from './poll-support.ts';
import { pospalDouble, type PospalDouble, type Ticket } from './pospal-double.ts';

const zone = 'Asia/Shanghai';
const sold = (sn: string, datetime: string, given: Partial<Ticket> = {}): Ticket => ({
  sn,
  datetime,
  ...given,
});

/** Joined on the 20th; three sales on the 21st, one of them late in the evening, and one on the 22nd. */
const week: readonly Ticket[] = [
  sold('A', '2026-11-21 09:30:00', { customerUid: '6666' }),
  sold('B', '2026-11-21 14:00:00'),
  sold('C', '2026-11-21 23:59:59'),
  sold('D', '2026-11-22 10:00:00'),
];

type Open = { yinbao: PospalDouble; bench: Bench; shop: Shop };

async function open(
  { pageSize = 100, config = {} }: { pageSize?: number; config?: object } = {},
  through?: Parameters<typeof pollBench>[2],
): Promise<Open> {
  const yinbao = pospalDouble(pageSize);
  const source = pospalSource();
  const bench = await pollBench(yinbao.http, { ...source, config: { ...source.config, ...config } }, through);
  bench.clock.now = at('2026-11-20 12:00');
  await bench.tick();
  return { yinbao, bench, shop: await openShop({ db: bench.db }) };
}

/** A tick at that time, and everything decided that it brought. */
async function tickAt({ bench, shop }: Open, local: string): Promise<void> {
  bench.clock.now = at(local);
  shop.clock.now = bench.clock.now;
  await bench.tick();
  await shop.work();
}

const compared = ({ bench }: Open) =>
  (
    decodeAll(
      reconciliations,
      bench.db.all(`SELECT ${selectList(reconciliations, 't')} FROM reconciliations AS t ORDER BY date`),
    ) as Reconciliation[]
  ).map(({ date, isEqual, stores }) => [
    date,
    isEqual,
    stores.map(({ id, said, received }) => [
      id,
      said?.orders,
      said?.paidFen,
      received.orders,
      received.paidFen,
    ]),
  ]);

test('after midnight the days behind are counted from what the other side lists, and a minute later compared', async () => {
  const all = await open();
  all.yinbao.tickets.push(...week.slice(0, 3));
  await tickAt(all, '2026-11-21 23:59');
  await tickAt(all, '2026-11-22 00:10');
  expect(compared(all)).toEqual([]);
  await tickAt(all, '2026-11-22 00:11');
  expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]]]);
  expect(all.bench.state().tally).toBeNull();
});

test('over five pages, and over as many ticks, the count is the same', async () => {
  const all = await open({ pageSize: 1 });
  all.yinbao.tickets.push(...week.slice(0, 3));
  await tickAt(all, '2026-11-21 23:59');
  for (let minute = 0; minute < 8; minute += 1) {
    all.bench.clock.now = at('2026-11-22 00:10') + minute * minuteMs;
    await all.bench.tick({ stepsPerTick: 1 });
    await all.shop.work();
  }
  expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]]]);
});

test('a receipt that we could not read is missing on our side, and the day differs', async () => {
  const all = await open();
  all.yinbao.tickets.push(...week.slice(0, 3));
  await tickAt(all, '2026-11-22 00:10');
  all.bench.db.all(`DELETE FROM sales WHERE order_no = 'B'`);
  await tickAt(all, '2026-11-22 00:11');
  expect(compared(all)).toEqual([['2026-11-21', false, [['pospal', 3, 31_080, 2, 20_720]]]]);
});

test('voids are not counted, nor is what came back; the shop is the one that the settings name', async () => {
  const all = await open({ config: { store: { id: '8005' } } });
  all.yinbao.tickets.push(
    ...week.slice(0, 2),
    sold('V', '2026-11-21 15:00:00', { invalid: 1 }),
    sold('R', '2026-11-21 16:00:00', { ticketType: 'SELL_RETURN', returns: 'A' }),
  );
  await tickAt(all, '2026-11-21 18:00');
  all.yinbao.tickets[1] = { ...sold('B', '2026-11-21 14:00:00'), invalid: 1 };
  await tickAt(all, '2026-11-22 00:10');
  await tickAt(all, '2026-11-22 00:11');
  expect(compared(all)).toEqual([['2026-11-21', true, [['8005', 1, 10_360, 1, 10_360]]]]);
});

test('the day on which the systems were joined, today, and a day without a sale are not compared', async () => {
  const all = await open();
  all.yinbao.tickets.push(sold('early', '2026-11-20 13:00:00'), ...week);
  await tickAt(all, '2026-11-22 23:00');
  await tickAt(all, '2026-11-22 23:01');
  expect(compared(all).map(([date]) => date)).toEqual(['2026-11-21']);
});

test('what was uploaded late is in the next night’s count, and the day is compared again', async () => {
  const all = await open();
  all.yinbao.tickets.push(...week.slice(0, 2));
  await tickAt(all, '2026-11-22 00:10');
  await tickAt(all, '2026-11-22 00:11');
  expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 2, 20_720, 2, 20_720]]]]);
  all.yinbao.tickets.push(...week.slice(2));
  await tickAt(all, '2026-11-23 00:10');
  await tickAt(all, '2026-11-23 00:11');
  expect(compared(all)).toEqual([
    ['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]],
    ['2026-11-22', true, [['pospal', 1, 10_360, 1, 10_360]]],
  ]);
});

test.each<[string, string, Fault]>([
  ['when the comparison is kept', 'INSERT INTO reconciliations', 'down'],
  ['when the comparison is kept, its answer lost', 'INSERT INTO reconciliations', 'reply-lost'],
])('killed %s, it is made again in the next minute, once', async (_, sql, fault) => {
  let left = 1;
  const all = await open(
    {},
    misbehaving((statements) => (mentions(statements, sql) && left-- > 0 ? fault : null)),
  );
  all.yinbao.tickets.push(...week.slice(0, 3));
  await tickAt(all, '2026-11-22 00:10');
  await tickAt(all, '2026-11-22 00:11');
  expect(all.bench.state().tally?.whole).toHaveLength(1);
  await tickAt(all, '2026-11-22 00:12');
  expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]]]);
  expect(all.bench.state().tally).toBeNull();
});

test.each<Fault>(['reply-lost', 'down'])(
  'killed while a page of the night’s window is written, %s, each receipt is counted once',
  async (fault) => {
    let left = 2;
    const all = await open(
      { pageSize: 1 },
      misbehaving((statements) => (mentions(statements, 'INSERT INTO inbox') && left-- === 1 ? fault : null)),
    );
    all.yinbao.tickets.push(...week.slice(0, 3));
    for (let minute = 0; minute < 8; minute += 1) {
      all.bench.clock.now = at('2026-11-22 00:10') + minute * minuteMs;
      await all.bench.tick();
      await all.shop.work();
    }
    expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]]]);
  },
);

test('a window that the other side forgot is counted from its beginning', async () => {
  const all = await open({ pageSize: 1 });
  all.yinbao.tickets.push(...week.slice(0, 3));
  all.bench.clock.now = at('2026-11-22 00:10');
  await all.bench.tick({ stepsPerTick: 2 });
  for (let failure = 0; failure < 5; failure += 1) {
    all.yinbao.instead.push(Response.json({ status: 'error', messages: ['postBackParameter 已失效'] }));
    all.bench.clock.now = Math.max(all.bench.clock.now, all.bench.state().backOffUntil ?? 0);
    await all.bench.tick({ stepsPerTick: 1 });
  }
  await tickAt(all, '2026-11-22 03:00');
  await tickAt(all, '2026-11-22 03:01');
  await tickAt(all, '2026-11-22 03:02');
  expect(compared(all)).toEqual([['2026-11-21', true, [['pospal', 3, 31_080, 3, 31_080]]]]);
});

test('of a window only the days that lie wholly in it are whole, and none older than a week', () => {
  const now = at('2026-11-22 00:10');
  const days = (from: string, to: string) => wholeDays({ from: at(from), to: at(to) }, zone, now);
  expect(days('2026-11-18 23:40', '2026-11-22 00:10')).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
  expect(days('2026-11-20 00:00', '2026-11-22 00:00')).toEqual(['2026-11-21']);
  expect(days('2026-11-21 00:01', '2026-11-22 00:10')).toEqual([]);
  expect(days('2026-11-19 23:00', '2026-11-21 23:59')).toEqual(['2026-11-20']);
  expect(days('2026-10-01 00:00', '2026-11-22 00:10')[0]).toBe('2026-11-15');
});
