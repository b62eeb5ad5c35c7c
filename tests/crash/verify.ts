/** 对账: reads the database file itself and compares it with what the cash desk remembers. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { memberIdOf } from '../bench/shop.ts';
import { granted } from '../support/grants.ts';
import { fromOf } from '../../workers/db/shelves/rows.ts';
import { keptFen, type CashDesk } from './cash-desk.ts';
import { couponDifferences } from './coupons.ts';
import { events } from '../../workers/db/inbox/event-rows.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

const couponFromFen = 10_000;
const fenPerPoint = 100;

/** Statements that find what must not be: any row is a difference. */
const impossible: Readonly<Record<string, string>> = {
  'an event is not done': `SELECT sender_id, state, note FROM ${events} WHERE state <> 'done'`,
  'an event is stored twice': `SELECT sender_id, count(*) AS n FROM inbox GROUP BY sender_id HAVING n > 1`,
  'an event is done but nothing came of it': `SELECT seq FROM decisions WHERE state = 'done' AND outcome IS NULL`,
  'something was decided that nobody sent': `SELECT seq FROM decisions WHERE seq NOT IN (SELECT seq FROM inbox)`,
  'an event is said to be decided and is not': `SELECT seq FROM inbox WHERE seq <= (SELECT CAST(value AS INTEGER) FROM settings
    WHERE key = 'decided_to') AND seq NOT IN (SELECT seq FROM decisions)`,
  'an event is left reopened': `SELECT seq FROM reopened`,
  'a ledger does not add up': `SELECT member_id, account, seq FROM (SELECT *,
    row_number() OVER one AS place, sum(delta) OVER one AS total FROM ledger
    WINDOW one AS (PARTITION BY member_id, account ORDER BY seq)) WHERE balance <> total OR seq <> place`,
  'a head is not the last row of its ledger': `SELECT * FROM (SELECT m.id, h.value ->> 0 AS account, h.value ->> 1 AS seq,
      h.value ->> 2 AS balance FROM members AS m, json_each(m.document, '$.heads') AS h) AS kept
    FULL JOIN (SELECT member_id, account, max(seq) AS seq, balance FROM ledger GROUP BY 1, 2) AS stored
    ON stored.member_id = kept.id AND stored.account = kept.account
    WHERE kept.seq IS NOT stored.seq OR kept.balance IS NOT stored.balance`,
  'a cause was posted twice': `SELECT member_id, account, cause, count(*) AS n FROM ledger
    GROUP BY member_id, account, cause HAVING n > 1`,
  'a wallet differs from what was granted': `WITH ${granted} SELECT g.member_id, g.fen, l.fen AS wallet FROM
    (SELECT member_id, coalesce(sum(awards ->> 'redPacketFen'), 0) AS fen FROM granted GROUP BY member_id) AS g
    LEFT JOIN (SELECT member_id, sum(delta) AS fen FROM ledger WHERE account = 'wallet' GROUP BY member_id) AS l
    USING (member_id) WHERE g.fen <> coalesce(l.fen, 0)`,
  'a campaign counted wrongly': `WITH ${granted} SELECT c.campaign_id, c.used, c.spent_fen FROM campaign_counters AS c LEFT JOIN
    (SELECT campaign_id, count(*) AS n, sum(cost_fen) AS fen FROM granted WHERE times > 0 GROUP BY campaign_id) AS g
    USING (campaign_id) WHERE c.used <> coalesce(g.n, 0) OR c.spent_fen <> coalesce(g.fen, 0)`,
  'a member was counted wrongly': `WITH ${granted} SELECT c.member_id, c.subject, c.used FROM ${fromOf('memberCounters')} AS c LEFT JOIN
    (SELECT member_id, campaign_id, count(*) AS n FROM granted WHERE times > 0 GROUP BY 1, 2) AS g
    ON g.member_id = c.member_id AND g.campaign_id = c.subject WHERE c.used <> coalesce(g.n, 0)`,
  'a sale earned two coupons': `SELECT sale_id, count(*) AS n FROM coupons WHERE sale_id IS NOT NULL GROUP BY sale_id HAVING n > 1`,
  'a purchase counts twice for a reminder': `SELECT member_id, subject, l.value ->> 0 AS sale, count(*) AS n
    FROM ${fromOf('reminders')}, json_each(basis, '$.lots') AS l WHERE state <> 'passed' GROUP BY 1, 2, 3 HAVING n > 1`,
  'nothing would wake a reminder': `SELECT r.member_id, r.subject, r.send_at FROM ${fromOf('reminders')} AS r
    LEFT JOIN due USING (send_at, member_id, plan_id, subject) WHERE r.state = 'pending' AND due.kind IS NULL`,
  'a message was written twice': `SELECT cause, count(*) AS n FROM outbox GROUP BY cause HAVING n > 1`,
  'a message was not sent': `SELECT cause, state, last_error FROM outbox WHERE state <> 'sent'`,
};

