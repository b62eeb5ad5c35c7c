/** 销售的来历: the sales that are spoken of, what came back of them, and the promises that were in force at the time. */
import {
  campaigns,
  grants,
  refunds,
  type CampaignVersion,
  type Grant,
  type Refund,
} from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { lookAt, type Look } from '../look.ts';
import { list, selectList } from '../set.ts';
import type { GroupQuery } from '../shelves/define.ts';
import { decodeSale, selectSale, type SaleRecord } from '../shelves/sale-document.ts';

export type SalePast = {
  readonly sales: Look<SaleRecord[]>;
  readonly refunds: Look<Refund[]>;
  readonly campaigns: Look<CampaignVersion[]>;
  /** Of causes that are no sale; what a sale was granted comes with it. */
  readonly grants: Look<Grant[]>;
};

export function pastOf({ needs, isDeep }: GroupQuery): SalePast {
  const saleIds = list(needs.sales);
  // Only where somebody's whole past is asked for.
  const others = needs.histories.size > 0 ? [list(needs.histories)] : [];
  const past = (sql: string, ...more: number[]): Statement[] =>
    isDeep ? [statement(sql, saleIds, ...more)] : [];
  const named = 'IN (SELECT value FROM json_each(?1))';
  const { transfers } = needs.asked;
  return {
    sales: {
      statements: [
        transfers.size > 0
          ? statement(withRecalls, saleIds, list(transfers))
          : statement(selectNamed(others.length > 0 ? ofHistories : ''), saleIds, ...others),
      ],
      decode: (rows) => rows.map(decodeSale),
    },
    refunds: lookAt(
      refunds,
      isDeep
        ? [
            statement(
              `SELECT ${selectList(refunds, 't')} FROM refunds AS t WHERE t.sale_id IN (
                 SELECT value FROM json_each(?1)${others.length > 0 ? ofHistories : ''})`,
              saleIds,
              ...others,
            ),
          ]
        : [],
    ),
    grants: lookAt(
      grants,
      needs.granted.size > 0
        ? [
            statement(
              `SELECT ${selectList(grants, 't')} FROM grants AS t WHERE t.cause ${named}`,
              list(needs.granted),
            ),
          ]
        : [],
    ),
    campaigns: lookAt(
      campaigns,
      past(
        `SELECT ${selectList(campaigns, 't')} FROM campaigns AS t WHERE t.in_force_to IS NOT NULL AND t.in_force_to >
         (SELECT min(coalesce(min(min(evaluated_at, occurred_at)), ?2), ?2) FROM sales WHERE id ${named})`,
        needs.since,
      ),
    ),
  };
}

const selectNamed = (more: string): string =>
  `SELECT ${selectSale} FROM sales AS t WHERE t.id IN (SELECT value FROM json_each(?1)${more})`;
/** ?2 are members. */
const ofHistories = ` UNION SELECT h.id FROM json_each(?2) AS o CROSS JOIN sales AS h ON h.member_id = o.value`;
/** Of sales whose packets have to come back as well. */
const withRecalls = selectNamed(` UNION SELECT x.sale_id FROM transfers AS x
  WHERE x.out_bill_no IN (SELECT value FROM json_each(?2)) AND x.recalls <> '[]'`);
