/** 会员 of a group: found through any identity, a sale or an id, and read with everything that is theirs. */
import { identities, members, type Identity, type Member, type MemberId } from '../../../schema/index.ts';
import type { Needs } from '../../decide/needs.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { compounds, termOf, unionOf } from '../look.ts';
import { decodeValues, list } from '../set.ts';
import { ofMembers } from '../shelves/rows.ts';

export type GroupMembers = {
  readonly members: readonly Member[];
  readonly identities: readonly Identity[];
  /** What each of the members keeps with them, as it is written. */
  readonly documents: readonly { readonly id: MemberId; readonly document: string | null }[];
};

const usual: readonly string[] = [
  `SELECT member_id FROM identities WHERE key IN (SELECT value FROM json_each(?1))`,
  `SELECT member_id FROM sales WHERE id IN (SELECT value FROM json_each(?2)) AND member_id IS NOT NULL`,
  `SELECT value AS member_id FROM json_each(?3)`,
];
const foundBy = (more: readonly string[]): string =>
  `WITH m(id) AS MATERIALIZED (${unionOf([...usual, ...more], 'member_id')})`;

/**
 * Looking for the members costs as much as reading what they own, so several tables share one search: each row is a JSON array
 * under the name of its kind.
 */
const searches: readonly string[] = compounds([
  termOf('member', members, 't.id IN (SELECT id FROM m)'),
  termOf('identity', identities, 't.member_id IN (SELECT id FROM m)'),
  ...ofMembers(),
]);

/** Only a group that speaks of money on its way out, or of coupons, pays for that. */
const ways = {
  transfers: `SELECT member_id FROM transfers WHERE out_bill_no IN (SELECT value FROM json_each(?))`,
  coupons: `SELECT c.member_id FROM json_each(?) AS j CROSS JOIN coupons AS c ON c.id = j.value OR c.code = j.value`,
  couponsFor: `SELECT member_id FROM coupons WHERE used_for IN (SELECT value FROM json_each(?))`,
  /** 转赠: in whose hands is what their sales gave to somebody who passed it on. */
  passedOn: `SELECT c.member_id FROM json_each(?) AS j CROSS JOIN sales AS b ON b.id = j.value
    CROSS JOIN coupons AS c ON c.passed_by = b.member_id AND c.sale_id = b.id`,
  /** Who bought them, and who has them now. */
  voucherSales: `SELECT iif(each.value, b.member_id, c.member_id) AS member_id FROM voucher_sales AS b
    CROSS JOIN json_each(b.coupon_ids) AS v CROSS JOIN coupons AS c ON c.id = v.value CROSS JOIN json_each('[0,1]') AS each
    WHERE b.id IN (SELECT value FROM json_each(?))`,
  pointSpends: `SELECT s.member_id FROM json_each(?) AS j CROSS JOIN point_spends AS s
    ON s.id = j.value OR s.used_for = j.value`,
  /** In whose hands is what a cause that is no sale gave. */
  granted: `SELECT c.member_id FROM json_each(?) AS cause CROSS JOIN grants AS g ON g.cause = cause.value
    CROSS JOIN json_each(g.awards, '$.coupons') AS j CROSS JOIN coupons AS c ON c.id = j.value ->> 0`,
  storedMoves: `SELECT member_id FROM stored_moves WHERE id IN (SELECT value FROM json_each(?))`,
  packages: `SELECT member_id FROM packages WHERE id IN (SELECT value FROM json_each(?))`,
  /** Only of what may be called off. */
  recharges: `SELECT member_id FROM recharges WHERE id IN (SELECT value FROM json_each(?))`,
};
type Way = keyof typeof ways;
const nothing: ReadonlySet<string> = new Set();
const texts = new Map<string, readonly string[]>();

/** Made once for each choice of ways; `?` becomes the number of the parameter. */
function textsOf(more: readonly Way[]): readonly string[] {
  const known = texts.get(more.join());
  if (known) return known;
  const also = more.map((way, place) => ways[way].replace('?', `?${usual.length + place + 1}`));
  const made = searches.map((terms) => `${foundBy(also)} ${terms}`);
  texts.set(more.join(), made);
  return made;
}

export function selectMembers(needs: Needs): Statement[] {
  const { identities: keys, sales, members: ids, asked, couponsFor } = needs;
  const named = {
    transfers: asked.transfers,
    coupons: asked.coupons,
    couponsFor,
    passedOn: needs.isDeep ? sales : new Set(),
    voucherSales: asked.voucherSales,
    pointSpends: asked.pointSpends,
    granted: needs.granted,
    storedMoves: asked.storedMoves,
    packages: asked.packages,
    recharges: asked.storedMoves.size > 0 ? asked.recharges : nothing,
  };
  const more = (Object.keys(ways) as Way[]).filter((way) => named[way].size > 0);
  const found = [list(keys), list(sales), list(ids), ...more.map((way) => list(named[way]))];
  return textsOf(more).map((sql) => statement(sql, ...found));
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
