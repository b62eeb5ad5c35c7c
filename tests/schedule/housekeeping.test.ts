/** 夜间清理: what is old goes a page a minute, and nothing that is still needed goes with it. */
import { expect, test } from 'vitest';
import { eventIdOf } from '../../workers/engine/event-ids.ts';
import { at, rfc3339, sale } from '../support/builders.ts';
import { inboxRows, outboxRows, rowCounts, type Shop } from '../support/shop.ts';
import { items, openOffice } from '../api/support.ts';
import { configure, minuteMs, run, runThrough, sellAt } from './cron-support.ts';
import { decideAll, fillInbox } from '../support/inbox.ts';

const hourMs = 60 * minuteMs;

/** Old events as they would lie there, one an hour apart. */
async function store(shop: Shop, count: number, state: string, first: string): Promise<void> {
  for (let place = 0; place < count; place += 1) {
    const body = JSON.stringify({ type: 'ping', id: `${state}${place}` });
    shop.db.all(
      `INSERT INTO inbox (id, source_id, sender_id, revision, type, received_at, body)
       VALUES (?, 'till', ?, 1, 'ping', ?, ?)`,
      await eventIdOf('till', `${state}${place}`, body),
      `${state}${place}`,
      at(first) + place * hourMs,
      body,
    );
  }
  decideAll(shop.db, state);
}

const bodies = (shop: Shop): Record<string, number> =>
  Object.fromEntries(
    [
      ...Map.groupBy(inboxRows(shop.db), ({ state, body }) => `${state} ${body === '' ? 'empty' : 'kept'}`),
    ].map(([kind, rows]) => [kind, rows.length]),
  );

test('bodies of what was dealt with are emptied after 90 days, at night only; what is still open keeps its own', async () => {
  const { shop } = await openOffice();
  await store(shop, 10, 'done', '2026-08-24 00:00');
  await store(shop, 2, 'parked', '2026-08-24 10:00');
  await store(shop, 2, 'waiting', '2026-08-24 12:00');
  await store(shop, 2, 'ignored', '2026-08-24 14:00');
  await run(shop, at('2026-11-22 15:00'));
  expect(bodies(shop)).toEqual({ 'done kept': 10, 'parked kept': 2, 'waiting kept': 2, 'ignored kept': 2 });
  // Those of 0, 1 and 2 o'clock are older than 90 days; that of 3 o'clock is not, by a millisecond.
  await run(shop, at('2026-11-22 03:00'));
  expect(bodies(shop)).toMatchObject({ 'done empty': 3, 'done kept': 7, 'ignored kept': 2 });
  await run(shop, at('2026-11-23 03:00'));
  expect(bodies(shop)).toEqual({ 'done empty': 10, 'parked kept': 2, 'waiting kept': 2, 'ignored empty': 2 });
});

test('2,500 old bodies take three minutes: 1,000, 1,000 and 500', async () => {
  const { shop } = await openOffice();
  fillInbox(shop.db, 2_500, { receivedAt: 'number' });
  const left: number[] = [];
  for (let minute = 0; minute < 4; minute += 1) {
    await run(shop, at('2026-11-22 03:00') + minute * minuteMs);
    left.push(bodies(shop)['done kept'] ?? 0);
  }
  expect(left).toEqual([1500, 500, 0, 0]);
});

test('a night with nothing to do costs 16 statements a minute and writes nothing', async () => {
  const { shop } = await openOffice();
  await sellAt(shop, '2026-11-21 14:00', 'A');
  for (let minute = 0; minute < 3; minute += 1) await run(shop, at('2026-11-22 02:01') + minute * minuteMs);
  const [before, changed] = [{ ...shop.db.counts }, shop.db.all(`SELECT total_changes() AS n`)];
  await run(shop, at('2026-11-22 01:59'));
  const day = shop.db.counts.statements - before.statements;
  const middle = shop.db.counts.statements;
  await run(shop, at('2026-11-22 02:04'));
  expect(shop.db.counts.statements - middle - day).toBe(16);
  expect(shop.db.all(`SELECT total_changes() AS n`)).toEqual(changed);
});

test('each source keeps its bodies as long as it was told to', async () => {
  const { shop } = await openOffice();
  configure(shop, { rawBodyDays: 30 });
  shop.db.all(
    `INSERT INTO sources SELECT 'mall', name, adapter, 'mall', secrets, NULL, created_at FROM sources`,
  );
  await store(shop, 4, 'done', '2026-10-01 00:00');
  shop.db.all(`UPDATE inbox SET source_id = 'mall' WHERE seq > 2`);
  await runThrough(shop, '2026-11-22 03:00', '2026-11-22 03:01');
  expect(inboxRows(shop.db).map(({ sourceId, body }) => [sourceId, body === ''])).toEqual([
    ['till', true],
    ['till', true],
    ['mall', false],
    ['mall', false],
  ]);
});

