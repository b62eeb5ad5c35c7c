/** Lists: `{items, next}` with `?limit=&after=`. A cursor is the last row of a page, so that new rows shift nothing. */
import * as z from 'zod';
import { fromNewest, type NewestFirst } from '../../db/paging.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { namedAnswer, ok, type Outcome } from './define.ts';

const limitDefault = 50;
const limitMax = 200;
const cursorLengthMax = 1200;

/** A larger limit is no error: `next` leads to the rest. */
const Limit = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number')
  .transform((text) => Math.min(Number(text), limitMax))
  .pipe(z.int().min(1).max(limitMax))
  .default(limitDefault)
  .meta({ description: `How many items at most; more than ${limitMax} are never given at once.` });

export const pageQuery = {
  limit: Limit,
  after: z
    .string()
    .max(cursorLengthMax)
    .optional()
    .meta({ description: '`next` of the page before; without it, the first page.' }),
};

type PageQuery = { readonly limit: number; readonly after?: string | undefined };

export type Page<Item> = { readonly items: Item[]; readonly next: string | null };

export const listOf = <Item>(id: string, item: z.ZodType<Item>) =>
  namedAnswer(id, z.strictObject({ items: z.array(item), next: z.string().nullable() }));

export type Rows<Row, Cursor> = { readonly items: readonly Row[]; readonly next: Cursor | null };

type Listing<Cursor, Row> = {
  readonly cursor: z.ZodType<Cursor>;
  readonly start: Cursor;
  readonly read: (from: Cursor, limit: number) => Promise<Rows<Row, Cursor> | Problem>;
};

export async function paged<Cursor, Row, Item>(
  { limit, after }: PageQuery,
  { cursor, start, read }: Listing<Cursor, Row>,
  toItem: (row: Row) => Item,
): Promise<Outcome<Page<Item>>> {
  const from = after === undefined ? { data: start } : cursor.safeParse(decode(after));
  if (from.data === undefined) return invalidField('after', 'is not a `next` of this list');
  const rows = await read(from.data, limit);
  if ('code' in rows) return rows;
  return ok({
    items: rows.items.map(toItem),
    next: rows.next === null ? null : encode(rows.next),
  });
}

/** `found` holds one row more than a page, if there are more. */
export function cut<Row, Cursor>(
  found: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): Rows<Row, Cursor> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null };
}

const idLengthMax = 300;
const NewestFirstCursor = z.strictObject({ at: z.int().min(0), id: z.string().max(idLengthMax) });

/** `list` is called for one row more than a page holds. */
export const newestFirst = <Row>(
  list: (before: NewestFirst, limit: number) => Promise<readonly Row[] | Problem>,
  placeOf: (row: Row) => NewestFirst,
): Listing<NewestFirst, Row> => ({
  cursor: NewestFirstCursor,
  start: fromNewest,
  read: async (before, limit) => {
    const found = await list(before, limit + 1);
    return 'code' in found ? found : cut(found, limit, placeOf);
  },
});

export const byId = <Row>(
  list: (after: string, limit: number) => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
): Listing<string, Row> => ({
  cursor: z.string().max(idLengthMax),
  start: '',
  read: async (after, limit) => cut(await list(after, limit + 1), limit, idOf),
});

function encode(cursor: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function decode(text: string): unknown {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
