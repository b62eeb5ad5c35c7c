/** 备份: a database as SQL text that D1 takes again, and what it has to hold when it is back. */
import { createHash, type Hash } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

/** D1 refuses a statement of 100 KB: a longer row is written in pieces. */
export const statementBytesMax = 90_000;
const pieceBytesMax = 60_000;
/** Texts longer than this leave the INSERT of a row that is too long. */
const shortBytesMax = 1_000;

type Table = { readonly name: string; readonly sql: string };
type Column = { readonly name: string; readonly pk: number };
type Row = Readonly<Record<string, SQLOutputValue>>;

/** What each table held: as many rows, and a digest of all of them. */
export type Counted = Readonly<Record<string, { readonly rows: number; readonly digest: string }>>;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Those of the shop: SQLite's own and Cloudflare's come by themselves. */
export function tablesIn(db: DatabaseSync): Table[] {
  const found = db
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL
       AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY rowid`,
    )
    .all();
  return found.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }));
}

/** One statement a line, none longer than D1 takes. Indexes come last: a table is filled faster without them. */
export function* dump(db: DatabaseSync): Generator<string> {
  for (const statement of statementsOf(db)) {
    if (Buffer.byteLength(statement) > statementBytesMax)
      throw new Error(`a statement is longer than D1 takes: ${statement.slice(0, 200)}`);
    yield statement;
  }
}

function* statementsOf(db: DatabaseSync): Generator<string> {
  yield 'PRAGMA defer_foreign_keys = TRUE;';
  for (const { name, sql } of tablesIn(db)) {
    yield `${sql.replaceAll(/\s+/g, ' ')};`;
    const columns = columnsOf(db, name);
    for (const row of rowsOf(db, name, columns)) yield* insertion(name, columns, row);
  }
  const rest = db
    .prepare(
      `SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger', 'view') AND sql IS NOT NULL ORDER BY rowid`,
    )
    .all();
  for (const { sql } of rest) yield `${String(sql).replaceAll(/\s+/g, ' ')};`;
}

/** The same tables with the same rows give the same answer, wherever they lie. */
export function count(db: DatabaseSync): Counted {
  const counted = tablesIn(db).map(({ name }) => {
    const digest = createHash('sha256');
    let rows = 0;
    for (const row of rowsOf(db, name, columnsOf(db, name))) {
      rows += 1;
      add(digest, row);
    }
    return [name, { rows, digest: digest.digest('hex') }] as const;
  });
  return Object.fromEntries(counted);
}

function add(digest: Hash, row: Row): void {
  for (const value of Object.values(row)) digest.update(`${typeof value}:${literal(value)}\n`);
}

const columnsOf = (db: DatabaseSync, table: string): Column[] =>
  db
    .prepare(`PRAGMA table_info(${quoted(table)})`)
    .all()
    .map(({ name, pk }) => ({ name: String(name), pk: Number(pk) }));

/** All of a row, where its table has no primary key. */
function keyOf(columns: readonly Column[]): string[] {
  const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  return (key.length === 0 ? columns : key).map(({ name }) => name);
}

function rowsOf(db: DatabaseSync, table: string, columns: readonly Column[]): Iterable<Row> {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const read = db.prepare(
    `SELECT ${names} FROM ${quoted(table)} ORDER BY ${keyOf(columns).map(quoted).join(', ')}`,
  );
  // Whole numbers may be larger than a float is exact.
  read.setReadBigInts(true);
  return read.iterate();
}

function* insertion(table: string, columns: readonly Column[], row: Row): Generator<string> {
  const whole = insert(table, row);
  if (Buffer.byteLength(whole) <= statementBytesMax) return yield whole;
  const key = new Set(keyOf(columns));
  const long = Object.entries(row).filter(
    (cell): cell is [string, string] =>
      typeof cell[1] === 'string' && !key.has(cell[0]) && Buffer.byteLength(cell[1]) > shortBytesMax,
  );
  yield insert(table, { ...row, ...Object.fromEntries(long.map(([name]) => [name, ''])) });
  const where = [...key].map((name) => `${quoted(name)} = ${literal(row[name] ?? null)}`).join(' AND ');
  for (const [name, text] of long)
    for (const piece of pieces(text))
      yield `UPDATE ${quoted(table)} SET ${quoted(name)} = ${quoted(name)} || ${literal(piece)} WHERE ${where};`;
}

const insert = (table: string, row: Row): string =>
  `INSERT INTO ${quoted(table)} (${Object.keys(row).map(quoted).join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')});`;

/** Quoted quotes double, and a character takes up to four bytes. */
function* pieces(text: string): Generator<string> {
  let piece = '';
  let bytes = 0;
  for (const character of text) {
    const size = character === "'" ? 2 : Buffer.byteLength(character);
    if (bytes + size > pieceBytesMax) {
      yield piece;
      piece = '';
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  yield piece;
}

function literal(value: SQLOutputValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value !== 'string') return `X'${Buffer.from(value).toString('hex')}'`;
  // A NUL would end the statement.
  if (value.includes('\0')) return `CAST(X'${Buffer.from(value).toString('hex')}' AS TEXT)`;
  return onOneLine(`'${value.replaceAll("'", "''")}'`);
}

/** A statement is a line. The stand-in is a character that the text does not hold, so that no text is mistaken for it. */
function onOneLine(text: string): string {
  let line = text;
  for (const end of lineEnds) {
    if (!line.includes(String.fromCharCode(end))) continue;
    const standIn = standIns.find((code) => !line.includes(String.fromCharCode(code)));
    if (standIn === undefined) return `CAST(X'${hexOf(text)}' AS TEXT)`;
    const plain = line.replaceAll(String.fromCharCode(end), String.fromCharCode(standIn));
    line = `replace(${plain}, char(${standIn}), char(${end}))`;
  }
  return line;
}
/** As editors and readers of lines see them. */
const lineEnds = [10, 13, 0x2028, 0x2029];
const standIns = [1, 2, 3, 4, 5, 6, 7, 8];
const hexOf = (quotedText: string): string =>
  Buffer.from(quotedText.slice(1, -1).replaceAll("''", "'")).toString('hex');
