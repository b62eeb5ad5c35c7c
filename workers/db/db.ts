/** The database port: batches of statements, each batch one transaction and one round trip. D1 is one adapter. */

export type Value = string | number | null;

export type Statement = { readonly sql: string; readonly params: readonly Value[] };

export type Row = Readonly<Record<string, unknown>>;

export type Result = {
  readonly rows: readonly Row[];
  readonly rowsRead: number;
  readonly rowsWritten: number;
  /** Of the whole database, after it; where whoever holds it says so. */
  readonly sizeBytes?: number;
};

export type Db = {
  /** All or nothing. Results come in the order of the statements; an empty batch is not sent. */
  readonly batch: (statements: readonly Statement[]) => Promise<readonly Result[]>;
};

/**
 * Every value for a table passes here or in `json`. Half of a character (a lone surrogate) is no UTF-8, and whoever checks texts
 * could not read the table: wherever it came from, what is kept is U+FFFD.
 */
export const statement = (sql: string, ...params: Value[]): Statement => ({
  sql,
  params: params.map((value) => (typeof value === 'string' ? value.toWellFormed() : value)),
});

/** A value as JSON for the database, which would make half characters of their escapes; JSON.stringify writes no other `\ud`. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('\\ud') ? JSON.stringify(wellFormed(value)) : text;
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}

/** The rows of the statement at `place`; asking for one that was not sent is a bug. */
export function rowsAt(results: readonly Result[], place: number): readonly Row[] {
  const result = results[place];
  if (!result) throw new Error(`the batch has no statement ${place}`);
  return result.rows;
}

/**
 * refused: the statements cannot stand, and will not stand next time either. quota: what the plan allows of a day is used up,
 * and nothing is taken or told before midnight UTC. unreachable: nobody knows, try again.
 */
export class DbError extends Error {
  readonly kind: 'refused' | 'quota' | 'unreachable';

  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DbError';
    this.kind = quota.test(message) ? 'quota' : refused.test(message) ? 'refused' : 'unreachable';
  }
}

/** As D1 words it since September 2026: "Your account has exceeded D1's free tier daily row write limit." */
const quota = /daily row (read|write) limit/i;

export const isOverQuota = (error: unknown): boolean => error instanceof DbError && error.kind === 'quota';

const refused = new RegExp(
  [
    'constraint failed|syntax error|no such (table|column)|datatype mismatch|malformed JSON|cannot store',
    // What is beyond a limit of SQLite is so every time: taken for an outage, it would be asked again without end.
    'string or blob too big|too many (SQL variables|terms|arguments|columns|levels)|tree is too large|pattern too complex',
  ].join('|'),
  'i',
);
