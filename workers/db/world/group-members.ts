/** 会员 of a group: found through any identity, a sale or an id, and read with everything that is theirs. */
import { identities, members, type Identity, type Member, type MemberId } from '../../../schema/index.ts';
import type { Needs } from '../../decide/needs.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf } from '../look.ts';
import { decodeValues, list } from '../set.ts';
import { ofMembers } from '../shelves/rows.ts';

export type GroupMembers = {
  readonly members: readonly Member[];
  readonly identities: readonly Identity[];
  /** What each of the members keeps with them, as it is written. */
  readonly documents: readonly { readonly id: MemberId; readonly document: string | null }[];
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
  ...ofMembers(),
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
  const found = of('member').map((values) => {
    const { document, ...member } = decodeValues(members, values);
    return { member, document };
  });
  return {
    members: found.map(({ member }) => member),
    identities: of('identity').map((values) => decodeValues(identities, values)),
    documents: found.map(({ member: { id }, document }) => ({ id, document })),
  };
}
