/** 会员码用的序号: the place of a member's row, by which a code finds them at once and for which nothing is written. */
import type { IdentityKey, MemberId } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { list } from '../set.ts';

export type Numbered = {
  readonly number: number;
  readonly id: MemberId;
  readonly name: string | null;
  readonly mergedInto: MemberId | null;
};

const columns = `m.rowid AS number, m.id, m.name, m.merged_into`;
// Columns of members, as they were written.
const numberedOf = ({ number, id, name, merged_into: into }: Row): Numbered => ({
  number: Number(number),
  id: String(id) as MemberId,
  name: typeof name === 'string' ? name : null,
  mergedInto: typeof into === 'string' ? (into as MemberId) : null,
});

export async function numberOf(db: Db, key: IdentityKey): Promise<Numbered | null> {
  const results = await db.batch([
    statement(
      `SELECT ${columns} FROM identities AS i CROSS JOIN members AS m ON m.id = i.member_id
       WHERE i.key = ?1 AND m.deleted_at IS NULL`,
      key,
    ),
  ]);
  const [row] = rowsAt(results, 0);
  return row ? numberedOf(row) : null;
}

/** Whoever was merged stands here as well: their phone may still show the code of before. */
export async function membersAt(db: Db, numbers: readonly number[]): Promise<Numbered[]> {
  const results = await db.batch([
    statement(
      `SELECT ${columns} FROM json_each(?1) AS j CROSS JOIN members AS m ON m.rowid = j.value
       WHERE m.deleted_at IS NULL`,
      list(numbers),
    ),
  ]);
  return rowsAt(results, 0).map(numberedOf);
}
