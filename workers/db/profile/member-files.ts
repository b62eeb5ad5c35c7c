/** 档案 in the database: read where somebody opens it; written field by field, so that two people who write at once lose nothing. */
import { toSnakeCase } from 'drizzle-orm/casing';
import { memberFileFields, memberFiles, type FileWritten, type MemberId } from '../../../schema/index.ts';
import { fileOf, type FiledNow } from '../../decide/profile/member-file.ts';
import type { FileChanged, FileTold } from '../../decide/notes/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { decodeAll, list, selectList } from '../set.ts';

export async function readFile(db: Db, memberId: MemberId): Promise<FiledNow> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(memberFiles, 't')} FROM member_files AS t WHERE t.member_id = ?1 ORDER BY t.id <> ?1, t.id`,
      memberId,
    ),
  ]);
  return fileOf(decodeAll(memberFiles, rowsAt(results, 0)));
}

const living = `m.deleted_at IS NULL AND m.merged_into IS NULL`;

/** What is left out stays. Whoever was forgotten or merged meanwhile gets nothing. */
function writeFile({ memberId, written }: FileChanged): Statement[] {
  const fields = Object.keys(written).map((key) => ({ key, column: toSnakeCase(key) }));
  if (fields.length === 0) return [];
  const values = fields.map(({ key }) => `?2 ->> '${key}'`).join(', ');
  const columns = fields.map(({ column }) => column);
  // A field that is emptied would else be filled again by what a merger brought.
  const emptied = fields.filter(({ key }) => written[key as keyof FileWritten] === null);
  return [
    statement(
      `INSERT INTO member_files (id, member_id, ${columns.join(', ')}) SELECT m.id, m.id, ${values}
       FROM members AS m WHERE m.id = ?1 AND ${living}
       ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      memberId,
      json(written),
    ),
    ...(emptied.length === 0
      ? []
      : [
          statement(
            `UPDATE member_files SET ${emptied.map(({ column }) => `${column} = NULL`).join(', ')} WHERE member_id = ?1 AND id <> ?1`,
            memberId,
          ),
        ]),
  ];
}

export const writeFiles = (notes: readonly FileChanged[]): Statement[] => notes.flatMap(writeFile);

const told = memberFileFields.map((key) => ({ key, column: toSnakeCase(key) }));

/** Only blanks are filled. In the same group she may have been joined to somebody else. */
const filling = `INSERT INTO member_files (id, member_id, ${told.map(({ column }) => column).join(', ')})
  SELECT j.value ->> 0, coalesce(m.merged_into, m.id), ${told.map(({ key }) => `j.value -> 1 ->> '${key}'`).join(', ')}
  FROM json_each(?1) AS j CROSS JOIN members AS m ON m.id = j.value ->> 0 AND m.deleted_at IS NULL
  WHERE true ON CONFLICT (id) DO UPDATE SET ${told
    .map(({ column }) => `${column} = coalesce(member_files.${column}, excluded.${column})`)
    .join(', ')}`;

export const fillFiles = (notes: readonly FileTold[]): Statement[] => [
  statement(filling, list(notes.map((note) => [note.memberId, note.told]))),
];

/** 注销: wholly, and what mergers brought with it. */
export const eraseFiles = (memberIds: readonly MemberId[]): Statement =>
  statement(`DELETE FROM member_files WHERE member_id IN (SELECT value FROM json_each(?1))`, list(memberIds));
