import { expect, test } from 'vitest';
import type { Poll } from '../../../schema/index.ts';
import { beginPolls } from '../../../workers/db/sources/polls.ts';
import { at, refund, rfc3339, sale } from '../../support/builders.ts';
import type { Shop } from '../../support/shop.ts';
import { items, openOffice } from '../support.ts';

const hour = (place: number, events: number): number[] =>
  Array.from({ length: 24 }, (_, at) => (at === place ? events : 0));

async function tellAt(shop: Shop, local: string, ...bodies: readonly object[]): Promise<void> {
  shop.clock.now = at(local);
  await shop.tell(...bodies);
}

const ping = (id: string): object => ({ type: 'ping', id, occurredAt: rfc3339('2026-11-22 14:00') });

test('a source shows its last event, its hours, what it could not say and what waits the longest', async () => {
  const { admin, shop } = await openOffice();
  await tellAt(shop, '2026-11-21 14:00', sale({ orderNo: 'yesterday' }));
  await tellAt(
    shop,
    '2026-11-22 10:00',
    refund({ orderNo: 'later' }),
    refund({ orderNo: 'later still', refundNo: 'R2' }),
  );
  await tellAt(shop, '2026-11-22 14:30', sale({ orderNo: 'A' }), sale({ orderNo: 'B' }), ping('p1'));
  await shop.tell({ type: 'sale.completed', id: 'bad', data: {} });
  shop.clock.now = at('2026-11-22 15:00');
  const { json } = await admin('GET', '/sources/till/health');
  expect(json).toMatchObject({
    id: 'till',
    name: '收银系统',
    lastEventAt: '2026-11-22T06:30:00.000Z',
    silentSince: null,
    silenceAlarmMinutes: null,
    lastDay: {
      events: 6,
      done: 2,
      parked: 1,
      ignored: 1,
      waiting: 2,
      received: 0,
      parkedBps: 1667,
      ignoredBps: 1667,
    },
    perHour: hour(23, 4).map((events, place) => (place === 19 ? 2 : events)),
    oldestWaiting: { receivedAt: '2026-11-22T02:00:00.000Z', waitsFor: 'pos:later' },
    polls: [],
  });
});

test('a source that sent nothing today still says when it last did; one that never did says nothing', async () => {
  const { admin, shop } = await openOffice();
  shop.db.all(
    `INSERT INTO sources SELECT 'mall', '商城', adapter, 'mall', secrets, config, created_at FROM sources`,
  );
  await tellAt(shop, '2026-11-19 14:00', sale({ orderNo: 'A', at: '2026-11-19 13:59' }));
  shop.clock.now = at('2026-11-22 15:00');
  const health = items(await admin('GET', '/source-health'));
  expect(health).toMatchObject([
    { id: 'mall', lastEventAt: null, lastDay: { events: 0, parkedBps: 0 } },
    { id: 'till', lastEventAt: '2026-11-19T06:00:00.000Z', lastDay: { events: 0 }, perHour: hour(0, 0) },
  ]);
  const first = await admin('GET', '/source-health?limit=1');
  expect(items(await admin('GET', `/source-health?limit=1&after=${String(first.json['next'])}`))).toEqual([
    health[1],
  ]);
});

test('all sources together cost one round trip and six statements, and a look writes nothing', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  const changed = shop.db.all('SELECT total_changes() AS n');
  const before = { ...shop.db.counts };
  await admin('GET', '/source-health');
  expect(shop.db.counts.batches - before.batches).toBe(2);
  expect(shop.db.counts.statements - before.statements).toBe(7);
  expect(shop.db.all('SELECT total_changes() AS n')).toEqual(changed);
});

test('a source that is polled shows how far the reading is', async () => {
  const { admin, shop } = await openOffice();
  const poll: Poll = {
    sourceId: 'till',
    stream: 'tickets',
    readTo: at('2026-11-22 14:50'),
    notBefore: 0,
    windowFrom: null,
    windowTo: null,
    page: null,
    questions: [],
    lookedBackOn: null,
    nextAt: at('2026-11-22 15:05'),
    leaseUntil: null,
    failures: 2,
    backOffUntil: null,
    lastOkAt: at('2026-11-22 14:55'),
    lastEventAt: at('2026-11-22 14:40'),
    lastError: 'it said 13912345487 is not allowed',
    version: 1,
    tally: null,
    session: null,
  };
  await beginPolls(shop.db, [poll]);
  expect((await admin('GET', '/sources/till/health')).json).toMatchObject({
    lastEventAt: '2026-11-22T06:40:00.000Z',
    polls: [
      {
        stream: 'tickets',
        readTo: '2026-11-22T06:50:00.000Z',
        failures: 2,
        lastError: 'it said 139****5487 is not allowed',
      },
    ],
  });
});

test('upkeep settings are checked when a source is saved', async () => {
  const { admin } = await openOffice();
  const put = (config: object) =>
    admin('PUT', '/sources/a', { body: { name: 'A', adapter: 'generic', config } });
  expect((await put({ silenceAlarmMinutes: 5 })).json).toMatchObject({ field: 'config.silenceAlarmMinutes' });
  expect((await put({ rawBodyDays: 400 })).json).toMatchObject({ field: 'config.rawBodyDays' });
  expect((await put({ businessHours: { from: 21, to: 9 } })).json).toMatchObject({
    field: 'config.businessHours.to',
  });
  expect((await put({ silenceAlarmMinutes: 60, rawBodyDays: 30 })).status).toBe(201);
  expect((await admin('GET', '/sources/a/health')).json).toMatchObject({ silenceAlarmMinutes: 60 });
});

test('alerts are paged newest first, and are the office’s affair', async () => {
  const { admin, pos, shop } = await openOffice();
  for (const place of [1, 2, 3]) {
    shop.db.all(
      `INSERT INTO alerts VALUES (?, 'source.silent', 'till', '静默', ?)`,
      `s${place}`,
      place * 1000,
    );
  }
  const first = await admin('GET', '/alerts?limit=2');
  expect(items(first).map(({ id }) => id)).toEqual(['s3', 's2']);
  expect(items(await admin('GET', `/alerts?limit=2&after=${String(first.json['next'])}`))).toEqual([
    { id: 's1', kind: 'source.silent', source: 'till', text: '静默', at: '1970-01-01T00:00:01.000Z' },
  ]);
  expect((await pos('GET', '/alerts')).status).toBe(403);
  expect((await pos('GET', '/sources/till/health')).status).toBe(403);
  expect((await admin('GET', '/sources/none/health')).json).toMatchObject({ code: 'unknown_source' });
});
