/** 这个活动发出的: who holds something of a campaign, page by page, from its sales and from causes that are no sale. */
import type {
  Awards,
  CampaignId,
  CouponId,
  GrantPlace,
  Marks,
  MemberId,
  SaleId,
  Takeback,
} from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Row } from '../db.ts';

/** One cause that holds something of the campaign. */
export type Given = {
  readonly cause: string;
  readonly saleId: SaleId | null;
  readonly memberId: MemberId;
  readonly couponIds: readonly CouponId[];
  readonly marks: Marks;
  readonly awards: Awards;
};

/** `at`: up to where everything was looked at. */
export type GivenPage<Place> = { readonly given: readonly Given[]; readonly at: Place };

export type Size = {
  /** Rows that are looked at. */
  readonly rowsMax: number;
  /** Causes that are found among them. */
  readonly causesMax: number;
};

/**
 * Of sales as `s`: what ?1 gave them and they still hold, as `granted`. What a sale was granted stands in its own row, so the sales
 * of the time are gone through; an index of campaigns would be one more row written for every reward.
 */
export const holdingsOf = (sales: string): string =>
  `${sales} CROSS JOIN json_each(s.document, '$[3]') AS holding
   CROSS JOIN json_each(holding.value, '$[1]') AS granted
   WHERE granted.value ->> 0 = ?1 AND granted.value ->> 1 > 0`;

const salesPage = `SELECT seq, id, member_id, document FROM sales WHERE seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4`;

export async function givenBySales(
  db: Db,
  { campaignId, saleAt, saleTo }: Pick<Takeback, 'campaignId' | 'saleAt' | 'saleTo'>,
  { rowsMax, causesMax }: Size,
): Promise<GivenPage<number>> {
  const results = await db.batch([
    statement(
      `SELECT s.seq, s.id, s.member_id AS memberId, granted.value -> 2 AS awards FROM ${holdingsOf(`(${salesPage}) AS s`)}
       ORDER BY s.seq LIMIT ?5`,
      campaignId,
      saleAt,
      saleTo,
      rowsMax,
      causesMax,
    ),
    statement(
      `SELECT count(*) AS rows, max(seq) AS at FROM (SELECT seq FROM sales WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3)`,
      saleAt,
      saleTo,
      rowsMax,
    ),
  ]);
  const found = rowsAt(results, 0);
  const [looked] = rowsAt(results, 1);
  const given = found.map((row) => ({
    ...givenOf(row),
    cause: `sale:${String(row['id'])}`,
    saleId: String(row['id']) as SaleId,
  }));
  if (found.length === causesMax) return { given, at: Number(found.at(-1)?.['seq']) };
  return { given, at: Number(looked?.['rows']) < rowsMax ? saleTo : Number(looked?.['at']) };
}

const grantsPage = `SELECT * FROM grants WHERE (cause, campaign_id) > (?2, ?3) ORDER BY cause, campaign_id LIMIT ?4`;
/** Longer chains of members who were made one are not followed. */
const mergersMax = 20;
/** Who has become of the member whom a grant as `g` names. */
const holder = `(WITH RECURSIVE up(id, hops) AS (SELECT g.member_id, 0
    UNION ALL SELECT m.merged_into, hops + 1 FROM up JOIN members AS m ON m.id = up.id
    WHERE m.merged_into IS NOT NULL AND hops < ${mergersMax})
  SELECT id FROM up ORDER BY hops DESC LIMIT 1)`;
/** All that an account had received when the grant was posted; null where that is another member's ledger by now. */
const credited = (account: string): string =>
  `(SELECT l.credited FROM ledger AS l WHERE l.member_id = g.member_id AND l.account = '${account}'
    AND l.cause = g.cause || '/campaign:' || g.campaign_id ORDER BY l.seq LIMIT 1)`;

/** Null: all of them were looked at. */
export async function givenElsewhere(
  db: Db,
  { campaignId, grantAt }: { readonly campaignId: CampaignId; readonly grantAt: GrantPlace },
  { rowsMax, causesMax }: Size,
): Promise<GivenPage<GrantPlace | null>> {
  const results = await db.batch([
    statement(
      `SELECT g.cause, g.member_id AS named, ${holder} AS memberId, g.awards, ${credited('points')} AS points,
         ${credited('wallet')} AS wallet
       FROM (${grantsPage}) AS g WHERE g.campaign_id = ?1 AND g.times > 0 ORDER BY g.cause LIMIT ?5`,
      campaignId,
      ...grantAt,
      rowsMax,
      causesMax,
    ),
    statement(
      `SELECT cause, campaign_id AS campaignId, count(*) OVER () AS rows FROM (SELECT cause, campaign_id FROM grants
         WHERE (cause, campaign_id) > (?1, ?2) ORDER BY cause, campaign_id LIMIT ?3)
       ORDER BY cause DESC, campaign_id DESC LIMIT 1`,
      ...grantAt,
      rowsMax,
    ),
  ]);
  const found = rowsAt(results, 0);
  const [last] = rowsAt(results, 1);
  const given = found.map((row) => ({
    ...givenOf(row),
    cause: String(row['cause']),
    saleId: null,
    marks: row['named'] === row['memberId'] ? marksOf(row) : {},
  }));
  if (found.length === causesMax) return { given, at: [String(found.at(-1)?.['cause']), campaignId] };
  if (!last || Number(last['rows']) < rowsMax) return { given, at: null };
  return { given, at: [String(last['cause']), String(last['campaignId'])] };
}

const marksOf = ({ points, wallet }: Row): Marks => ({
  ...(points !== null && { points: Number(points) }),
  ...(wallet !== null && { wallet: Number(wallet) }),
});

function givenOf({ memberId, awards }: Row): Omit<Given, 'cause' | 'saleId'> {
  // As the grants of sales and of other causes are written.
  const held = JSON.parse(String(awards)) as Awards;
  const coupons = (held['coupons'] ?? []) as readonly (readonly [CouponId])[];
  return {
    memberId: String(memberId) as MemberId,
    couponIds: coupons.map(([id]) => id),
    marks: {},
    awards: held,
  };
}
