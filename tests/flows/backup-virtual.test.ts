/** 备份 of columns that are made of others: they are left out of what is kept, and stand again where it is read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { count, dump, statementBytesMax } from '../../scripts/backup/dump.ts';
import { keep, load, loadSql, mustEqual } from '../../scripts/backup/folder.ts';
import { line, refund, sale } from '../support/builders.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { processPending } from '../../workers/engine/process.ts';
import { openShop, postTo, saleRows } from '../support/shop.ts';
import { migrations, sqliteDb } from '../support/sqlite.ts';

const bought = (orderNo: string, lines = 1) =>
  sale({
    orderNo,
    member: { externalId: 'M1' },
    lines: Array.from({ length: lines }, (_, place) =>
      line({ sku: `sku-${place}`, lineNo: `${'号'.repeat(100)}-${place}`, amountFen: 1_000 }),
    ),
  });

test('receipts with numbers like 7@A and one of 500 lines come back with their numbers and days, and a return finds what it returns', async () => {
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations()) database.exec(migration);
  const shop = await openShop({ db: sqliteDb(database) });
  const before = [bought('1'), bought('7@A'), bought('long', 500)];
  for (const one of before) await shop.tell(one);
  const [longest] = database.prepare('SELECT max(octet_length(document)) AS n FROM sales').all();
  expect(Number(longest?.['n'])).toBeGreaterThan(statementBytesMax);
  expect(
    [...dump(database)].filter((one) => /INSERT INTO "sales".*"(order_no|occurred_on)"/.test(one)),
  ).toEqual([]);

  const folder = mkdtempSync(join(tmpdir(), 'huike-virtual-'));
  const kept = join(folder, 'kept');
  await keep(database, kept, { now: 0, version: '1' });
  const piecewise = new DatabaseSync(':memory:');
  await load(kept, piecewise);
  const whole = new DatabaseSync(':memory:');
  loadSql(whole, join(kept, 'database.sql'));
  for (const back of [piecewise, whole]) {
    mustEqual(count(database), count(back));
    const restored = { ...shop.engine, db: sqliteDb(back) };
    expect(saleRows(restored.db)).toEqual(saleRows(shop.db));
    expect(restored.db.all('SELECT order_no AS no, occurred_on AS day FROM sales ORDER BY seq')).toEqual([
      { no: '1', day: '2026-11-22' },
      { no: '7@A', day: '2026-11-22' },
      { no: 'long', day: '2026-11-22' },
    ]);
    await postTo(
      { ...shop.receiver, db: restored.db, sources: sourceCache(restored.db) },
      shop.clock.now,
      refund({ orderNo: '7@A', refundNo: 'R1', scope: 'full', refundedFen: 1_000, lines: [] }),
    );
    await processPending({ ...restored, config: configCache(restored.db) }, 9, shop.clock.now);
    expect(saleRows(restored.db).map(({ orderNo, keptFen }) => [orderNo, keptFen])).toEqual([
      ['1', 1_000],
      ['7@A', 0],
      ['long', 500_000],
    ]);
  }
  rmSync(folder, { recursive: true });
});
