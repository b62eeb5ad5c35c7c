/** 合并会员: moves every row of one member to another, whether or not the decision had read it. */
import { statement, type Statement } from '../db.ts';
import { list } from '../set.ts';
import { tablesWhere } from '../shelves/rows.ts';

type Merge = { readonly from: string; readonly into: string };

/**
 * Tables in which a member may own any number of rows without meeting the survivor's; nouns say so themselves. Grants and refunds stay as they are:
 * they are found through their sale, and say who it was at the time.
 */
const moved = ['sales', 'identities', ...tablesWhere('move')];
const joined = tablesWhere('join');

/** Runs before the folded rows are written: rows both members had are then replaced by what the fold made of them. */
export function mergeStatements(merges: readonly Merge[]): Statement[] {
  if (merges.length === 0) return [];
  const survivors = new Map(merges.map(({ from, into }) => [from, into]));
  const pairs = list([...survivors.keys()].map((from) => [from, survivorOf(survivors, from)]));
  const move = (table: string): Statement =>
    statement(
      `UPDATE ${table} SET member_id = j.value ->> 1 FROM json_each(?1) AS j WHERE member_id = j.value ->> 0`,
      pairs,
    );
  const clear = (table: string): Statement =>
    statement(`DELETE FROM ${table} WHERE member_id IN (SELECT value ->> 0 FROM json_each(?1))`, pairs);
  // Notes are kept under the member; what was said over WeChat is kept under the account, and moves with its identity.
  const notes = statement(
    `UPDATE contacts SET thread = j.value ->> 1 FROM json_each(?1) AS j WHERE thread = j.value ->> 0`,
    pairs,
  );
  return [...moved.map(move), notes, ...joined.map(clear)];
}

/** An UPDATE moves a row once: where the one who survives a merger is merged again in the same group, only the last counts. */
function survivorOf(survivors: ReadonlyMap<string, string>, from: string): string {
  let last = from;
  for (let hops = 0; hops < survivors.size; hops += 1) last = survivors.get(last) ?? last;
  return last;
}
