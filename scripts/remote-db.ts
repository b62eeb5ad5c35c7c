/** The database of a deployment, spoken to through wrangler: for a script that has to work before there is a token. */
import { DbError, type Db, type Statement, type Value } from '../workers/db/db.ts';
import { jsonIn, wrangler } from './wrangler.ts';

export type Execute = (sql: string) => { readonly isOk: boolean; readonly output: string };

type Executed = { readonly results: Record<string, unknown>[]; readonly success: boolean };

const throughWrangler: Execute = (sql) =>
  wrangler(['d1', 'execute', 'DB', '--remote', '--json', '--command', sql]);

export const remoteDb = (execute: Execute = throughWrangler): Db => ({
  batch: async (statements) => {
    if (statements.length === 0) return [];
    const { isOk, output } = execute(statements.map(inlined).join(';\n'));
    if (!isOk) throw new DbError(output);
    // One answer for each statement, as wrangler prints them.
    const executed = jsonIn(output) as Executed[];
    return executed.map(({ results }) => ({ rows: results, rowsRead: 0, rowsWritten: 0 }));
  },
});

/** wrangler takes no parameters. */
const inlined = ({ sql, params }: Statement): string =>
  sql.replaceAll(/\?(\d+)/g, (_, place: string) => literal(params[Number(place) - 1] ?? null));

function literal(value: Value): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