/** What was kept, and whether it still earns a coupon, sale by sale and member by member. */
function expected({ sales }: CashDesk) {
  const members = new Map<string, { orders: number; spentFen: number; growth: number }>();
  const kept = new Map<string, { keptFen: number; coupons: number }>();
  for (const sale of sales) {
    const fen = keptFen(sale);
    kept.set(`pos:${sale.orderNo}`, { keptFen: fen, coupons: fen >= couponFromFen ? 1 : 0 });
    const id = memberIdOf(sale.member);
    const sum = members.get(id) ?? { orders: 0, spentFen: 0, growth: 0 };
    members.set(id, {
      orders: sum.orders + (fen > 0 ? 1 : 0),
      spentFen: sum.spentFen + fen,
      growth: sum.growth + Math.floor(fen / fenPerPoint),
    });
  }
  return { members, kept };
}

/** One line for each difference; none at all is what we promise. */
export function differences(stateDir: string, desk: CashDesk): string[] {
  const database = new DatabaseSync(databaseFile(stateDir));
  const all = (sql: string): Row[] => database.prepare(sql).all();
  const found: string[] = lost(stateDir, desk).map((id) => `an acknowledged event was lost: ${id}`);
  for (const [what, sql] of Object.entries(impossible)) {
    for (const row of all(sql)) found.push(`${what}: ${JSON.stringify(row)}`);
  }
  found.push(...couponDifferences(all, desk.sales));
  const { members, kept } = expected(desk);
  const sales = all(`SELECT id, kept_fen AS keptFen,
    (SELECT count(*) FROM coupons WHERE sale_id = sales.id AND state = 'issued') AS coupons FROM sales`);
  compare('sale', kept, sales, found);
  const rows = all(`SELECT id, orders, spent_fen AS spentFen, coalesce(
    (SELECT sum(delta) FROM ledger WHERE member_id = members.id AND account = 'growth'), 0) AS growth
    FROM members WHERE orders > 0 OR first_at IS NOT NULL`);
  compare('member', members, rows, found);
  // Points are growth, and what the campaigns gave on top.
  const points =
    all(`WITH ${granted} SELECT m.id, (SELECT coalesce(sum(awards ->> 'points'), 0) FROM granted WHERE member_id = m.id)
    + (SELECT coalesce(sum(delta), 0) FROM ledger WHERE member_id = m.id AND account = 'growth')
    - (SELECT coalesce(sum(delta), 0) FROM ledger WHERE member_id = m.id AND account = 'points') AS off
    FROM members AS m WHERE off <> 0`);
  for (const row of points) found.push(`points differ: ${JSON.stringify(row)}`);
  const [told] = all(`SELECT count(*) AS n FROM outbox`);
  const messages = Number(told?.['n']);
  if (messages !== desk.sales.length) found.push(`${messages} messages for ${desk.sales.length} sales`);
  database.close();
  return found;
}

function compare(
  noun: string,
  wanted: ReadonlyMap<string, object>,
  rows: readonly Row[],
  found: string[],
): void {
  const seen = new Set<string>();
  for (const { id: key, ...values } of rows) {
    const id = String(key);
    seen.add(id);
    const want = JSON.stringify(wanted.get(id));
    if (JSON.stringify(values) !== want)
      found.push(`${noun} ${id} is ${JSON.stringify(values)}, not ${want}`);
  }
  for (const id of wanted.keys()) if (!seen.has(id)) found.push(`${noun} ${id} is missing`);
}

/** Events that were acknowledged and are not there. */
export function lost(stateDir: string, { jobs }: CashDesk): string[] {
  const database = new DatabaseSync(databaseFile(stateDir));
  const stored = new Set(
    database
      .prepare(`SELECT sender_id FROM inbox`)
      .all()
      .map((row) => row['sender_id']),
  );
  database.close();
  return jobs.flatMap(({ senderIds, isAcknowledged }) =>
    isAcknowledged ? senderIds.filter((id) => !stored.has(id)) : [],
  );
}

/** The one among the runtime's files that is ours. */
export function databaseFile(stateDir: string): string {
  const files = readdirSync(stateDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sqlite'),
  );
  for (const file of files) {
    const database = new DatabaseSync(join(stateDir, file));
    const isOurs = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'inbox'`).get() !== undefined;
    database.close();
    if (isOurs) return join(stateDir, file);
  }
  throw new Error(`no database was found under ${stateDir}`);
}
