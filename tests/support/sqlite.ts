/** The database port over node:sqlite, with the real migrations: what a test writes, D1 would hold. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { DbError, type Db, type Result, type Row, type Statement } from '../../workers/db/db.ts';

export type TestDb = Db & {
  /** For looking at tables directly; `?` parameters in order. */
  readonly all: (sql: string, ...params: (string | number | null)[]) => Row[];
  /** Statements sent and batches made since the start, for tests that count round trips. */
  readonly counts: { statements: number; batches: number };
  readonly close: () => void;
};

const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url).href);

export function migrations(): string[] {
  return readdirSync(migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .flatMap((name) => readFileSync(join(migrationsFolder, name), 'utf8').split('--> statement-breakpoint'));
}

let image: Uint8Array | null = null;

/** What the migrations make, made once: copying it takes a twentieth of the time. */
function migrated(): Uint8Array {
  if (image) return image;
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations()) database.exec(migration);
  image = database.serialize();
  database.close();
  return image;
}

/** As workerd sets them: a question that D1 would refuse is refused here. */
const limits = {
  compoundSelect: 5,
  variableNumber: 100,
  likePatternLength: 50,
  exprDepth: 100,
  sqlLength: 100_000,
};

function inMemory(): DatabaseSync {
  const database = new DatabaseSync(':memory:', { limits });
  database.deserialize(migrated());
  return database;
}

/** In memory, unless a file is given. */
export function sqliteDb(database: DatabaseSync = inMemory()): TestDb {
  const counts = { statements: 0, batches: 0 };
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, known);
    return known;
  };

  const changes = database.prepare('SELECT total_changes() AS n');
  /** The rows of tables changed so far; D1 counts index entries as well. */
  const totalChanges = (): number => Number(changes.get()?.['n'] ?? 0);

  const run = ({ sql, params }: Statement): Result => {
    const before = totalChanges();
    // Rows have no prototype in node:sqlite; a copy compares with toEqual.
    const rows = prepare(sql)
      .all(...params)
      .map((row): Row => ({ ...row }));
    return { rows, rowsRead: rows.length, rowsWritten: totalChanges() - before };
  };

  return {
    counts,
    close: () => database.close(),
    all: (sql, ...params) => run({ sql, params }).rows.slice(),
    batch: async (statements) => {
      if (statements.length === 0) return [];
      counts.batches += 1;
      counts.statements += statements.length;
      database.exec('BEGIN IMMEDIATE');
      try {
        const results = statements.map(run);
        database.exec('COMMIT');
        return results;
      } catch (error) {
        database.exec('ROLLBACK');
        throw new DbError(error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
  };
}
