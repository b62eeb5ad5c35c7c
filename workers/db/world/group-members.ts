/** 会员 of a group: found through any identity, a sale or an id, and read with everything that is theirs. */
import { accounts, identities, members, type Identity, type Member } from '../../../schema/index.ts';
import type { Needs } from '../../decide/needs.ts';
import { pairKey, type Head } from '../../decide/world.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { decodeValues, list } from '../set.ts';
import { ofMembers } from '../shelves/rows.ts';

export type GroupMembers = {
  readonly members: readonly Member[];
  readonly identities: readonly Identity[];
  /** By member and account. */
  readonly heads: Map<string, Head>;
};

const foundBy = (more: string): string => `WITH m(id) AS MATERIALIZED (
  SELECT member_id FROM identities WHERE key IN (SELECT value FROM json_each(?1))
  UNION SELECT member_id FROM sales WHERE id IN (SELECT value FROM json_each(?2)) AND member_id IS NOT NULL
  UNION SELECT value FROM json_each(?3)${more})`;

/**
 * Looking for the members costs as much as reading what they own, so several tables share one search: each row is a JSON array
 * under the name of its kind.
 */
const searches: readonly string[] = compounds([
  termOf('member', members, 't.id IN (SELECT id FROM m)'),
  termOf('identity', identities, 't.member_id IN (SELECT id FROM m)'),
  `SELECT 'head' AS kind, json_array(l.member_id, l.account, l.seq, l.balance, l.credited) AS "values"
   FROM m CROSS JOIN json_each('${JSON.stringify(accounts)}') AS a CROSS JOIN ledger AS l
   ON l.member_id = m.id AND l.account = a.value AND l.seq =
     (SELECT max(seq) FROM ledger WHERE member_id = m.id AND account = a.value)`,
  ...ofMembers,
]);

const texts = searches.map((terms) => `${foundBy('')} ${terms}`);
/** Only a group that speaks of money on its way out pays for this. */
const withTransfers = ` UNION SELECT member_id FROM transfers WHERE out_bill_no IN (SELECT value FROM json_each(?4))`;
const textsWithTransfers = searches.map((terms) => `${foundBy(withTransfers)} ${terms}`);

export function selectMembers({ identities: keys, sales, members: ids, asked }: Needs): Statement[] {
  const found = [list(keys), list(sales), list(ids)];
  if (asked.transfers.size === 0) return texts.map((sql) => statement(sql, ...found));
  return textsWithTransfers.map((sql) => statement(sql, ...found, list(asked.transfers)));
}

export function decodeMembers(rows: readonly Row[]): GroupMembers {
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  const of = (kind: string): string[] => (byKind.get(kind) ?? []).map(({ values }) => String(values));
  return {
    members: of('member').map((values) => decodeValues(members, values)),
    identities: of('identity').map((values) => decodeValues(identities, values)),
    heads: new Map(of('head').map(toHead)),
  };
}

function toHead(values: string): [string, Head] {
  // As selected above, from the columns of a STRICT table.
  const [memberId, account, seq, balance, credited]: [string, string, number, number, number] =
    JSON.parse(values);
  return [pairKey(memberId, account), { seq, balance, credited }];
}
