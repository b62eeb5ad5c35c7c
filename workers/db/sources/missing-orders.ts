/** 少的单号在哪里: what is known here of receipts that a day lacks: counted elsewhere, voided, or still lying parked. */
import type { InboxEvent, Source } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeEvents, eventList, events } from '../inbox/event-rows.ts';
import { list } from '../set.ts';

/** The newest that are parked; whoever has more has other worries. */
const parkedMax = 200;

export type OrderTrace =
  | { readonly is: 'sale'; readonly on: string; readonly storeId: string; readonly isVoided: boolean }
  | { readonly is: 'parked'; readonly event: InboxEvent };

/** By number; what is not there was never received, as far as this shop knows. Two look-ups, each by an index. */
export async function traceOrders(
  db: Db,
  { namespace }: Pick<Source, 'namespace'>,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, OrderTrace>> {
  if (numbers.length === 0) return new Map();
  const results = await db.batch([
    statement(
      `SELECT j.value AS number, coalesce(s.business_on, s.occurred_on) AS "on", s.store_id AS store, s.voided_at AS voided
       FROM json_each(?2) AS j CROSS JOIN sales AS s ON s.id = ?1 || ':' || j.value`,
      namespace,
      list(numbers),
    ),
    statement(
      `SELECT ${eventList} FROM (SELECT seq FROM decisions INDEXED BY decisions_parked WHERE state = 'parked' ORDER BY seq DESC LIMIT ${parkedMax}) AS f
       CROSS JOIN ${events} AS t ON t.seq = f.seq
       WHERE t.source_id IN (SELECT id FROM sources WHERE namespace = ?1)`,
      namespace,
    ),
  ]);
  const parked = decodeEvents(rowsAt(results, 1));
  const found = new Map<string, OrderTrace>();
  for (const number of numbers) {
    const event = parked.find(({ body }) => names(body, number));
    if (event) found.set(number, { is: 'parked', event });
  }
  for (const { number, on, store, voided } of rowsAt(results, 0))
    found.set(String(number), {
      is: 'sale',
      on: String(on),
      storeId: String(store),
      isVoided: voided !== null,
    });
  return found;
}

/** 8005-37 does not stand in 8005-372. */
function names(body: string, number: string): boolean {
  const isPart = (sign: string | undefined): boolean => sign !== undefined && /[\w-]/.test(sign);
  for (let at = body.indexOf(number); at >= 0; at = body.indexOf(number, at + 1))
    if (!isPart(body[at - 1]) && !isPart(body[at + number.length])) return true;
  return false;
}
