/** 群发对象: the openids of an audience, in order, after the end of the last page. */
import { massPerMonthMax, type MassAudience } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import { list } from '../set.ts';
import { tagOfGroup } from '../../decide/tags/worn.ts';
import { fromOf } from '../shelves/rows.ts';
import { isWornTag } from '../shelves/tags.ts';

/** Who counts an audience looks at no more followers than this. */
export const followersCountedMax = 200_000;

export type MassReach = {
  readonly people: number;
  /** Of them, those who had four this month. */
  readonly full: number;
};

/** The same words as for sending. */
export async function countMass(db: Db, audience: MassAudience, month: string): Promise<MassReach> {
  const { sql, params } = candidatesOf(audience, { cursor: '', month, limit: followersCountedMax });
  const counting = `SELECT count(*) AS people, coalesce(sum(sent >= ${massPerMonthMax}), 0) AS full FROM (${sql})`;
  const [row] = rowsAt(await db.batch([{ sql: counting, params }]), 0);
  return { people: Number(row?.['people'] ?? 0), full: Number(row?.['full'] ?? 0) };
}

type Range = { readonly cursor: string; readonly month: string; readonly limit: number };

/** ?1 is the cursor, ?2 the month, ?3 the limit; what an audience needs to know is ?4. */
export function candidatesOf(audience: MassAudience, { cursor, month, limit }: Range): Statement {
  const { select, given } = selectionOf(audience);
  const sent = `coalesce((SELECT c.sent FROM mass_counters AS c WHERE c.openid = a.openid AND c.month = ?2), 0)`;
  return statement(
    `SELECT a.openid, ${sent} AS sent FROM (${select}) AS a ORDER BY a.openid LIMIT ?3`,
    cursor,
    month,
    limit,
    ...(given === null ? [] : [given]),
  );
}

const fansAsMembers = `SELECT f.openid FROM fans AS f CROSS JOIN identities AS i ON i.key = 'openid:' || f.openid`;
const wearing = `${fansAsMembers} CROSS JOIN ${fromOf('tags')} AS t
  ON t.member_id = i.member_id AND t.tag = ?4 AND ${isWornTag} WHERE f.openid > ?1`;

/** Only known fans: one openid that WeChat does not know could fail the whole page. */
function selectionOf(audience: MassAudience): { readonly select: string; readonly given: string | null } {
  if ('all' in audience) return { select: `SELECT f.openid FROM fans AS f WHERE f.openid > ?1`, given: null };
  if ('tag' in audience) return { select: wearing, given: audience.tag };
  if ('group' in audience) return { select: wearing, given: tagOfGroup(audience.group) };
  if ('storeId' in audience) {
    return {
      select: `${fansAsMembers} CROSS JOIN members AS m ON m.id = i.member_id AND m.store_id = ?4 WHERE f.openid > ?1`,
      given: audience.storeId,
    };
  }
  if ('memberIds' in audience) {
    // A member who was merged meanwhile is reached through the survivor.
    return {
      select: `WITH RECURSIVE way(id) AS (SELECT value FROM json_each(?4)
          UNION SELECT m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.merged_into IS NOT NULL)
        SELECT f.openid FROM way CROSS JOIN identities AS i ON i.member_id = way.id AND i.key >= 'openid:' AND i.key < 'openid;'
        CROSS JOIN fans AS f ON f.openid = substr(i.key, 8) WHERE f.openid > ?1`,
      given: list(audience.memberIds),
    };
  }
  return {
    select: `SELECT DISTINCT value AS openid FROM json_each(?4) WHERE value > ?1`,
    given: list(audience.openids),
  };
}
