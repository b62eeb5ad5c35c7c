/** 行数: what a page reads does not grow with the shop; what has no index is looked through so far and no farther. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedDaily, lookedThrough, openManyRows, otherRooms, type ManyRows } from '../../bench/many-rows.ts';

const rows = 12_000;
let shop: ManyRows;
beforeAll(async () => {
  shop = await openManyRows(rows);
});
afterAll(() => shop.stop());

test.each(askedDaily)('%s reads some hundred rows of 12,000 events and members', async (path) => {
  const { status, rowsRead } = await shop.ask(path);
  expect([status, rowsRead < 600]).toEqual([200, true]);
});

test.each(otherRooms)('%s looks back over some thousand rows at most', async (path) => {
  const { status, rowsRead } = await shop.ask(path);
  expect([status, rowsRead < 6_000]).toEqual([200, true]);
});

test.each(lookedThrough)('%s is looked through in pieces', async (path) => {
  const { status, rowsRead } = await shop.ask(path);
  // Once for what is found, once for how far it went.
  expect([status, rowsRead <= 2 * 10_000 + 100]).toEqual([200, true]);
});
