/** 架子: where a noun's rows are kept and how a group comes by them; what the rows mean stands in decide/slices. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Config } from '../../decide/config.ts';
import type { Needs } from '../../decide/needs.ts';
import type { RowOf, SliceName } from '../../decide/slices/index.ts';
import type { Statement } from '../db.ts';

/** What a group looks for, and how deep. */
export type GroupQuery = {
  readonly needs: Needs;
  /** A sale's past matters: what came back of it, its coupons, and the promises of its day. */
  readonly isDeep: boolean;
  readonly config: Config;
  readonly now: number;
};

export type Shelf<Name extends SliceName = SliceName> = {
  readonly table: SQLiteTable;
  /** The column that holds the noun's key, where it is not the table's own. */
  readonly keyColumn?: string;
  readonly read: Read;
  /** Where rows are not simply put in the place of those before them. The rows are as the fold left them. */
  readonly write?: (rows: readonly RowOf<Name>[]) => Statement[];
};

/**
 * member: every row of every member of the group, a bounded few each. A noun that two members may have in common has to be read
 * so: the database drops what the fold has not joined.
 * key: rows whose `column` holds what events ask for under the noun `asked`; a group pays for nothing that its events do not name.
 * config: the compiled configuration knows them.
 * own: statements of its own, whose rows come as `kind` (the noun) and `values`.
 */
export type Read =
  | { readonly by: 'member' }
  | { readonly by: 'key'; readonly column: string; readonly asked: SliceName }
  | { readonly by: 'config' }
  | { readonly by: 'own'; readonly select: (query: GroupQuery) => Statement[] };
