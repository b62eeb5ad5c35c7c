/** 问几次: how often each page of the office asks the database, in a full shop: every round trip is work of the Worker and a wait. */
import { beforeAll, expect, test } from 'vitest';
import { navFor } from '../../../workers/pages/console/kit/nav.ts';
import { openFullShop } from './full-shop.ts';
import type { Console } from './support.ts';

let full: Console;
beforeAll(async () => {
  full = await openFullShop();
});

async function asksOf(path: string): Promise<{ readonly status: number; readonly batches: number }> {
  const { counts } = full.shop.db;
  const before = counts.batches;
  const { status } = await full.owner.get(path);
  return { status, batches: counts.batches - before };
}

const buyer = (): string =>
  String(full.shop.db.all(`SELECT id FROM members WHERE spent_fen > 1000000`)[0]?.['id']);

test('a member’s page asks three times: who looks, whom they look at, and everything else at once', async () => {
  expect(await asksOf(`/console/members/${buyer()}`)).toEqual({ status: 200, batches: 3 });
});

test('the first page asks three times: who looks, everything at once, and which conversations wait', async () => {
  expect(await asksOf('/console/')).toEqual({ status: 200, batches: 3 });
});

const places = navFor('owner').flatMap((section) => section.places);
test.each(places)('$label ($path) asks at most three times', async ({ path }) => {
  const { status, batches } = await asksOf(path);
  expect([status, batches <= 3]).toEqual([200, true]);
});
