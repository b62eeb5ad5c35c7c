/** 处理结果: a decision stands beside its event once, whoever else had it in hand; and nothing is read again that was decided. */
import { expect, test } from 'vitest';
import type { SaleId } from '../../schema/index.ts';
import { claimEvents, closeEvents, type Closing } from '../../workers/db/inbox/decisions.ts';
import { countAttempt, pendingBytesMax, readPending } from '../../workers/db/inbox/pending.ts';
import { replayEvents } from '../../workers/db/inbox/replay.ts';
import { statement } from '../../workers/db/db.ts';
import { apply } from '../../workers/db/world/apply.ts';
import { processPending } from '../../workers/engine/process.ts';
import { rfc3339, sale } from '../support/builders.ts';
import { inboxRows, openShop, type Shop } from '../support/shop.ts';

const now = 1_795_330_800_000;
const decided: Closing = {
  seq: 1,
  state: 'done',
  memberId: null,
  note: null,
  waitsFor: null,
  outcome: { points: 100 },
};
const states = (shop: Shop) => inboxRows(shop.db).map(({ state }) => state);
const ping = (id: string) => ({ type: 'ping', id, occurredAt: rfc3339('2026-11-22 14:00') });
const pings = (count: number) => Array.from({ length: count }, (_, place) => ping(`p${place}`));
const decidedTo = (shop: Shop): unknown =>
  shop.db.all(`SELECT value FROM settings WHERE key = 'decided_to'`)[0]?.['value'] ?? null;

/** What no version guards: a line in the conversation. */
const said = statement(
  `INSERT INTO contacts (thread, direction, channel, kind, text, cause, at) VALUES ('m', 'in', 'wechat', 'text', '在吗', 'c', 0)`,
);

test('an event decided twice is refused the second time, with everything that came with it', async () => {
  const shop = await openShop();
  await shop.post(ping('p1'));
  const batch = () => [...claimEvents([decided], now), said];
  expect([(await apply(shop.db, batch())).applied, (await apply(shop.db, batch())).applied]).toEqual([
    'applied',
    'duplicate',
  ]);
  expect(shop.db.all(`SELECT text FROM contacts`)).toEqual([{ text: '在吗' }]);
});

test('what waited for its sale is decided anew, and that once', async () => {
  const shop = await openShop();
  await shop.post(ping('p1'));
  const waiting: Closing = { ...decided, state: 'waiting', waitsFor: 'pos:1' as SaleId, outcome: null };
  const batch = () => [...claimEvents([{ ...decided, replaces: 'waiting' }], now), said];
  expect((await apply(shop.db, claimEvents([waiting], now))).applied).toBe('applied');
  expect([(await apply(shop.db, batch())).applied, (await apply(shop.db, batch())).applied]).toEqual([
    'applied',
    'duplicate',
  ]);
  expect(shop.db.all(`SELECT count(*) AS n FROM contacts`)).toEqual([{ n: 1 }]);
});

test('an event may not begin to wait for a sale that is there', async () => {
  const shop = await openShop();
  await shop.tell(sale({ orderNo: '1' }));
  await shop.post(ping('p1'));
  const waiting: Closing = {
    ...decided,
    seq: 2,
    state: 'waiting',
    waitsFor: 'pos:1' as SaleId,
    outcome: null,
  };
  expect((await apply(shop.db, claimEvents([waiting], now))).applied).toBe('stale');
  expect(states(shop)).toEqual(['done', 'received']);
});

test('what could not be read is parked by whoever was first, and what was applied is never parked', async () => {
  const shop = await openShop();
  await shop.post(ping('p1'));
  await apply(shop.db, claimEvents([decided], now));
  await shop.db.batch(closeEvents([{ ...decided, state: 'parked', outcome: null }], now + 1));
  expect(inboxRows(shop.db)).toMatchObject([{ state: 'done', decidedAt: now, outcome: { points: 100 } }]);
});

test('an attempt at an event that was decided meanwhile leaves nothing behind', async () => {
  const shop = await openShop();
  await shop.tell(ping('p1'));
  await shop.db.batch([countAttempt(1)]);
  expect(shop.db.all(`SELECT seq FROM reopened`)).toEqual([]);
});

test('what was applied keeps its decision when it is told again, and what was not is decided anew', async () => {
  const shop = await openShop();
  await shop.tell(sale({ orderNo: '1' }), ping('p1'));
  await shop.db.batch(replayEvents([1, 2]));
  expect(states(shop)).toEqual(['done', 'received']);
  await shop.work();
  expect(states(shop)).toEqual(['done', 'ignored']);
});

test('of 45 events decided ten at a time, the mark passes none that is still open', async () => {
  const shop = await openShop();
  await shop.post(...pings(45));
  const marks: unknown[] = [];
  for (let group = 0; group < 5; group += 1) {
    await processPending(shop.engine, 10, shop.clock.now);
    marks.push(decidedTo(shop));
  }
  expect(marks).toEqual([null, '20', '20', '40', '40']);
  // One that was told again lies below the mark, and is found all the same.
  await shop.db.batch(replayEvents([3]));
  expect((await readPending(shop.db, 10)).events.map(({ seq }) => seq)).toEqual([3]);
  await shop.work();
  expect([states(shop).includes('received'), decidedTo(shop)]).toEqual([false, '40']);
});

test('an event that is decided before its turn leaves those before it pending', async () => {
  const shop = await openShop();
  await shop.post(...pings(40));
  await shop.db.batch(closeEvents([{ ...decided, seq: 40 }], now));
  expect(decidedTo(shop)).toBeNull();
  const { events, found } = await readPending(shop.db, 250);
  expect([events.length, found, events.at(-1)?.seq]).toEqual([39, 39, 39]);
});

test('ten bodies of a megabyte are read eight and two, and decided in one call', async () => {
  const shop = await openShop();
  await shop.post(...pings(10));
  shop.db.all(`UPDATE inbox SET body = json_set(body, '$.more', ?)`, 'x'.repeat(pendingBytesMax / 8 - 200));
  const { events, found } = await readPending(shop.db, 250);
  expect([events.length, found]).toEqual([8, 10]);
  expect(await processPending(shop.engine, 250, shop.clock.now)).toBe(10);
  expect(new Set(states(shop))).toEqual(new Set(['ignored']));
});

test('one body larger than the bound is decided by itself', async () => {
  const shop = await openShop();
  await shop.post(...pings(2));
  shop.db.all(`UPDATE inbox SET body = json_set(body, '$.more', ?)`, 'x'.repeat(pendingBytesMax));
  expect((await readPending(shop.db, 250)).events.map(({ seq }) => seq)).toEqual([1]);
  expect(await processPending(shop.engine, 250, shop.clock.now)).toBe(2);
});
