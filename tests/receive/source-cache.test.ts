/** 数据来源的缓存: whoever decides events reads them by the settings of now, and pays for looking at most twice a minute. */
import { expect, test } from 'vitest';
import { sources, type InboxEvent } from '../../schema/index.ts';
import type { Db } from '../../workers/db/db.ts';
import { updateSource } from '../../workers/db/sources/registered-sources.ts';
import { insertSet } from '../../workers/db/set.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { rowOf } from '../support/erp/fixtures.ts';
import { till } from '../support/shop.ts';
import { sqliteDb } from '../support/sqlite.ts';

const source = { ...till, id: 'shop', adapter: 'stripe', config: null };
const push = rowOf({ senderId: '1', type: 'stripe.x', body: '{"type":"x"}' });
const told = (row: InboxEvent): InboxEvent => ({ ...row, decidedAt: 1 });

async function consumer() {
  const db = sqliteDb();
  await db.batch([insertSet(sources, [source])]);
  const clock = { now: 0 };
  const line = { reads: 0, isDown: false };
  const through: Db = {
    batch: async (statements) => {
      line.reads += 1;
      if (line.isDown) throw new Error('the database is down');
      return db.batch(statements);
    },
  };
  const cache = sourceCache(through, () => clock.now);
  const read = async (row: InboxEvent): Promise<unknown> => (await normaliseRows([row], cache))[0];
  const before = await read(push);
  expect(before).toEqual({ ignored: { code: 'NOT_ACTED_ON', type: 'x' } });
  await updateSource(db, source, { ...source, adapter: 'generic' });
  return { clock, line, read, before };
}

const anew = { ignored: { code: 'NOT_ACTED_ON', type: 'stripe.x' } };

test('an event that is told again is read by the settings of now', async () => {
  const { line, read, before } = await consumer();
  expect(await read(push)).toEqual(before);
  expect(line.reads).toBe(1);
  expect(await read(told(push))).toEqual(anew);
  expect(line.reads).toBe(2);
});

test('a consumer that serves no requests learns of a change within half a minute', async () => {
  const { clock, line, read, before } = await consumer();
  clock.now = 30_000;
  expect(await read(push)).toEqual(before);
  clock.now = 30_001;
  expect([await read(push), await read(push), line.reads]).toEqual([anew, anew, 2]);
});

test('what was known goes on being known while the database is down', async () => {
  const { clock, line, read, before } = await consumer();
  line.isDown = true;
  clock.now = 60_000;
  expect([await read(push), await read(told(push))]).toEqual([before, before]);
});
