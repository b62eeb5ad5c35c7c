/** 当天额度用完: the free plan's day has an end; the shop is told before it comes, and nothing told after it is lost. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { d1 } from '../../workers/d1.ts';
import { countingRows } from '../../workers/db/upkeep/rows-written.ts';
import { listAlerts } from '../../workers/db/upkeep/alerts.ts';
import { DbError, statement, type Db } from '../../workers/db/db.ts';
import { processPending } from '../../workers/engine/process.ts';
import { receiveErp } from '../../workers/receive/hook.ts';
import { dayNearlyUsedUp } from '../../workers/schedule/alerts.ts';
import { startRuntime } from '../../scripts/runtime.ts';
import { at, sale } from '../support/builders.ts';
import { misbehaving, usedUp, type Fault } from '../support/faults.ts';
import { inboxRows, openShop, signedRequest } from '../support/shop.ts';

const buy = (orderNo: string) => sale({ orderNo, member: { externalId: `M${orderNo}` } });

async function shopWithFaults() {
  const fault: { now: Fault | null } = { now: null };
  const shop = await openShop({ through: misbehaving(() => fault.now) });
  await shop.tell(buy('warm-up'));
  shop.bells.length = 0;
  return { shop, fault };
}

describe('when the rows of the day are used up', () => {
  test('a sale is answered with 503 and told to come back within the hour; it is not put off into the queue', async () => {
    const { shop, fault } = await shopWithFaults();
    fault.now = 'used-up';
    const answer = await shop.post(buy('1'));
    expect([answer.status, answer.body['code'], shop.bells]).toEqual([503, 'day_used_up', []]);
  });

  test.each([
    ['2026-11-23 07:45', '900'],
    ['2026-11-22 15:00', '3600'],
  ])(
    'at %s the sender is asked to wait %s seconds: midnight in Greenwich is eight in China',
    async (now, wait) => {
      const { shop, fault } = await shopWithFaults();
      shop.clock.now = at(now);
      fault.now = 'used-up';
      const raw = await receiveErp(
        shop.receiver,
        signedRequest(JSON.stringify(buy('1')), shop.clock.now),
        'till',
      );
      expect(raw.headers.get('retry-after')).toBe(wait);
    },
  );

  test('a stored sale stays as it is, and counts when the day begins', async () => {
    const { shop, fault } = await shopWithFaults();
    await shop.post(buy('1'));
    fault.now = 'used-up';
    await expect(processPending(shop.engine, 10, shop.clock.now)).rejects.toThrow('daily row write limit');
    expect(inboxRows(shop.db).map(({ state, attempts }) => [state, attempts])).toContainEqual([
      'received',
      0,
    ]);
    fault.now = null;
    await shop.work();
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done']);
  });
});

test.each([
  [usedUp, 'quota'],
  [usedUp.replace('write', 'read'), 'quota'],
  ['D1_ERROR: Exceeded maximum DB size.', 'unreachable'],
  ['D1_ERROR: UNIQUE constraint failed: inbox.id', 'refused'],
])('%s is %s', (message, kind) => {
  expect(new DbError(message).kind).toBe(kind);
});

type Batch = Parameters<Db['batch']>[0];
const now = at('2026-11-22 15:00');
const thirteenRows = (from: number) =>
  statement(
    `INSERT INTO settings (key, value) SELECT 'k' || (value + ?1), '1' FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13]')`,
    from,
  );

async function inIsolates(count: number, rowsPerDay: number) {
  const runtime = await startRuntime({ workerEntry: 'tests/bench/bare-worker.ts' });
  onTestFinished(runtime.stop);
  const real = d1(await runtime.db());
  const clock = { now };
  const written = { rows: 0 };
  const metered = {
    batch: async (statements: Batch) => {
      const results = await real.batch(statements);
      written.rows += results.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
      return results;
    },
  };
  const limit = { rowsPerDay, clock: () => clock.now, alarm: dayNearlyUsedUp };
  const isolates = Array.from({ length: count }, () => countingRows(metered, limit));
  let turn = 0;
  const write = async (times: number): Promise<void> => {
    for (const last = turn + times; turn < last; turn += 1)
      await isolates[turn % count]?.batch([thirteenRows(turn * 13)]);
  };
  const noted = async () => {
    const [row] =
      (await real.batch([statement(`SELECT value FROM settings WHERE key = 'rows_written'`)]))[0]?.rows ?? [];
    return JSON.parse(String(row?.['value'])) as { day: string; rows: number };
  };
  const said = async () =>
    (await listAlerts(real, { at: Number.MAX_SAFE_INTEGER, id: '' }, 9)).map(({ id }) => id);
  return { clock, written, write, noted, said };
}

describe('the rows of a day are counted', () => {
  test('as D1 counts them: too few by less than 214 for each of 2 isolates, never too many, and from nothing the next day', async () => {
    const { clock, written, write, noted } = await inIsolates(2, 100_000);
    await write(200);
    const { day, rows } = await noted();
    expect([day, rows <= written.rows, written.rows - rows < 2 * 214]).toEqual(['2026-11-22', true, true]);
    // Eight in the morning in China.
    clock.now = at('2026-11-23 08:00');
    const before = written.rows;
    await write(40);
    const next = await noted();
    expect([next.day, written.rows - before - next.rows < 2 * 214]).toEqual(['2026-11-23', true]);
  });

  test('and the shop is told once when 80 of a hundred are used up, however many isolates notice', async () => {
    const { clock, write, said } = await inIsolates(3, 5_000);
    await write(250);
    expect(await said()).toEqual([]);
    await write(150);
    expect(await said()).toEqual(['day-nearly-used/2026-11-22']);
    clock.now = at('2026-11-23 08:00');
    await write(100);
    expect(await said()).toEqual(['day-nearly-used/2026-11-22']);
  });
});
