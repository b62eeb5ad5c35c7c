/** 存量: a shop that has been selling for a while, made by the product's own code on node:sqlite, so that it follows any schema. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrationFiles, startRuntime } from '../../scripts/runtime.ts';
import { sqliteDb, type TestDb } from '../support/sqlite.ts';
import { driver } from './engine.ts';
import { received } from './received.ts';
import type { ReceivedEvent } from '../../workers/db/inbox/inbox.ts';
import { progress } from './report.ts';
import { openShop, type Shop } from './shop.ts';

/** Larger groups are quicker to make; what is stored is the same. */
const salesPerGroup = 1_000;

/** Sales by number, each of another member than its neighbours. */
export const salesOf = (shop: Shop, first: number, count: number, now: number): ReceivedEvent[] =>
  Array.from({ length: count }, (_, place) => {
    const number = first + place;
    return received({ number, member: (number * 7919) % shop.members, catalogue: shop.shape.catalogue }, now);
  });

export type Stored = {
  readonly path: string;
  readonly sales: number;
  readonly copyTo: (path: string) => void;
};

/** A file of so many sales, decided and, where members follow, delivered. Removed when the process ends. */
export async function storedShop(shop: Shop, sales: number): Promise<Stored> {
  const folder = mkdtempSync(join(tmpdir(), 'huike-stored-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `${sales}.sqlite`);
  const startedAt = performance.now();
  const { db, database, close } = openFile(path);
  database.exec('PRAGMA cache_size = -400000');
  await openShop(db, shop);
  const { store, decide, deliver } = driver(db, Date.now);
  for (let first = 0; first < sales; first += salesPerGroup) {
    await store(salesOf(shop, first, Math.min(salesPerGroup, sales - first), Date.now()));
    while ((await decide(salesPerGroup)) > 0);
    if (shop.follow) while ((await deliver(salesPerGroup)) > 0);
  }
  close();
  progress(`stored ${sales} sales in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return { path, sales, copyTo: (to) => copyFileSync(path, to) };
}

export type OpenFile = { readonly db: TestDb; readonly database: DatabaseSync; readonly close: () => void };

/** Opens a file, with the migrations in it and noted as the runtime notes them. Nothing of it need survive a crash. */
export function openFile(path: string): OpenFile {
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000');
  if (isNew) {
    database.exec(
      `CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
       applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    );
    for (const { name, statements } of migrationFiles()) {
      for (const sql of statements) database.exec(sql);
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name);
    }
  }
  const db = sqliteDb(database);
  const close = (): void => {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
  };
  return { db, database, close };
}

/** Where a runtime with this state keeps its database: the file may be put in its place while nothing runs. */
export async function placeOf(stateDir: string): Promise<string> {
  const runtime = await startRuntime({ stateDir, workerEntry: 'tests/bench/bare-worker.ts' });
  await (await runtime.db()).prepare('SELECT 1').run();
  await runtime.stop();
  const found = readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /d1.*\.sqlite$/i.test(name) && !/metadata/i.test(name))
    .map((name) => join(stateDir, name))
    .toSorted((one, other) => statSync(other).size - statSync(one).size);
  const [place] = found;
  if (!place) throw new Error(`there is no database below ${stateDir}`);
  for (const tail of ['-wal', '-shm']) rmSync(place + tail, { force: true });
  return place;
}
