/** 会员 of a group: found through any identity, a sale or an id, and read with everything that is theirs. */
import {
  accounts,
  identities,
  memberCounters,
  members,
  memberTags,
  reminders,
  type Identity,
  type Member,
  type MemberCounter,
  type MemberTag,
  type Reminder,
} from '../../../schema/index.ts';
import type { Needs } from '../../decide/needs.ts';
import { pairKey, type Head } from '../../decide/world.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { decodeValues, list, valueList } from '../set.ts';

export type GroupMembers = {
  readonly members: readonly Member[];
  readonly identities: readonly Identity[];
  /** By member and account. */
  readonly heads: Map<string, Head>;
  readonly counters: readonly MemberCounter[];
  readonly tags: readonly MemberTag[];
  readonly reminders: readonly Reminder[];
};

const foundBy = (more: string): string => `WITH m(id) AS MATERIALIZED (
  SELECT member_id FROM identities WHERE key IN (SELECT value FROM json_each(?1))
  UNION SELECT member_id FROM sales WHERE id IN (SELECT value FROM json_each(?2)) AND member_id IS NOT NULL
  UNION SELECT value FROM json_each(?3)${more})`;

const own = 't.member_id IN (SELECT id FROM m)';

/**
 * Looking for the members costs as much as reading what they own, so several tables share one search: each row is a JSON array
 * under the name of its kind. D1 takes no more than five terms in one compound.
 */
const searches: readonly (readonly string[])[] = [
  [
    `SELECT 'member' AS kind, json_array(${valueList(members, 't')}) AS "values" FROM members AS t
     WHERE t.id IN (SELECT id FROM m)`,
    `SELECT 'identity', json_array(${valueList(identities, 't')}) FROM identities AS t WHERE ${own}`,
    `SELECT 'head', json_array(l.member_id, l.account, l.seq, l.balance, l.credited)
     FROM m CROSS JOIN json_each('${JSON.stringify(accounts)}') AS a CROSS JOIN ledger AS l
     ON l.member_id = m.id AND l.account = a.value AND l.seq =
       (SELECT max(seq) FROM ledger WHERE member_id = m.id AND account = a.value)`,
  ],
  [
    `SELECT 'counter' AS kind, json_array(${valueList(memberCounters, 't')}) AS "values"
     FROM member_counters AS t WHERE ${own}`,
    `SELECT 'tag', json_array(${valueList(memberTags, 't')}) FROM member_tags AS t WHERE ${own}`,
    `SELECT 'reminder', json_array(${valueList(reminders, 't')}) FROM reminders AS t WHERE ${own}`,
  ],
];

const textsBy = (more: string): string[] =>
  searches.map((terms) => `${foundBy(more)} ${terms.join(' UNION ALL ')}`);
const texts = textsBy('');
/** Only a group that speaks of money on its way out pays for this. */
const textsWithTransfers = textsBy(
  ` UNION SELECT member_id FROM transfers WHERE out_bill_no IN (SELECT value FROM json_each(?4))`,
);

/** How many statements these are; their rows, in any order, are what `decodeMembers` takes. */
export const memberStatements = texts.length;

export function selectMembers(
  needs: Pick<Needs, 'identities' | 'sales' | 'members' | 'transfers'>,
): Statement[] {
  const keys = [list(needs.identities), list(needs.sales), list(needs.members)];
  if (needs.transfers.size === 0) return texts.map((sql) => statement(sql, ...keys));
  return textsWithTransfers.map((sql) => statement(sql, ...keys, list(needs.transfers)));
}

export function decodeMembers(rows: readonly Row[]): GroupMembers {
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  const of = (kind: string): string[] => (byKind.get(kind) ?? []).map(({ values }) => String(values));
  return {
    members: of('member').map((values) => decodeValues(members, values)),
    identities: of('identity').map((values) => decodeValues(identities, values)),
    heads: new Map(of('head').map(toHead)),
    counters: of('counter').map((values) => decodeValues(memberCounters, values)),
    tags: of('tag').map((values) => decodeValues(memberTags, values)),
    reminders: of('reminder').map((values) => decodeValues(reminders, values)),
  };
}

function toHead(values: string): [string, Head] {
  // As selected above, from the columns of a STRICT table.
  const [memberId, account, seq, balance, credited]: [string, string, number, number, number] =
    JSON.parse(values);
  return [pairKey(memberId, account), { seq, balance, credited }];
}
