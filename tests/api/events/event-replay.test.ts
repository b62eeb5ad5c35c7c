import { expect, test } from 'vitest';
import { at, rfc3339, sale } from '../../support/builders.ts';
import { inboxRows, rowCounts } from '../../support/shop.ts';
import { openOffice } from '../support.ts';

const day = { from: rfc3339('2026-11-22 00:00'), to: rfc3339('2026-11-23 00:00') };

test('300 parked events of a day are told again in two calls of at most 200, the oldest first', async () => {
  const { admin, shop } = await openOffice();
  for (let batch = 0; batch < 3; batch += 1) {
    const bodies = Array.from({ length: 100 }, (_, place) => ({
      type: 'sale.completed',
      id: `x${batch}-${place}`,
    }));
    await shop.tell(...bodies);
  }
  const rings = shop.bells.length;
  const first = await admin('POST', '/events/replay', { body: { state: 'parked', ...day, limit: 200 } });
  expect(first.json).toEqual({ queued: 200, emptied: 0, next: '200' });
  expect(shop.bells.length).toBe(rings + 1);
  expect(
    inboxRows(shop.db)
      .filter(({ state }) => state === 'received')
      .map(({ seq }) => seq),
  ).toEqual(Array.from({ length: 200 }, (_, place) => place + 1));
  const second = await admin('POST', '/events/replay', {
    body: { state: 'parked', ...day, limit: 200, after: first.json['next'] },
  });
  expect(second.json).toEqual({ queued: 100, emptied: 0, next: null });
  await shop.work();
  expect(inboxRows(shop.db).every(({ state }) => state === 'parked')).toBe(true);
});

test('events that were applied keep their ids and change nothing when a whole day is told again', async () => {
  const { admin, shop } = await openOffice();
  for (const orderNo of ['A', 'B', 'C']) await shop.tell(sale({ orderNo }));
  const before = {
    rows: rowCounts(shop.db),
    ids: inboxRows(shop.db).map(({ id, outcome }) => [id, outcome]),
  };
  expect((await admin('POST', '/events/replay', { body: { state: 'done', ...day } })).json).toMatchObject({
    queued: 3,
  });
  await shop.work();
  // Who asked for it is written down.
  expect(rowCounts(shop.db)).toEqual({ ...before.rows, audit_rows: 1 });
  expect(inboxRows(shop.db).map(({ id, outcome }) => [id, outcome])).toEqual(before.ids);
});

test('a range is narrowed by source, type and time, and the same key queues it once', async () => {
  const { admin, shop } = await openOffice();
  shop.clock.now = at('2026-11-21 15:00');
  await shop.tell({ type: 'ping', id: 'p0', occurredAt: rfc3339('2026-11-21 14:00') });
  shop.clock.now = at('2026-11-22 15:00');
  await shop.tell({ type: 'ping', id: 'p1', occurredAt: rfc3339('2026-11-22 14:00') });
  await shop.tell({ type: 'stock.moved', id: 's1', data: {} });
  const ask = (body: object, key = 'k') =>
    admin('POST', '/events/replay', {
      body: { state: 'ignored', ...day, ...body },
      headers: { 'idempotency-key': key },
    });
  expect((await ask({ source: 'elsewhere' }, 'k0')).json).toMatchObject({ queued: 0 });
  expect((await ask({ type: 'ping' })).json).toMatchObject({ queued: 1 });
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['ignored', 'received', 'ignored']);
  await shop.work();
  expect((await ask({ type: 'ping' })).json).toMatchObject({ queued: 1 });
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['ignored', 'ignored', 'ignored']);
  expect((await ask({})).json).toMatchObject({ code: 'idempotency_key_reused' });
});

test.each([
  [{ state: 'received', ...day }, 'state'],
  [{ state: 'parked', from: day.to, to: day.from }, 'to'],
  [{ state: 'parked', ...day, limit: 501 }, 'limit'],
  [{ state: 'parked', from: day.from }, 'to'],
])('a range of %j is refused for its %s', async (body, field) => {
  const { admin, pos } = await openOffice();
  expect((await admin('POST', '/events/replay', { body })).json).toMatchObject({ status: 422, field });
  expect((await pos('POST', '/events/replay', { body })).status).toBe(403);
});
