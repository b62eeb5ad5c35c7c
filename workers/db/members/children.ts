/** 宝宝 of a member, as entered by a person: the newer list replaces the older one. */
import type { Child, IdentityKey } from '../../../schema/index.ts';
import { json, statement, type Db } from '../db.ts';
import { list } from '../set.ts';

/** Of the owner of the first of `keys` that anyone owns. The version rises: a decision that was being made is made again. */
export async function putChildren(
  db: Db,
  keys: readonly IdentityKey[],
  children: readonly Child[],
): Promise<void> {
  await db.batch([
    statement(
      `UPDATE members SET children = ?2, version = version + 1 WHERE children IS NOT ?2 AND id =
         (SELECT i.member_id FROM json_each(?1) AS j JOIN identities AS i ON i.key = j.value ORDER BY j.key LIMIT 1)`,
      list(keys),
      json(children),
    ),
  ]);
}
