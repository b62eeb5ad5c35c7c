/**
 * 一天收到的: the sales and refunds of a business day, by store. They have no index of their own: they are found through the events
 * that made them, which are numbered as they arrive, and through the primary key of the sales.
 */
import { defaultTimezone, type StoreReceived } from '../../../schema/index.ts';
import { dayMs, hourMs, localDate } from '../../decide/plain/dates.ts';
import { rowsAt, statement, type Db, type Statement, type Value } from '../db.ts';
import { saleIn } from '../inbox/outcome-words.ts';
import { lastBefore } from '../shop/numbering.ts';
import { list } from '../set.ts';

/** Sales that are uploaded later than this count as missing. */
const lateDays = 7;
/** No zone is further from UTC, and no arrival that much out of order. */
const zoneMs = 15 * hourMs;
const eventsMax = 300_000;
const refundsMax = 20_000;
/** More than a source may list of a store. */
const numbersPerStore = 3_001;
const storesNumbered = 20;
/** The till's own date, if it sends one. */
const businessDay = 'coalesce(s.business_on, s.occurred_on)';

/** `told`: every sale that an event of the day, or of the week after it, made or changed. */
function ofDay(namespace: string, date: string, select: string, ...more: Value[]): Statement {
  const from = Date.parse(`${date}T00:00:00Z`) - zoneMs;
  return statement(
    `WITH told AS (SELECT DISTINCT ${saleIn('t.outcome')} AS id FROM
       (SELECT source_id, outcome FROM decisions WHERE seq > ${lastBefore('?2')} AND seq <= ${lastBefore('?3')}
        ORDER BY seq LIMIT ${eventsMax}) AS t
       WHERE t.outcome IS NOT NULL AND t.source_id IN (SELECT id FROM sources WHERE namespace = ?1)) ${select}`,
    namespace,
    from,
    from + 2 * zoneMs + (1 + lateDays) * dayMs,
    ...more,
  );
}

type Received = {
  readonly received: ReadonlyMap<string, StoreReceived>;
  readonly refundNos: ReadonlyMap<string, readonly string[]>;
};

export async function readReceived(db: Db, namespace: string, date: string): Promise<Received> {
  const results = await db.batch([
    ofDay(
      namespace,
      date,
      `SELECT s.store_id AS store, count(*) AS orders, sum(s.paid_fen) AS "paidFen" FROM told CROSS JOIN sales AS s
       ON s.id = told.id WHERE ${businessDay} = ?4 AND s.voided_at IS NULL GROUP BY 1`,
      date,
    ),
    ofDay(
      namespace,
      date,
      `SELECT s.store_id AS store, r.refund_no AS "refundNo", r.refunded_fen AS "refundedFen",
         r.occurred_at AS "occurredAt", r.business_on AS "businessOn", p.timezone FROM told CROSS JOIN refunds AS r ON r.sale_id = told.id
       JOIN sales AS s ON s.id = r.sale_id LEFT JOIN stores AS p ON p.id = s.store_id
       WHERE r.occurred_at BETWEEN ?2 AND ?2 + ${2 * zoneMs + dayMs} ORDER BY r.refund_no LIMIT ${refundsMax}`,
    ),
  ]);
  const received = new Map<string, StoreReceived>();
  for (const { store, orders, paidFen } of rowsAt(results, 0)) {
    received.set(String(store), {
      orders: Number(orders),
      refunds: 0,
      paidFen: Number(paidFen),
      refundedFen: 0,
    });
  }
  const refundNos = new Map<string, string[]>();
  for (const { store, refundNo, refundedFen, occurredAt, businessOn, timezone } of rowsAt(results, 1)) {
    const zone = typeof timezone === 'string' ? timezone : defaultTimezone;
    if ((businessOn ?? localDate(Number(occurredAt), zone)) !== date) continue;
    const id = String(store);
    const { orders, paidFen, ...sofar } = received.get(id) ?? {
      orders: 0,
      refunds: 0,
      paidFen: 0,
      refundedFen: 0,
    };
    received.set(id, {
      orders,
      refunds: sofar.refunds + 1,
      paidFen,
      refundedFen: sofar.refundedFen + Number(refundedFen),
    });
    const numbers = refundNos.get(id) ?? [];
    numbers.push(String(refundNo));
    refundNos.set(id, numbers);
  }
  return { received, refundNos };
}

/** Only where somebody will look for the missing one, or has listed theirs: the first stores of those asked for. */
export async function readOrderNos(
  db: Db,
  namespace: string,
  date: string,
  asked: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const stores = asked.slice(0, storesNumbered);
  if (stores.length === 0) return new Map();
  const results = await db.batch([
    ofDay(
      namespace,
      date,
      `SELECT store, "orderNo" FROM (SELECT s.store_id AS store, s.order_no AS "orderNo",
         row_number() OVER (PARTITION BY s.store_id ORDER BY s.order_no) AS place
       FROM told CROSS JOIN sales AS s ON s.id = told.id WHERE ${businessDay} = ?4 AND s.voided_at IS NULL
         AND s.store_id IN (SELECT value FROM json_each(?5))) WHERE place <= ${numbersPerStore} ORDER BY 1, 2`,
      date,
      list(stores),
    ),
  ]);
  const byStore = Map.groupBy(rowsAt(results, 0), ({ store }) => String(store));
  return new Map([...byStore].map(([store, rows]) => [store, rows.map(({ orderNo }) => String(orderNo))]));
}
