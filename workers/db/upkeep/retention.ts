/**
 * 清理: what is no longer needed is emptied or dropped, a page at a time. Each pass remembers how far it came; at the end it
 * waits, and a month after it began it begins again, for what was dealt with only after it had gone by.
 */
import { statement, type Db, type Statement, type Value } from '../db.ts';
import { lastBefore } from '../shop/numbering.ts';

/** Looked at in one page, and changed at most: a row changed is a row written. Numbers and rows are the same, or nearly. */
const rowsLookedAt = 20_000;
const rowsChangedMax = 1_000;
const passEveryMs = 30 * 86_400_000;

export type Pass = {
  readonly name: string;
  readonly table: string;
  readonly key: 'seq' | 'id' | 'key';
  /** The last key that is old enough; without it, the keys do not tell and every row is asked. */
  readonly upTo?: string;
  /** Which rows; parameters of its own begin at ?3. */
  readonly where: string;
  readonly change: string;
  readonly params: readonly Value[];
};

/** How many rows each pass wrote. One round trip, two statements for each. */
export async function runPasses(
  db: Db,
  passes: readonly Pass[],
  more: readonly Statement[],
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const results = await db.batch([...passes.flatMap((pass) => [turn(pass, now), work(pass)]), ...more]);
  return new Map(passes.map(({ name }, place) => [name, results[place * 2 + 1]?.rowsWritten ?? 0]));
}

const position = (key: Pass['key'], column: string): string => {
  const text = `(SELECT ${column} FROM chores WHERE name = ?1)`;
  return key === 'seq' ? `CAST(coalesce(${text}, '') AS INTEGER)` : `coalesce(${text}, '')`;
};

/** Turns the page: it ends where enough rows were looked at, or enough of them found. */
function turn(pass: Pass, now: number): Statement {
  const { name, table, key, where, params } = pass;
  const begin = position(key, 'page_to');
  const end = endOf(pass, begin);
  const found = `SELECT ${key} FROM ${table} WHERE ${key} > ${begin} AND ${key} <= ${end} AND ${where}
    ORDER BY ${key} LIMIT ${rowsChangedMax}`;
  const isMonthOld = `chores.at <= ?2 - ${passEveryMs}`;
  return statement(
    `INSERT INTO chores (name, page_from, page_to, at)
     SELECT ?1, '', CAST(coalesce((SELECT max(${key}) FROM (${found}) HAVING count(*) = ${rowsChangedMax}), ${end}, '') AS TEXT),
       CAST(?2 AS INTEGER) WHERE true
     ON CONFLICT (name) DO UPDATE SET
       page_from = CASE WHEN excluded.page_to = '' AND ${isMonthOld} THEN '' ELSE page_to END,
       page_to = CASE WHEN excluded.page_to <> '' THEN excluded.page_to WHEN ${isMonthOld} THEN '' ELSE page_to END,
       at = CASE WHEN excluded.page_to = '' AND ${isMonthOld} THEN excluded.at ELSE at END
     WHERE excluded.page_to <> '' OR page_from <> page_to OR ${isMonthOld}`,
    name,
    now,
    ...params,
  );
}

/** The last key of a full page, null when nothing lies ahead. Numbers are reckoned, text has to be counted. */
function endOf({ table, key, upTo }: Pass, begin: string): string {
  if (upTo === undefined) {
    return `(SELECT max(${key}) FROM (SELECT ${key} FROM ${table} WHERE ${key} > ${begin} ORDER BY ${key} LIMIT ${rowsLookedAt}))`;
  }
  return `nullif(max(${begin}, min(${begin} + ${rowsLookedAt}, ${upTo})), ${begin})`;
}

const work = ({ name, key, where, change, params }: Pass): Statement =>
  statement(
    `${change} WHERE ${key} > ${position(key, 'page_from')} AND ${key} <= ${position(key, 'page_to')} AND ${where}`,
    name,
    null,
    ...params,
  );

/** 原始报文: bodies of what was dealt with; `isNot` takes everything but these sources. */
export const emptyBodies = (
  { days, sources, isNot }: { readonly days: number; readonly sources: string; readonly isNot: boolean },
  before: number,
): Pass => ({
  name: `bodies/${days}`,
  table: 'inbox',
  key: 'seq',
  upTo: lastBefore('?3'),
  where: `body <> '' AND received_at < ?3 AND (source_id IN (SELECT value FROM json_each(?4))) = ?5
    AND EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = inbox.seq AND d.state IN ('done', 'ignored'))`,
  change: `UPDATE inbox SET body = ''`,
  params: [before, sources, isNot ? 0 : 1],
});

/** 没有着落的报文: what nobody has dealt with for so long, and what names nobody we know: whoever it speaks of cannot ask for it. */
export const emptyUnclaimed = (before: number): Pass => ({
  name: 'unclaimed',
  table: 'inbox',
  key: 'seq',
  upTo: lastBefore('?3'),
  where: `body <> '' AND received_at < ?3 AND EXISTS (SELECT 1 FROM decisions AS d
    WHERE d.seq = inbox.seq AND d.state IN ('parked', 'waiting') AND d.member_id IS NULL)`,
  change: `UPDATE inbox SET body = '', sender_id = ''`,
  params: [before],
});

/** 离开的人: what WeChat still told of somebody after they had left, or was told too late to be erased with the rest. */
export const forgetDeparted = (before: number): Pass => ({
  name: 'departed',
  table: 'inbox',
  key: 'seq',
  upTo: lastBefore('?3'),
  where: `subject IS NOT NULL AND source_id = 'wechat' AND received_at < ?3
    AND EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = inbox.seq AND d.state <> 'waiting')
    AND NOT EXISTS (SELECT 1 FROM fans WHERE fans.openid = inbox.subject)`,
  change: `UPDATE inbox SET body = '', sender_id = '', subject = NULL`,
  params: [before],
});

/** 已处理编号: of reminders and commands, which nobody tells again after this long; an event is claimed by its decision, for good. */
export const forgetApplied = (before: number): Pass => ({
  name: 'applied',
  table: 'applied_events',
  key: 'id',
  where: 'at < ?3',
  change: `DELETE FROM applied_events`,
  params: [before],
});

/** 发件内容: what was sent long ago, and to whom, is kept without what it said. */
export const emptyMessages = (before: number): Pass => ({
  name: 'messages',
  table: 'outbox',
  key: 'seq',
  upTo: lastBefore('?3', 'outbox'),
  where: `state = 'sent' AND payload <> '{}' AND ended_at < ?3`,
  change: `UPDATE outbox SET payload = '{}', passed_over = NULL`,
  params: [before],
});

/** 一人一次: by then somebody who left is somebody new. */
export const forgetDigests = (before: number): Pass => ({
  name: 'digests',
  table: 'joined_digests',
  key: 'key',
  where: 'at < ?3',
  change: `DELETE FROM joined_digests`,
  params: [before],
});

/** 幂等键: nobody retries a request after this long. */
export const forgetKeys = (before: number): Pass => ({
  name: 'keys',
  table: 'idempotency_keys',
  key: 'key',
  where: 'at < ?3',
  change: `DELETE FROM idempotency_keys`,
  params: [before],
});
