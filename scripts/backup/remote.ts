/** 部署好的店: its database through wrangler. D1 answers nobody while it is exported; what tills send meanwhile waits in the queue. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { jsonIn, mustSucceed } from '../wrangler.ts';
import { BackupError, loadSql, sqlIn, type Manifest } from './folder.ts';

/** A copy on this machine, for as long as `work` takes. */
export async function withExport<Result>(work: (db: DatabaseSync) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'huike-export-'));
  try {
    const file = join(folder, 'export.sql');
    mustSucceed(['d1', 'export', 'DB', '--remote', '--output', file]);
    const db = new DatabaseSync(join(folder, 'export.sqlite'));
    loadSql(db, file);
    const result = await work(db);
    db.close();
    return result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Into a database that holds nothing: `database_id` of wrangler.toml names it. */
export function restoreRemote(folder: string, { tables }: Manifest): void {
  const found = ask(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\'`,
  );
  if (found.length > 0)
    throw new BackupError(
      'The database that wrangler.toml names holds something, and nothing is written over it: make another with `npx wrangler d1 create`, and put its id there.',
    );
  mustSucceed(['d1', 'execute', 'DB', '--remote', '--yes', '--file', sqlIn(folder)]);
  for (const [name, { rows }] of Object.entries(tables)) {
    const counted = Number(ask(`SELECT count(*) AS rows FROM "${name}"`)[0]?.['rows']);
    if (counted !== rows) throw new BackupError(`${name}: ${rows} rows were kept, ${counted} are there.`);
  }
}

const ask = (sql: string): Record<string, unknown>[] =>
  (
    jsonIn(mustSucceed(['d1', 'execute', 'DB', '--remote', '--json', '--command', sql])) as {
      results: Record<string, unknown>[];
    }[]
  )[0]?.results ?? [];
