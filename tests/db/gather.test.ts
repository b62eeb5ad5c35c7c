/** 一起问: reads of one turn are one batch, each asker has its own rows or its own error, and what writes goes alone. */
import { expect, test } from 'vitest';
import { DbError, rowsAt, statement, type Db, type Statement } from '../../workers/db/db.ts';
import { gatheredMax, gathering } from '../../workers/db/gather.ts';
import { sqliteDb } from '../support/sqlite.ts';

/** A database in memory, and the batches that came to it, as their SQL. */
function watched() {
  const db = sqliteDb();
  const batches: string[][] = [];
  const seen: Db = {
    batch: (statements) => {
      batches.push(statements.map(({ sql }) => sql));
      return db.batch(statements);
    },
  };
  return { db: gathering(seen), batches };
}

const one = (value: number): Statement => statement(`SELECT ?1 + 0 AS it`, value);
const wrong = statement(`SELECT it FROM nowhere`);
const put = (value: string): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES ('it', json(?1)) ON CONFLICT DO UPDATE SET value = excluded.value`,
    value,
  );
const held = statement(`SELECT value AS it FROM settings WHERE key = 'it'`);
const ask = async (db: Db, ...statements: Statement[]): Promise<unknown[]> =>
  (await db.batch(statements)).map((_, place, results) => rowsAt(results, place)[0]?.['it']);

/** A part of a page that comes to its question by and by. */
async function deep(db: Db, turns: number, value: number): Promise<unknown[]> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  return ask(db, one(value));
}

test('three parts of a page that ask at once cost one round trip, and each has its own answer', async () => {
  const { db, batches } = watched();
  const found = await Promise.all([ask(db, one(1)), ask(db, one(2), one(3)), deep(db, 10, 4)]);
  expect(found).toEqual([[1], [2, 3], [4]]);
  expect(batches.map(({ length }) => length)).toEqual([4]);
});

test('what is asked after an answer goes in the next round trip, again together', async () => {
  const { db, batches } = watched();
  const twice = async (first: number): Promise<unknown[]> => [
    ...(await ask(db, one(first))),
    ...(await ask(db, one(first + 1))),
  ];
  expect(await Promise.all([twice(1), twice(11)])).toEqual([
    [1, 2],
    [11, 12],
  ]);
  expect(batches.map(({ length }) => length)).toEqual([2, 2]);
});

test('what one visit has read it does not ask for again; another visit does', async () => {
  const { db, batches } = watched();
  await Promise.all([ask(db, held), ask(db, held)]);
  expect(await ask(db, held)).toEqual([undefined]);
  expect(batches.length).toBe(1);
  const [shared, asked] = [sqliteDb(), one(1)];
  await gathering(shared).batch([asked]);
  await gathering(shared).batch([asked]);
  expect(shared.counts.batches).toBe(2);
});

test('what writes goes alone, after what was asked before it, and what is read afterwards is new', async () => {
  const { db, batches } = watched();
  const before = ask(db, held);
  const written = db.batch([put('7'), held]);
  const after = ask(db, held);
  expect([await before, (await written).length, await after]).toEqual([[undefined], 2, ['7']]);
  await db.batch([put('8')]);
  expect(await ask(db, held)).toEqual(['8']);
  expect(batches.map(({ length }) => length)).toEqual([1, 2, 1, 1, 1]);
});

test.each([
  `INSERT INTO settings (key, value) VALUES ('it', '1')`,
  `UPDATE settings SET value = '1'`,
  `WITH old AS (SELECT key FROM settings) DELETE FROM settings WHERE key IN (SELECT key FROM old)`,
  `  REPLACE INTO settings (key, value) VALUES ('it', '1')`,
  `PRAGMA optimize`,
])('%s is joined with nothing', async (sql) => {
  const batches: number[] = [];
  const db = gathering({
    batch: async (statements) => {
      batches.push(statements.length);
      return statements.map(() => ({ rows: [], rowsRead: 0, rowsWritten: 0 }));
    },
  });
  await Promise.all([db.batch([one(1)]), db.batch([statement(sql)]), db.batch([one(2)])]);
  expect(batches).toEqual([1, 1, 1]);
});

test('a question that cannot stand is the fault of whoever asked it: the others have their answers', async () => {
  const { db } = watched();
  const [first, second, third] = await Promise.allSettled([ask(db, one(1)), ask(db, wrong), ask(db, one(3))]);
  expect([first, third]).toEqual([
    { status: 'fulfilled', value: [1] },
    { status: 'fulfilled', value: [3] },
  ]);
  expect(second).toMatchObject({ status: 'rejected', reason: { kind: 'refused' } });
});

test('a database that does not answer is told to everybody, once, and may be asked again', async () => {
  let [batches, isDown] = [0, true];
  const real = sqliteDb();
  const db = gathering({
    batch: (statements) => {
      batches += 1;
      return isDown ? Promise.reject(new DbError('network connection lost')) : real.batch(statements);
    },
  });
  const failed = await Promise.allSettled([ask(db, one(1)), ask(db, one(2))]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(batches).toBe(1);
  isDown = false;
  expect(await ask(db, one(1))).toEqual([1]);
});

test(`no batch is longer than ${String(gatheredMax)}, unless it was given so`, async () => {
  const { db, batches } = watched();
  const many = (count: number, from: number): Statement[] =>
    Array.from({ length: count }, (_, index) => one(from + index));
  const asked = [many(30, 0), many(20, 100), many(1, 200), many(gatheredMax + 1, 300)];
  const found = await Promise.all(asked.map((statements) => ask(db, ...statements)));
  expect(found.map((values) => [values.length, values[0]])).toEqual([
    [30, 0],
    [20, 100],
    [1, 200],
    [gatheredMax + 1, 300],
  ]);
  expect(batches.map(({ length }) => length)).toEqual([50, 1, gatheredMax + 1]);
});
