/** 对账 in the database: compared with what was received, and kept. Two round trips, three when counts differ; one row written. */
import { reconciliations, type DayTotals, type Reconciliation, type Source } from '../../../schema/index.ts';
import { compareDay, isEqualDay } from '../../decide/sales/reconcile.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { numbersPerStore, readOrderNos, readReceived } from './received-days.ts';
import { decodeAll, selectList, upsertSet } from '../set.ts';

/** Compares and stores; sources with the same namespace report the same receipts and count as one. */
export async function reconcile(
  db: Db,
  source: Pick<Source, 'id' | 'namespace'>,
  day: { readonly date: string; readonly said: DayTotals; readonly saidAt: number },
  now: number,
): Promise<Reconciliation> {
  const { received, refundNos } = await readReceived(db, source.namespace, day.date);
  const compared = compareDay(day.said, received);
  const miscounted = compared.filter(({ differs }) => differs.includes('orders')).map(({ id }) => id);
  const orderNos = await readOrderNos(db, source.namespace, day.date, miscounted);
  const stores = compared.map((store) => ({
    ...store,
    orderNos: orderNos.get(store.id) ?? [],
    refundNos: store.differs.includes('refunds')
      ? (refundNos.get(store.id) ?? []).slice(0, numbersPerStore)
      : [],
  }));
  const { date, said, saidAt } = day;
  const isEqual = isEqualDay(stores);
  const row: Reconciliation = { sourceId: source.id, date, said, stores, isEqual, saidAt, comparedAt: now };
  await db.batch([upsertSet(reconciliations, [row])]);
  return row;
}

/** The newest day first, between two days that belong to it. */
export async function listReconciliations(
  db: Db,
  sourceId: string,
  { from, before }: { readonly from: string; readonly before: string },
  limit: number,
): Promise<Reconciliation[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(reconciliations, 't')} FROM reconciliations AS t
       WHERE t.source_id = ?1 AND t.date >= ?2 AND t.date < ?3 ORDER BY t.date DESC LIMIT ?4`,
      sourceId,
      from,
      before,
      limit,
    ),
  ]);
  return decodeAll(reconciliations, rowsAt(results, 0));
}

/** Days since `from` that differed when they were last compared, before `comparedBefore`. */
export async function openReconciliations(
  db: Db,
  { from, comparedBefore }: { readonly from: string; readonly comparedBefore: number },
  limit: number,
): Promise<Reconciliation[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(reconciliations, 't')} FROM reconciliations AS t
       WHERE t.is_equal = 0 AND t.date >= ?1 AND t.compared_at < ?2 ORDER BY t.compared_at LIMIT ?3`,
      from,
      comparedBefore,
      limit,
    ),
  ]);
  return decodeAll(reconciliations, rowsAt(results, 0));
}
