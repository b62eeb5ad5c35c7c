/** 合并会员: moves every row of one member to another, whether or not the decision had read it, and notes which for a day. */
import type { Changes } from '../../decide/changes.ts';
import { json, statement, type Statement } from '../db.ts';
import { list, primaryKeyOf } from '../set.ts';
import { tablesWhere } from '../shelves/rows.ts';
import {
  contacts,
  coupons,
  identities,
  memberFiles,
  pushPlaces,
  referrals,
  sales,
} from '../../../schema/index.ts';
import { getTableName } from 'drizzle-orm';

/** A table whose rows may be two members' in two ways is noted twice. */
const notedAs: Readonly<Record<string, string>> = {
  passed_by: 'coupons_passed',
  invitee_id: 'referrals_invited',
};

type Merge = Changes['merges'][number];

/** Of a card that a till sends for everybody it is not noted whose rows they were. */
const notedMax = 5_000;

/**
 * Tables in which a member may own any number of rows without meeting the survivor's; nouns say so themselves. Grants and refunds stay as they are:
 * they are found through their sale, and say who it was at the time. Notes are kept under the member; what was said over WeChat is
 * kept under the account, and moves with its identity.
 */
export const movedTables = [
  ...[sales, identities, ...tablesWhere('move')].map((table) => ({ table, owner: 'member_id' })),
  { table: contacts, owner: 'thread' },
  { table: pushPlaces, owner: 'member_id' },
  { table: memberFiles, owner: 'member_id' },
  { table: coupons, owner: 'passed_by' },
  { table: referrals, owner: 'invitee_id' },
].map(({ table, owner }) => {
  const name = getTableName(table);
  return { name, key: primaryKeyOf(table), owner, noted: notedAs[owner] ?? name };
});

export const joinedTables = tablesWhere('join').map(getTableName);

/** Runs before the folded rows are written: rows both members had are then replaced by what the fold made of them. */
export function mergeStatements(merges: readonly Merge[], now: number): Statement[] {
  if (merges.length === 0) return [];
  const survivors = new Map(merges.map(({ from, into }) => [from, into]));
  const pairs = list([...survivors.keys()].map((from) => [from, survivorOf(survivors, from)]));
  const move = ({ name, owner }: (typeof movedTables)[number]): Statement =>
    statement(
      `UPDATE ${name} SET ${owner} = j.value ->> 1 FROM json_each(?1) AS j WHERE ${owner} = j.value ->> 0`,
      pairs,
    );
  const clear = (table: string): Statement =>
    statement(`DELETE FROM ${table} WHERE member_id IN (SELECT value ->> 0 FROM json_each(?1))`, pairs);
  const noted = merges.some(({ parted }) => parted) ? [noteMergers(merges, now)] : [];
  return [...noted, ...movedTables.map(move), ...joinedTables.map(clear)];
}

/** An UPDATE moves a row once: where the one who survives a merger is merged again in the same group, only the last counts. */
function survivorOf(survivors: ReadonlyMap<string, string>, from: string): string {
  let last = from;
  for (let hops = 0; hops < survivors.size; hops += 1) last = survivors.get(last) ?? last;
  return last;
}

/** In the database nothing has moved yet. What was touched by this group before is not told apart any more, and not noted. */
const noteMergers = (merges: readonly Merge[], now: number): Statement =>
  statement(
    noting,
    json(merges.flatMap(({ from, into, parted }) => (parted ? [[from, into, now, parted]] : []))),
  );

const own = (owner: string): string => `${owner} = j.value ->> 0`;
const counts = movedTables.map(
  ({ name, owner }) =>
    `(SELECT count(*) FROM (SELECT 1 FROM ${name} WHERE ${own(owner)} LIMIT ${notedMax + 1}))`,
);
const keys = movedTables.map(
  ({ name, key, owner, noted }) =>
    `'${noted}', json((SELECT json_group_array(${key}) FROM ${name} WHERE ${own(owner)}))`,
);
const noting = `INSERT INTO mergers (from_id, into_id, at, parted, moved)
  SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value -> 3,
    json_object('revs', (SELECT coalesce(sum(rev), 0) FROM sales WHERE ${own('member_id')})
        + (SELECT coalesce(sum(changes), 0) FROM packages WHERE ${own('member_id')}),
      'keys', json_object(${keys.join(', ')}))
  FROM json_each(?1) AS j WHERE ${counts.join(' + ')} <= ${notedMax}`;
