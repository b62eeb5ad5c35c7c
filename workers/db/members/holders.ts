/** 谁的号码: whom the numbers of a file lead to, and what they have brought before. */
import type { IdentityKey, MemberId, Opening } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { personIn } from '../documents/member-documents.ts';
import { list } from '../set.ts';

export type Holder = {
  readonly id: MemberId;
  readonly level: string | null;
  /** All that leads to them. */
  readonly keys: readonly IdentityKey[];
  readonly openings: readonly Opening[];
};

/** What a file of 20,000 rows names is asked for in a few statements; a page of one in a single one. */
const keysPerStatement = 5_000;

export async function readHolders(
  db: Db,
  keys: readonly IdentityKey[],
): Promise<ReadonlyMap<IdentityKey, Holder>> {
  const found = new Map<IdentityKey, Holder>();
  for (let from = 0; from < keys.length; from += keysPerStatement) {
    const results = await db.batch([
      statement(
        `SELECT i.key, m.id, m.level, m.document,
          (SELECT json_group_array(o.key) FROM identities AS o WHERE o.member_id = m.id) AS keys
          FROM json_each(?1) AS j CROSS JOIN identities AS i ON i.key = j.value
          CROSS JOIN members AS m ON m.id = i.member_id`,
        list(keys.slice(from, from + keysPerStatement)),
      ),
    ]);
    for (const { key, id, level, document, keys: own } of rowsAt(results, 0)) {
      // The columns are text, as their tables have them.
      const memberId = id as MemberId;
      found.set(key as IdentityKey, {
        id: memberId,
        level: level as string | null,
        keys: JSON.parse(String(own)),
        openings: personIn(memberId, document as string | null).openings,
      });
    }
  }
  return found;
}
