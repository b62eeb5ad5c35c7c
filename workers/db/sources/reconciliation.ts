/** 对账 in the database: compared with what was received, and kept. Two round trips, three when counts differ; one row written. */
import {
  reconciliations,
  type DayTotals,
  type Reconciliation,
  type Source,
  type StoreCompared,
} from '../../../schema/index.ts';
import { compareDay, compareNumbers, isEqualDay, numbersShown } from '../../decide/sales/reconcile.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { isRefusedBy } from '../refusals.ts';
import { readOrderNos, readReceived } from './received-days.ts';
import { decodeAll, selectList, upsertSet } from '../set.ts';

type Told = { readonly date: string; readonly said: DayTotals; readonly saidAt: number };
type Of = Pick<Source, 'id' | 'namespace'>;

/** Compares and stores; sources with the same namespace report the same receipts and count as one. */
export async function reconcile(db: Db, source: Of, day: Told, now: number): Promise<Reconciliation> {
  const row = await comparedOf(db, source, day, now);
  await db.batch([upsertSet(reconciliations, [row])]);
  return row;
}

/** What is said was made of what had been read: null where something else has been said since `readSaidAt`, which then stands. */
export async function reconcileRead(
  db: Db,
  source: Of,
  { readSaidAt, ...day }: Told & { readonly readSaidAt: number | null },
  now: number,
): Promise<Reconciliation | null> {
  const row = await comparedOf(db, source, day, now);
  const isAsRead = statement(
    `INSERT INTO guards (name) SELECT 'day'
     WHERE (SELECT said_at FROM reconciliations WHERE source_id = ?1 AND date = ?2) IS NOT ?3`,
    source.id,
    day.date,
    readSaidAt,
  );
  try {
    await db.batch([isAsRead, upsertSet(reconciliations, [row])]);
    return row;
  } catch (error) {
    if (isRefusedBy(error, 'reading_is_current')) return null;
    throw error;
  }
}

async function comparedOf(db: Db, source: Of, day: Told, now: number): Promise<Reconciliation> {
  const { received, refundNos } = await readReceived(db, source.namespace, day.date);
  const compared = compareDay(day.said, received);
  const listed = new Map<string, readonly string[] | undefined>(
    day.said.stores.map(({ id, orderNos }) => [id, orderNos]),
  );
  const isMiscounted = ({ differs }: StoreCompared): boolean => differs.includes('orders');
  const asked = [...compared.filter(isMiscounted), ...compared.filter(({ id }) => listed.get(id))];
  const numbers = await readOrderNos(db, source.namespace, day.date, [...new Set(asked.map(({ id }) => id))]);
  const stores = compared.map((store) => {
    const ours = numbers.get(store.id);
    const refunds = store.differs.includes('refunds') ? (refundNos.get(store.id) ?? []) : [];
    // A store whose numbers were not asked for has none to compare: its list proves nothing.
    const isRead = ours !== undefined || store.received.orders === 0;
    const seen = isRead ? compareNumbers(store, listed.get(store.id), ours ?? []) : store;
    return { ...seen, refundNos: refunds.slice(0, numbersShown) };
  });
  const { date, said, saidAt } = day;
  const isEqual = isEqualDay(stores);
  return { sourceId: source.id, date, said, stores, isEqual, saidAt, comparedAt: now };
}

/** 一天: as it was last compared; the newest where none is named. */
export async function readReconciliation(
  db: Db,
  sourceId: string,
  date: string | null,
): Promise<Reconciliation | null> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(reconciliations, 't')} FROM reconciliations AS t
       WHERE t.source_id = ?1 AND (?2 IS NULL OR t.date = ?2) ORDER BY t.date DESC LIMIT 1`,
      sourceId,
      date,
    ),
  ]);
  return decodeAll(reconciliations, rowsAt(results, 0))[0] ?? null;
}

/** What differs of one day, source by source. */
export async function differingOn(db: Db, date: string): Promise<Reconciliation[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(reconciliations, 't')} FROM sources AS s CROSS JOIN reconciliations AS t
       ON t.source_id = s.id AND t.date = ?1 WHERE t.is_equal = 0 ORDER BY s.id`,
      date,
    ),
  ]);
  return decodeAll(reconciliations, rowsAt(results, 0));
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
