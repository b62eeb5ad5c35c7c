/** 架子: where a noun of the member's is kept is one field of its shelf; what comes of it is the same wherever it lies. */
import { getTableName } from 'drizzle-orm';
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { members, type Member, type MemberId, type MemberTag } from '../../../schema/index.ts';
import type { Row, Statement } from '../../../workers/db/db.ts';
import type { Shelves } from '../../../workers/db/shelves/define.ts';
import { closeDocuments, openDocuments } from '../../../workers/db/documents/member-documents.ts';
import { shelves } from '../../../workers/db/shelves/index.ts';
import { decodeRows, fromOf, ofMembers, tablesWhere, writeRows } from '../../../workers/db/shelves/rows.ts';
import { upsertSet } from '../../../workers/db/set.ts';
import { noChanges, type Changes } from '../../../workers/decide/changes.ts';
import { evolve } from '../../../workers/decide/evolve.ts';
import { forgetRows } from '../../../workers/decide/slices/fold.ts';
import { tags as tagSlice } from '../../../workers/decide/slices/tags.ts';
import type { Head, World } from '../../../workers/decide/world.ts';
import { mother } from '../../support/reminding.ts';
import { emptyWorld } from '../../support/worlds.ts';
import { sqliteDb, type TestDb } from '../../support/sqlite.ts';

const tagTable = sqliteTable(
  'tags_apart',
  {
    memberId: text().notNull().$type<MemberId>(),
    tag: text().notNull(),
    support: integer().notNull(),
    manual: integer({ mode: 'boolean' }).notNull(),
    off: integer(),
  },
  (table) => [primaryKey({ columns: [table.memberId, table.tag] })],
);

const places: readonly (readonly [string, Shelves['tags']['kept']])[] = [
  ['the member’s document', shelves.tags.kept],
  ['a table of their own', { in: 'table', table: tagTable, read: { by: 'member' } }],
];

const [li, wang] = ['m_li', 'm_wang'] as MemberId[] as [MemberId, MemberId];
const tag = (memberId: MemberId, name: string, support: number, manual = false): MemberTag => ({
  memberId,
  tag: name,
  support,
  manual,
  off: null,
});

type Desk = {
  readonly db: TestDb;
  readonly read: () => Promise<World>;
  /** Folds into what was read, and writes what came of it. */
  readonly change: (act: (world: World, changes: Changes) => void) => Promise<World>;
};

function deskOf(all: Shelves): Desk {
  const db = sqliteDb();
  db.all(`CREATE TABLE tags_apart (member_id TEXT, tag TEXT, support INTEGER, manual INTEGER, off INTEGER,
    PRIMARY KEY (member_id, tag)) STRICT, WITHOUT ROWID`);
  const read = async (): Promise<World> => {
    const world = await emptyWorld();
    const found = db.all(`SELECT id, document FROM members`);
    const rows: Row[] = ofMembers(all).flatMap((sql) =>
      db.all(`WITH m(id) AS (SELECT id FROM members) ${sql}`),
    );
    const decoded = decodeRows(rows, all);
    const heads = new Map<string, Head>();
    const documents = found.map(({ id, document }) => ({
      id: id as MemberId,
      document: document as string | null,
    }));
    openDocuments(documents, decoded, heads, all);
    const people = [li, wang].map((id): [MemberId, Member] => [id, mother({ id })]);
    return { ...world, ...decoded, heads, members: new Map(people) };
  };
  const change: Desk['change'] = async (act) => {
    const world = await read();
    const changes = noChanges();
    act(world, changes);
    const documents = closeDocuments(world, changes.members, all);
    const people = [...documents].map(([id, document]) => ({ ...mother({ id }), document }));
    const cleared: Statement[] = changes.merges.flatMap(({ from }) =>
      tablesWhere('join', all).map((table) => ({
        sql: `DELETE FROM ${getTableName(table)} WHERE member_id = ?1`,
        params: [from],
      })),
    );
    await db.batch([...cleared, upsertSet(members, people), ...writeRows(world, changes, all)]);
    return world;
  };
  return { db, read, change };
}

const inOrder = (rows: Iterable<MemberTag>): MemberTag[] =>
  [...rows].toSorted((a, b) => (tagSlice.keyOf(a) < tagSlice.keyOf(b) ? -1 : 1));

describe.each(places)('tags in %s', (_, kept) => {
  const all: Shelves = { ...shelves, tags: { kept } };

  /** 李 has bought milk twice and was called a friend of the house; 王 has bought milk once. */
  async function known(): Promise<Desk> {
    const desk = deskOf(all);
    await desk.change((world, changes) => {
      for (const row of [tag(li, '奶粉', 2), tag(li, '熟客', 0, true), tag(wang, '奶粉', 1)])
        evolve(world, changes, { type: 'tag.put', row });
    });
    return desk;
  }

  test('are read as they were written', async () => {
    const { read } = await known();
    expect(inOrder((await read()).tags.values())).toEqual([
      tag(li, '奶粉', 2),
      tag(li, '熟客', 0, true),
      tag(wang, '奶粉', 1),
    ]);
  });

  test('one that is changed leaves the others as they are', async () => {
    const { read, change } = await known();
    await change((world, changes) =>
      evolve(world, changes, { type: 'tag.support', memberId: li, tag: '奶粉', by: -1 }),
    );
    expect(inOrder((await read()).tags.values())).toEqual([
      tag(li, '奶粉', 1),
      tag(li, '熟客', 0, true),
      tag(wang, '奶粉', 1),
    ]);
  });

  test('of two members who turn out to be one are the survivor’s, and nothing stays with the other', async () => {
    const { read, change } = await known();
    const world = await change((merged, changes) =>
      evolve(merged, changes, { type: 'member.merge', from: li, into: wang, at: 0 }),
    );
    const joined = [tag(wang, '奶粉', 3), tag(wang, '熟客', 0, true)];
    expect(inOrder((await read()).tags.values())).toEqual(joined);
    expect(inOrder(world.tags.values())).toEqual(joined);
  });

  test('say themselves what stays when the member is forgotten', async () => {
    const { read, change } = await known();
    await change((world, changes) => {
      for (const put of forgetRows(world, li)) evolve(world, changes, put);
      changes.members.add(li);
    });
    expect((await read()).tags.size).toBe(3);
  });

  test('are asked for in the same words', async () => {
    const { db } = await known();
    const asked = `SELECT t.member_id AS id, t.row FROM ${fromOf('tags', all)} AS t
      WHERE t.tag = '奶粉' AND (t.support > 0 OR t.manual = 1) ORDER BY 1`;
    expect(db.all(asked).map(({ id, row }) => [id, JSON.parse(String(row))])).toEqual([
      [li, tag(li, '奶粉', 2)],
      [wang, tag(wang, '奶粉', 1)],
    ]);
    expect(
      db.all(asked.replace(`t.tag = '奶粉'`, `t.tag = '熟客'`)).map(({ row }) => JSON.parse(String(row))),
    ).toEqual([tag(li, '熟客', 0, true)]);
  });
});
