/**
 * 查找事件 without an index for every question, because every index is a row written with every sale. What a page costs in
 * rows read: by `parked` or nothing at all, the page; by `waiting`, all that wait; by the sender's id, the revisions of it; by
 * anything else, at most 5,000 rows in one direction, and twice 35 more when a time is given. States and reasons are looked for in
 * the decisions, which are narrow. A page that had to look that far may be short.
 */
import type { InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { conditionsOf, rangeOf, where, type Conditions, type EventFilter } from './event-conditions.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';
import type { NumberedPage } from '../paging.ts';
import { list } from '../set.ts';
import { decodeEvents, eventList, events, pendingSeqs } from './event-rows.ts';

/** Rows looked at for one page where no index helps. */
const rowsLookedAt = 5_000;

/** Newest first. */
export async function searchEvents(
  db: Db,
  filter: EventFilter,
  before: number,
  limit: number,
): Promise<NumberedPage<InboxEvent>> {
  const conditions = conditionsOf(filter);
  conditions.upTo.push(`?${conditions.params.push(before)} - 1`);
  return look(db, conditions, { order: 'DESC', limit });
}

/** Everything that came under a sender's own id, from any of the sources; newest first. `keys` are what such ids begin with. */
export async function searchBySender(
  db: Db,
  keys: readonly string[],
  filter: EventFilter,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<NumberedPage<InboxEvent>> {
  const conditions = conditionsOf(filter, 'events');
  const { params } = conditions;
  conditions.upTo.push(`?${params.push(before)} - 1`);
  const all = [...rangeOf(conditions), ...conditions.rest, ...conditions.ofInbox];
  const results = await db.batch([
    statement(
      `SELECT ${eventList} FROM json_each(?${params.push(list(keys))}) AS j CROSS JOIN ${events} AS t
         ON t.id >= j.value AND t.id < j.value || '~'${where(all)} ORDER BY t.seq DESC LIMIT ${limit + 1}`,
      ...params,
    ),
  ]);
  const found = decodeEvents(rowsAt(results, 0));
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
}

/** A till that was offline for longer than this is looked for with `from`. */
const orderDaysBack = 30;
const dayMs = 86_400_000;

/**
 * The story of an order, oldest first: every event whose body holds its number, from the hour the order was made in. An order
 * that never became a sale is looked for from `from`, or 30 days back.
 */
export async function searchByOrder(
  db: Db,
  order: string,
  filter: EventFilter,
  { after, limit, now }: { readonly after: number; readonly limit: number; readonly now: number },
): Promise<NumberedPage<InboxEvent>> {
  const conditions = conditionsOf(filter);
  const { above, ofInbox, inboxRow, params } = conditions;
  const number = `?${params.push(order)}`;
  ofInbox.push(`instr(${inboxRow}.body, ${number}) > 0`);
  above.push(`?${params.push(after)}`);
  if (filter.from === null) {
    const made = `SELECT min(min(occurred_at, evaluated_at)) FROM sales WHERE id IN
      (SELECT namespace || ':' || ${number} FROM (SELECT 'erp' AS namespace UNION SELECT namespace FROM sources))`;
    const daysAgo = `?${params.push(now - orderDaysBack * dayMs)}`;
    above.push(lastBefore(`coalesce((${made}) - ${arrivalSlackMs}, ${daysAgo})`));
  }
  const page = await look(db, conditions, { order: 'ASC', limit });
  // In full, 8005-37 is not 8005-372; D1 takes no pattern long enough to say so.
  const alone = new RegExp(`(?<![\\w-])${order.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}(?![\\w-])`);
  return { ...page, items: page.items.filter(({ body }) => alone.test(body)) };
}

type Way = { readonly order: 'ASC' | 'DESC'; readonly limit: number };

async function look(
  db: Db,
  conditions: Conditions,
  { order, limit }: Way,
): Promise<NumberedPage<InboxEvent>> {
  const { rest, ofInbox, params } = conditions;
  const asked = [...rest, ...ofInbox];
  const isEasy = asked.length === 0;
  const looked = lookedAt(conditions, { order, limit: isEasy ? limit + 1 : rowsLookedAt });
  const beside =
    conditions.base === 'decisions' && ofInbox.length > 0 ? ' CROSS JOIN inbox AS i ON i.seq = t.seq' : '';
  const found = `SELECT t.seq FROM (${looked}) AS t${beside}${where(asked)} ORDER BY t.seq ${order} LIMIT ${limit + 1}`;
  const edge = `SELECT count(*) AS looked, ${order === 'ASC' ? 'max' : 'min'}(seq) AS edge FROM (${looked})`;
  const results = await db.batch([
    statement(
      `SELECT ${eventList} FROM (${found}) AS f CROSS JOIN ${events} AS t ON t.seq = f.seq ORDER BY f.seq ${order}`,
      ...params,
    ),
    ...(isEasy ? [] : [statement(edge, ...params)]),
  ]);
  const rows = decodeEvents(rowsAt(results, 0));
  const items = rows.slice(0, limit);
  if (rows.length > limit) return { items, next: items.at(-1)?.seq ?? null };
  const far = results[1]?.rows[0];
  return { items, next: Number(far?.['looked'] ?? 0) < rowsLookedAt ? null : Number(far?.['edge']) };
}

/** The rows of one direction, from where the page begins. */
function lookedAt(conditions: Conditions, { order, limit }: Way): string {
  const { base } = conditions;
  const range = rangeOf(conditions);
  const tail = ` ORDER BY t.seq ${order} LIMIT ${limit}`;
  // Few events wait at a time, but their index is not in order: without being told, SQLite would walk through all that were decided.
  const few = conditions.indexed.includes(`t.state = 'waiting'`) ? ' INDEXED BY decisions_waiting' : '';
  if (base !== 'pending') return `SELECT t.* FROM ${base} AS t${few}${where(range)}${tail}`;
  return `SELECT t.* FROM (${pendingSeqs(order, limit, range)}) AS p CROSS JOIN inbox AS t ON t.seq = p.seq${tail}`;
}
