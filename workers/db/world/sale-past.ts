/** 销售的来历: its lines, what came back of it, what it was granted, and the promises that were in force at the time. */
import {
  campaigns,
  grants,
  refunds,
  saleLines,
  type CampaignVersion,
  type Grant,
  type Refund,
  type SaleLine,
} from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { lookAt, type Look } from '../look.ts';
import { list, selectList } from '../set.ts';
import type { GroupQuery } from '../shelves/define.ts';

export type SalePast = {
  readonly lines: Look<SaleLine[]>;
  readonly refunds: Look<Refund[]>;
  readonly grants: Look<Grant[]>;
  readonly campaigns: Look<CampaignVersion[]>;
};

export function pastOf(query: GroupQuery): SalePast {
  const { needs, isDeep } = query;
  const saleIds = list(needs.sales);
  const past = (sql: string): Statement[] => (isDeep ? [statement(sql, saleIds)] : []);
  const named = 'IN (SELECT value FROM json_each(?1))';
  return {
    lines: lookAt(
      saleLines,
      past(`SELECT ${selectList(saleLines, 't')} FROM sale_lines AS t WHERE t.sale_id ${named}`),
    ),
    refunds: lookAt(
      refunds,
      past(`SELECT ${selectList(refunds, 't')} FROM refunds AS t WHERE t.sale_id ${named}`),
    ),
    grants: lookAt(grants, selectGrants(query)),
    campaigns: lookAt(
      campaigns,
      past(
        `SELECT ${selectList(campaigns, 't')} FROM campaigns AS t WHERE t.in_force_to IS NOT NULL AND t.in_force_to >
         (SELECT min(evaluated_at) FROM sales WHERE id ${named})`,
      ),
    ),
  };
}

const grantsOf = (causes: string): string =>
  `SELECT ${selectList(grants, 't')} FROM grants AS t WHERE t.cause IN (SELECT 'sale:' || value FROM json_each(?1)${causes})`;
const ofSales = grantsOf('');
/** Of sales whose packets have to come back as well. */
const ofTransfers = grantsOf(` UNION SELECT 'sale:' || x.sale_id FROM transfers AS x
  WHERE x.out_bill_no IN (SELECT value FROM json_each(?2)) AND x.recalls <> '[]'`);

function selectGrants({ needs, isDeep }: GroupQuery): Statement[] {
  const saleIds = list(isDeep ? needs.sales : []);
  if (needs.asked.transfers.size > 0) return [statement(ofTransfers, saleIds, list(needs.asked.transfers))];
  return isDeep ? [statement(ofSales, saleIds)] : [];
}
