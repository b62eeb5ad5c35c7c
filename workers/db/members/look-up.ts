/** 找会员 as a person at a counter does: by phone, card, part of a name, or the last four digits; within the stores that are theirs to see. */
import { members, type IdentityKey, type MemberId, type StoreId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { shopDay } from '../../decide/money/lots.ts';
import { foundOf, isOf, mayBeOf, type Found } from './level-filter.ts';
import { levelsIn, selectLevels } from './level-settings.ts';
import { list, selectList } from '../set.ts';

/** Where no index helps, so many members are looked at for one page: it is then short, and has a next. */
const rowsLookedAt = 10_000;

export type FoundPage = {
  readonly items: readonly Found[];
  /** The id behind which the next page begins; null at the end. */ readonly next: string | null;
};

type Asking = {
  /** Null sees every store. */
  readonly stores: readonly StoreId[] | null;
  readonly level: string | null;
  /** 标签, or a group: found by who wears it. */
  readonly tag?: string | null;
  readonly after: string;
  readonly limit: number;
  readonly now: number;
};

const theirs = `m.merged_into IS NULL AND m.deleted_at IS NULL
  AND (?1 IS NULL OR m.store_id IN (SELECT value FROM json_each(?1)))`;

/** By numbers that name one person: each is one look into an index. */
export async function findByNumbers(
  db: Db,
  numbers: readonly string[],
  stores: Asking['stores'],
): Promise<Found[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(members, 'm')} FROM members AS m WHERE ${theirs} AND m.id IN (
         SELECT i.member_id FROM json_each(?2) AS j CROSS JOIN identities AS i ON i.key = j.value
         UNION SELECT j.value FROM json_each(?2) AS j) ORDER BY m.id`,
      stores === null ? null : list(stores),
      list(numbers),
    ),
    selectLevels(),
  ]);
  return foundOf(rowsAt(results, 0), levelsIn(rowsAt(results, 1)));
}

/** Whose numbers these are, by what was written: each is one look into an index. An id of a member is a number, too. */
export async function membersNumbered(
  db: Db,
  keys: readonly (readonly [written: string, key: IdentityKey])[],
): Promise<ReadonlyMap<string, readonly MemberId[]>> {
  const results = await db.batch([
    statement(
      `SELECT j.value ->> 0 AS written, i.member_id AS id FROM json_each(?1) AS j
         CROSS JOIN identities AS i ON i.key = j.value ->> 1
       UNION SELECT j.value ->> 0, m.id FROM json_each(?1) AS j CROSS JOIN members AS m ON m.id = j.value ->> 0
         WHERE m.deleted_at IS NULL`,
      list(keys),
    ),
  ]);
  const found = new Map<string, MemberId[]>();
  for (const { written, id } of rowsAt(results, 0)) {
    const ids = found.get(String(written)) ?? [];
    found.set(String(written), [...ids, String(id) as MemberId]);
  }
  return found;
}

/** Part of a name, the last digits of a phone, or everybody: page by page, so many looked at. */
export async function lookThrough(
  db: Db,
  part: string | null,
  { stores, level, tag = null, after, limit, now }: Asking,
): Promise<FoundPage> {
  const from =
    tag === null
      ? 'members AS m WHERE m.id > ?2'
      : 'tag_holders AS h CROSS JOIN members AS m ON m.id = h.member_id WHERE h.tag = ?3 AND h.member_id > ?2';
  const looked = (columns: string): string =>
    `SELECT ${columns} FROM ${from} ORDER BY ${tag === null ? 'm.id' : 'h.member_id'} LIMIT ${rowsLookedAt}`;
  const params = [stores === null ? null : list(stores), after, tag] as const;
  const results = await db.batch([
    statement(
      `SELECT ${selectList(members, 'm')} FROM (${looked('m.*')}) AS m WHERE ${theirs} AND ?3 IS ?3
         AND (?4 IS NULL OR instr(lower(m.name), lower(?4)) > 0 OR substr(m.phone, -length(?4)) = ?4)
         AND (?5 IS NULL OR ${mayBeOf('?5', '?7')}) ORDER BY m.id LIMIT ?6`,
      ...params,
      part,
      level,
      limit + 1,
      shopDay(now),
    ),
    selectLevels(),
  ]);
  const found = foundOf(rowsAt(results, 0), levelsIn(rowsAt(results, 1)));
  const page = found.slice(0, limit);
  const items = level === null ? page : page.filter((one) => isOf(level, one, now));
  if (found.length > limit) return { items, next: page.at(-1)?.member.id ?? null };
  // How far it looked is asked only where that was the end: it is as many rows again.
  const [far] = rowsAt(
    await db.batch([
      statement(
        `SELECT count(*) AS looked, max(id) AS edge FROM (${looked('m.id')}) WHERE ?1 IS ?1 AND ?3 IS ?3`,
        ...params,
      ),
    ]),
    0,
  );
  return { items, next: Number(far?.['looked'] ?? 0) < rowsLookedAt ? null : String(far?.['edge']) };
}

/** Strongest first, as they are kept. */
export async function identitiesOf(db: Db, id: MemberId): Promise<IdentityKey[]> {
  const results = await db.batch([
    statement(
      `SELECT key FROM identities WHERE member_id = ?1 ORDER BY key >= 'phone:' AND key < 'phone;', key`,
      id,
    ),
  ]);
  // Keys of identities, as they were written.
  return rowsAt(results, 0).map(({ key }) => key as IdentityKey);
}
