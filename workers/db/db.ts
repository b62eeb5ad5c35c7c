/** The database port: batches of statements, each batch one transaction and one round trip. D1 is one adapter. */

export type Value = string | number | null;

export type Statement = { readonly sql: string; readonly params: readonly Value[] };

export type Row = Readonly<Record<string, unknown>>;

export type Result = {
  readonly rows: readonly Row[];
  readonly rowsRead: number;
  readonly rowsWritten: number;
};

export type Db = {
  /** All or nothing. Results come in the order of the statements; an empty batch is not sent. */
  readonly batch: (statements: readonly Statement[]) => Promise<readonly Result[]>;
};

export const statement = (sql: string, ...params: Value[]): Statement => ({ sql, params });

/** The rows of the statement at `place`; asking for one that was not sent is a bug. */
export function rowsAt(results: readonly Result[], place: number): readonly Row[] {
  const result = results[place];
  if (!result) throw new Error(`the batch has no statement ${place}`);
  return result.rows;
}

/** refused: the database rejects the statements, now and later. unreachable: the outcome is unknown, try again. */
export class DbError extends Error {
  readonly kind: 'refused' | 'unreachable';

  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DbError';
    this.kind = refused.test(message) ? 'refused' : 'unreachable';
  }
}

const refused =
  /constraint failed|syntax error|no such (table|column)|datatype mismatch|malformed JSON|string or blob too big|too many SQL variables|cannot store/i;