test('an event that was parked when its time came loses its body a month after it was dealt with at last', async () => {
  const { shop } = await openOffice();
  await store(shop, 1, 'parked', '2026-08-01 00:00');
  await runThrough(shop, '2026-11-22 03:00', '2026-11-22 03:03');
  shop.db.all(`UPDATE decisions SET state = 'done'`);
  await runThrough(shop, '2026-12-01 03:00', '2026-12-01 03:03');
  expect(bodies(shop)).toEqual({ 'done kept': 1 });
  await runThrough(shop, '2026-12-23 03:00', '2026-12-23 03:03');
  expect(bodies(shop)).toEqual({ 'done empty': 1 });
});

test('an event without a body says why it cannot be told again, and a range leaves it out', async () => {
  const { shop, admin } = await openOffice();
  await store(shop, 2, 'done', '2026-08-01 00:00');
  await run(shop, at('2026-11-22 03:00'));
  const [event] = items(await admin('GET', '/events'));
  expect((await admin('GET', `/events/${String(event?.['id'])}`)).json).toMatchObject({
    body: '',
    canonical: null,
    curl: null,
    why: '已处理。原始内容已按保留期限清空，不能再次处理。',
  });
  expect((await admin('POST', `/events/${String(event?.['id'])}/replay`)).json).toMatchObject({
    status: 409,
    code: 'body_gone',
  });
  const range = { state: 'done', from: rfc3339('2026-08-01 00:00'), to: rfc3339('2026-08-02 00:00') };
  expect((await admin('POST', '/events/replay', { body: range })).json).toEqual({
    queued: 0,
    emptied: 2,
    next: null,
  });
});

test('the same sale sent once more after its body is gone is still a duplicate', async () => {
  const { shop } = await openOffice();
  await sellAt(shop, '2026-08-01 14:00', 'A');
  const rows = rowCounts(shop.db);
  await run(shop, at('2026-11-22 03:00'));
  shop.clock.now = at('2026-11-22 15:00');
  const answer = await shop.post(sale({ orderNo: 'A', at: '2026-08-01 14:00' }));
  expect(answer).toMatchObject({ status: 200, body: { duplicate: true } });
  const { chores: _chores, settings: _pulse, ...after } = rowCounts(shop.db);
  const { chores: _none, settings: _still, ...before } = rows;
  expect(after).toEqual(before);
});

test('ids of reminders and commands that were applied go after 400 days; that a sale was decided is kept for good', async () => {
  const { shop } = await openOffice();
  await sellAt(shop, '2025-10-01 14:00', 'A');
  const applied = (id: string, when: string): unknown =>
    shop.db.all(`INSERT INTO applied_events (id, at) VALUES (?, ?)`, id, at(when));
  applied('reminder:m/milk/1', '2025-10-02 10:00');
  applied('reminder:m/milk/2', '2025-10-30 10:00');
  await runThrough(shop, '2026-11-22 03:00', '2026-11-22 03:01');
  expect(shop.db.all(`SELECT id FROM applied_events`)).toEqual([{ id: 'reminder:m/milk/2' }]);
  expect(inboxRows(shop.db)).toMatchObject([{ state: 'done', body: '' }]);
});

test('what was sent is kept without its words after 180 days, and old keys and alerts go', async () => {
  const { shop } = await openOffice();
  const message = (state: string, when: string): void => {
    shop.db.all(
      `INSERT INTO outbox (cause, kind, payload, state, due_at, attempts, created_at, ended_at)
       VALUES (?, 'sale', '{"points":1}', ?, ?, 1, ?, ?)`,
      `${state}${when}`,
      state,
      at(when),
      at(when),
      at(when),
    );
  };
  message('sent', '2026-05-01 10:00');
  message('parked', '2026-05-02 10:00');
  message('sent', '2026-06-01 10:00');
  const key = (name: string, when: string): void => {
    shop.db.all(`INSERT INTO idempotency_keys VALUES (?, '', 'null', ?)`, name, at(when));
  };
  key('old', '2026-10-20 10:00');
  key('new', '2026-11-20 10:00');
  const alert = (id: string, when: string): void => {
    shop.db.all(`INSERT INTO alerts VALUES (?, 'source.silent', 'till', '', ?)`, id, at(when));
  };
  alert('old', '2025-10-01 10:00');
  alert('new', '2025-11-01 10:00');
  // Who joined two years ago and left is somebody new by now.
  shop.db.all(
    `INSERT INTO joined_digests VALUES ('OLD', ?), ('NEW', ?)`,
    at('2024-11-21 10:00'),
    at('2024-12-01 10:00'),
  );
  // Small tables take turns.
  await runThrough(shop, '2026-11-22 03:00', '2026-11-22 03:08');
  expect(shop.db.all(`SELECT key FROM joined_digests`)).toEqual([{ key: 'NEW' }]);
  expect(outboxRows(shop.db).map(({ payload }) => payload)).toEqual([{}, { points: 1 }, { points: 1 }]);
  expect(shop.db.all(`SELECT key FROM idempotency_keys`)).toEqual([{ key: 'new' }]);
  expect(shop.db.all(`SELECT id FROM alerts`)).toEqual([{ id: 'new' }]);
});
