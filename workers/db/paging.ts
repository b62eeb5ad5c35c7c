/**
 * Where a list continues: the last row seen, newest first. Sentinels stand for the beginning, so that every page is one range.
 */
import { statement, type Row, type Statement } from './db.ts';

/** Instants and ids together: several things happen in one millisecond. */
export type NewestFirst = { readonly at: number; readonly id: string };

/** Later than any instant, larger than any sequence number, and still a whole number to SQLite. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

export const fromNewest: NewestFirst = { at: endOfTime, id: '' };

/** Rows looked at for one page where no index helps: the answer is then a short page, never a long wait. */
export const rowsLookedAt = 5_000;

type Numbered = 'inbox' | 'outbox' | 'transfers' | 'contacts';

/** A condition on `t.seq`, ?1 being where the page begins: the page looks back at most this far. */
export const window = (table: Numbered): string =>
  `t.seq >= min(?1, (SELECT max(seq) FROM ${table}) + 1) - ${rowsLookedAt}`;

export const edges = (table: Numbered): Statement =>
  statement(`SELECT (SELECT min(seq) FROM ${table}) AS oldest, (SELECT max(seq) FROM ${table}) AS newest`);

export type NumberedPage<Item> = {
  readonly items: readonly Item[];
  /** The number below which the next page begins; null at the end. */
  readonly next: number | null;
};

/** `found` holds one row more than a page, if there is one; `between` the edges, if the page could not look further. */
export function numberedPage<Item extends { readonly seq: number }>(
  found: readonly Item[],
  limit: number,
  before: number,
  between: Row | undefined,
): NumberedPage<Item> {
  const items = found.slice(0, limit);
  if (found.length > limit) return { items, next: items.at(-1)?.seq ?? null };
  if (between === undefined || between['newest'] === null) return { items, next: null };
  const floor = Math.min(before, Number(between['newest']) + 1) - rowsLookedAt;
  return { items, next: floor > Number(between['oldest']) ? floor : null };
}
