/** 转账 of a group: those its events speak of, those under way for its sales, and what the shop paid out today. */
import {
  defaultTimezone,
  grants,
  payoutDays,
  transfers,
  type Grant,
  type PayoutDay,
  type Transfer,
} from '../../../schema/index.ts';
import type { Config } from '../../decide/config.ts';
import { localDate } from '../../decide/plain/dates.ts';
import type { Needs } from '../../decide/needs.ts';
import { statement, type Row, type Statement } from '../db.ts';
import { decodeValues, list, valueList } from '../set.ts';

export type GroupTransfers = {
  readonly transfers: readonly Transfer[];
  readonly days: readonly PayoutDay[];
  /** Of sales whose packets have to come back. */
  readonly grants: readonly Grant[];
};

type Wanted = {
  readonly needs: Pick<Needs, 'transfers' | 'sales'>;
  readonly isDeep: boolean;
  readonly config: Pick<Config, 'payout'>;
  readonly now: number;
};

/** Where nothing is paid out, nothing is asked. */
export const hasTransfers = ({ needs, isDeep, config: { payout } }: Omit<Wanted, 'now'>): boolean =>
  needs.transfers.size > 0 || (payout !== null && (isDeep || payout.mode === 'transfer'));

const named = `t.out_bill_no IN (SELECT value FROM json_each(?1))`;

const sql = `SELECT 'transfer' AS kind, json_array(${valueList(transfers, 't')}) AS "values" FROM transfers AS t
    WHERE ${named}
  UNION ALL SELECT 'transfer', json_array(${valueList(transfers, 't')}) FROM transfers AS t
    WHERE t.sale_id IN (SELECT value FROM json_each(?2)) AND t.ended_at IS NULL
  UNION ALL SELECT 'day', json_array(${valueList(payoutDays, 'd')}) FROM payout_days AS d WHERE d.day_on = ?3
  UNION ALL SELECT 'grant', json_array(${valueList(grants, 'g')}) FROM grants AS g WHERE g.cause IN
    (SELECT 'sale:' || t.sale_id FROM transfers AS t WHERE ${named} AND t.recalls <> '[]')`;

export function selectTransfers(wanted: Wanted): Statement[] {
  if (!hasTransfers(wanted)) return [];
  const { needs, isDeep, now } = wanted;
  const sales = isDeep ? list(needs.sales) : '[]';
  return [statement(sql, list(needs.transfers), sales, localDate(now, defaultTimezone))];
}

export function decodeTransfers(rows: readonly Row[]): GroupTransfers {
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  const of = (kind: string): string[] => (byKind.get(kind) ?? []).map(({ values }) => String(values));
  return {
    transfers: of('transfer').map((values) => decodeValues(transfers, values)),
    days: of('day').map((values) => decodeValues(payoutDays, values)),
    grants: of('grant').map((values) => decodeValues(grants, values)),
  };
}
