/**
 * 查找事件 without an index for every question, because every index is a row written with every sale. What a page costs in
 * rows read: by `received`, `parked` or nothing at all, the page; by the sender's id, the revisions of it; by anything else, at
 * most 5,000 rows in one direction, and twice 35 more when a time is given. A page that had to look that far may be short.
 */
import { inbox, type InboxEvent } from '../../../schema/index.ts';
import { rowsAt, statement, type Db, type Statement, type Value } from '../db.ts';
import { conditionsOf, rangeOf, where, type Conditions, type EventFilter } from './event-conditions.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';
import type { NumberedPage } from '../paging.ts';
import { decodeAll, list, selectList } from '../set.ts';

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
  const conditions = conditionsOf(filter);
  const { params } = conditions;
  conditions.upTo.push(`?${params.push(before)} - 1`);
  const all = [...rangeOf(conditions), ...conditions.rest];
  const results = await db.batch([
    statement(
      `SELECT ${selectList(inbox, 't')} FROM json_each(?${params.push(list(keys))}) AS j CROSS JOIN inbox AS t
         ON t.id >= j.value AND t.id < j.value || '~'${where(all)} ORDER BY t.seq DESC LIMIT ${limit + 1}`,
      ...params,
    ),
  ]);
  const found = decodeAll(inbox, rowsAt(results, 0));
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
  const { above, rest, params } = conditions;
  const number = `?${params.push(order)}`;
  rest.push(`instr(t.body, ${number}) > 0`);
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

async function look(
  db: Db,
  conditions: Conditions,
  { order, limit }: { readonly order: 'ASC' | 'DESC'; readonly limit: number },
): Promise<NumberedPage<InboxEvent>> {
  const { rest, params } = conditions;
  const ordered = `${where(rangeOf(conditions))} ORDER BY t.seq ${order} LIMIT`;
  const looked = `FROM inbox AS t${ordered} ${rowsLookedAt}`;
  const isEasy = rest.length === 0;
  const found = isEasy
    ? `SELECT ${selectList(inbox, 't')} FROM inbox AS t${ordered} ${limit + 1}`
    : `SELECT ${selectList(inbox, 't')} FROM (SELECT t.* ${looked}) AS t${where(rest)} ORDER BY t.seq ${order} LIMIT ${limit + 1}`;
  const results = await db.batch([
    statement(found, ...params),
    ...(isEasy ? [] : [edgeOf(looked, params, order)]),
  ]);
  const rows = decodeAll(inbox, rowsAt(results, 0));
  const items = rows.slice(0, limit);
  if (rows.length > limit) return { items, next: items.at(-1)?.seq ?? null };
  const edge = results[1]?.rows[0];
  return { items, next: Number(edge?.['looked'] ?? 0) < rowsLookedAt ? null : Number(edge?.['edge']) };
}

/** How far a page looked, from the numbers alone. */
const edgeOf = (looked: string, params: readonly Value[], order: 'ASC' | 'DESC'): Statement =>
  statement(
    `SELECT count(*) AS looked, ${order === 'ASC' ? 'max' : 'min'}(seq) AS edge FROM (SELECT t.seq ${looked})`,
    ...params,
  );
