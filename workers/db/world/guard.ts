/** 读数仍然有效: refuses to write when a member, a sale or an identity is not as it was read. */
import type { Changes } from '../../decide/changes.ts';
import { statement, type Statement } from '../db.ts';
import { list } from '../set.ts';
import type { VersionsSeen } from './load.ts';
import { salesWritten } from './write-sales.ts';

/** Inserts a row, which the table refuses, for everything that has moved. */
export function guard(seen: VersionsSeen, changes: Changes): Statement[] {
  const sold = salesWritten(changes);
  if (changes.members.size + sold.size + changes.identities.size === 0) return [];
  const memberVersions = [...changes.members].flatMap((id) => {
    const version = seen.members.get(id);
    return version === undefined ? [] : [[id, version]];
  });
  const saleRevs = [...sold].map((id) => [id, seen.sales.get(id) ?? 0]);
  const owners = [...changes.identities.keys()].map((key) => [key, seen.identities.get(key) ?? null]);
  return [
    statement(
      `INSERT INTO guards (name)
       SELECT 'member' FROM json_each(?1) AS j JOIN members AS m ON m.id = j.value ->> 0 WHERE m.version <> j.value ->> 1
       UNION ALL SELECT 'sale' FROM json_each(?2) AS j JOIN sales AS s ON s.id = j.value ->> 0 WHERE s.rev <> j.value ->> 1
       UNION ALL SELECT 'identity' FROM json_each(?3) AS j JOIN identities AS i ON i.key = j.value ->> 0
         WHERE i.member_id IS NOT j.value ->> 1`,
      list(memberVersions),
      list(saleRevs),
      list(owners),
    ),
  ];
}
