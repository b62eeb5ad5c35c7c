/** 一次看全: statements of one batch, each beside the decoder of its rows, so that no positions are kept in step by hand. */
import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { rowsAt, type Db, type Row, type Statement } from './db.ts';
import { decodeAll, valueList } from './set.ts';

export type Look<Found> = {
  readonly statements: readonly Statement[];
  readonly decode: (rows: readonly Row[]) => Found;
};

export type Looks<Founds> = { readonly [Name in keyof Founds]: Look<Founds[Name]> };

export const countOf = (looks: Readonly<Record<string, Look<unknown>>>): number =>
  Object.values(looks).reduce((sum, { statements }) => sum + statements.length, 0);

/** Every look in one batch; a look without statements sees no rows. */
export async function lookAll<Founds extends Readonly<Record<string, unknown>>>(
  db: Db,
  looks: Looks<Founds>,
): Promise<Founds> {
  const named: [string, Look<unknown>][] = Object.entries(looks);
  const results = await db.batch(named.flatMap(([, { statements }]) => statements));
  let place = 0;
  const found = named.map(([name, { statements, decode }]) => {
    const rows = statements.flatMap((_, at) => rowsAt(results, place + at));
    place += statements.length;
    return [name, decode(rows)];
  });
  // Each name has what its own look found.
  return Object.fromEntries(found) as Founds;
}

/** Rows of one table, selected under the names of its columns. */
export const lookAt = <Table extends SQLiteTable>(
  table: Table,
  statements: readonly Statement[],
): Look<Table['$inferSelect'][]> => ({ statements, decode: (rows) => decodeAll(table, rows) });

/** One term of a compound: each row is a JSON array under the name of its kind. `where` speaks of the table as `t`. */
export const termOf = (kind: string, table: SQLiteTable, where: string): string =>
  `SELECT '${kind}' AS kind, json_array(${valueList(table, 't')}) AS "values"
   FROM ${getTableName(table)} AS t WHERE ${where}`;

/** D1 takes no more than five terms in one compound. */
const termsMax = 5;

/** As one question, however many there are: what is more than D1 takes is asked inside of it. `what` names the columns. */
export const unionOf = (terms: readonly string[], what: string): string => {
  if (terms.length <= termsMax) return terms.join(' UNION ');
  const within = unionOf(terms.slice(termsMax - 1), what);
  return `${terms.slice(0, termsMax - 1).join(' UNION ')} UNION SELECT ${what} FROM (${within})`;
};

export function compounds(terms: readonly string[]): string[] {
  const texts: string[] = [];
  for (let from = 0; from < terms.length; from += termsMax) {
    texts.push(terms.slice(from, from + termsMax).join(' UNION ALL '));
  }
  return texts;
}
