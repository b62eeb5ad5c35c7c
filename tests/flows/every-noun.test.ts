/** 一组里什么都有: a group that names every noun at once is asked within the limits of D1, and so is the heaviest of single events. */
import { expect, test } from 'vitest';
import { needsOf } from '../../workers/decide/decide.ts';
import { sliceNames } from '../../workers/decide/slices/index.ts';
import { load } from '../../workers/db/world/load.ts';
import { split, unite } from '../../workers/commands/members/merge.ts';
import type { MemberId } from '../../schema/index.ts';
import { openBusyOffice, liveLong } from '../support/long-life.ts';
import { memberId, openShop } from '../support/shop.ts';
import { rfc3339 } from '../support/builders.ts';
import { processPending } from '../../workers/engine/process.ts';

const statementsMax = 40;
const key = 'pos:1';

test('a group that asks for a row of every noun, and for all that is asked besides, is read in one batch', async () => {
  const shop = await openShop();
  const plain = needsOf([]);
  const sets = Object.entries(plain).flatMap(([name, value]) =>
    value instanceof Set ? [[name, new Set([key])] as const] : [],
  );
  const needs = {
    ...plain,
    ...Object.fromEntries(sets),
    asked: Object.fromEntries(sliceNames.map((name) => [name, new Set([key])])),
    isDeep: true,
    since: 0,
  } as unknown as typeof plain;
  const loaded = await load(shop.db, {
    needs,
    eventIds: ['e'],
    seqs: [1],
    isDeep: true,
    config: await shop.engine.config.get(),
    seeds: new Map(),
    now: shop.clock.now,
  } as never);
  expect(sets.length).toBeGreaterThan(10);
  // Half of what a group may ask: the other half is for writing.
  expect(loaded.statementCount).toBeLessThanOrEqual(statementsMax / 2);
});

const mothers = ['X', 'Z'].map((mark, place) => ({
  mark,
  externalId: `M${mark}`,
  openid: `o${mark}`,
  unionid: `u${mark}`,
  phone: `1391234540${String(place)}`,
  name: `${mark}妈妈`,
  born: '1990-01-01',
  childBorn: '2026-01-01',
  said: '你好',
  noted: '问过奶粉',
}));

test('two members who have something of everything are made one, made two again and forgotten, each in a group of its own', async () => {
  const office = await openBusyOffice();
  const { shop } = office;
  for (const mother of mothers) await liveLong(office, mother as never);
  const [fromId, intoId] = ['MX', 'MZ'].map((one) => memberId(shop.db, `ext:pos:${one}`) as MemberId);
  if (!fromId || !intoId) throw new Error('nobody is there');
  const statements = async (work: () => Promise<unknown>): Promise<number> => {
    const before = shop.db.counts.statements;
    await work();
    return shop.db.counts.statements - before;
  };
  const pair = { fromId, intoId };
  const merged = () => shop.db.all(`SELECT merged_into AS id FROM members WHERE id = ?`, fromId)[0]?.['id'];
  const united = await statements(() => unite(shop.engine, { key: 'k1', ...pair }, shop.clock.now));
  expect(merged()).toBe(intoId);
  const parted = await statements(() => split(shop.engine, { key: 'k2', ...pair }, shop.clock.now));
  expect(merged()).toBe(null);
  const occurredAt = rfc3339('2026-11-22 15:00');
  await shop.post({ type: 'member.deleted', id: 'd', occurredAt, data: { externalId: 'MX' } });
  const forgotten = await statements(() => processPending(shop.engine, 250, shop.clock.now));
  for (const count of [united, parted, forgotten]) expect(count).toBeLessThanOrEqual(statementsMax);
});
