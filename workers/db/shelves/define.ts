/** 架子: where a noun's rows are kept and how a group comes by them; what the rows mean stands in decide/slices. */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { MemberId } from '../../../schema/index.ts';
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
  readonly kept: InTable<Name> | InMember<Name>;
  /** What is written beside changed rows, wherever they are kept. */
  readonly beside?: (rows: readonly RowOf<Name>[], now: number) => Statement[];
};
export type Shelves = { readonly [Name in SliceName]: Shelf<Name> };

export type InTable<Name extends SliceName = SliceName> = {
  readonly in: 'table';
  readonly table: SQLiteTable;
  /** The column that holds the noun's key, where it is not the table's own. */
  readonly keyColumn?: string;
  readonly read: Read;
  /** Where rows are not simply put in the place of those before them. The rows are as the fold left them. */
  readonly write?: (rows: readonly RowOf<Name>[]) => Statement[];
};

/**
 * A bounded few rows of one member, in the document of the member's row: read with them, written with them, guarded by their
 * version. A row is an array there, and every field of it but the member has its place.
 */
type InMember<Name extends SliceName> =
  RowOf<Name> extends { readonly memberId: MemberId }
    ? InDocument<Exclude<keyof RowOf<Name>, 'memberId'>, RowOf<Name>>
    : never;

export type InDocument<Column extends PropertyKey = string, Row = never> = {
  readonly in: 'member';
  readonly field: string;
  readonly places: { readonly [Name in Column]: number };
  /** The last so many places are left out where they hold nothing. */
  readonly rare?: number;
  /** Without it every row stays. */
  readonly leaves?: (row: Row, moment: Moment) => Leaving | null;
};

export type Moment = { readonly config: Config; readonly now: number };

/**
 * Whether a row may leave a document that has grown too large: null never, because something still counts on it. All rows of an
 * earlier turn leave before any of a later one, and of one turn the lowest `order`.
 * past: it says nothing any more. over: nothing is held against it. waiting: it still has something to do.
 */
export type Leaving = { readonly turn: (typeof turns)[number]; readonly order: number };
export const turns = ['past', 'over', 'waiting'] as const;

/**
 * member: every row of every member of the group, a bounded few each. A noun that two members may have in common has to be read
 * so, or be kept in their documents: the database drops what the fold has not joined.
 * key: rows whose `column` holds what events ask for under the noun `asked`; a group pays for nothing that its events do not name.
 * config: the compiled configuration knows them.
 * own: statements of its own, whose rows come as `kind` (the noun) and `values`.
 */
export type Read =
  | { readonly by: 'member' }
  | { readonly by: 'key'; readonly column: string; readonly asked: SliceName }
  | { readonly by: 'config' }
  | { readonly by: 'own'; readonly select: (query: GroupQuery) => Statement[] };
