/**
 * 清除副本: looks through everything that was received or sent for the words of members who asked to be forgotten, a page at a
 * time. One pass serves all who waited when it began; whoever asks later waits for the next one.
 */
import { rowsAt, statement, type Db, type Statement } from '../db.ts';

/** Each is read whole: a page of bodies has to fit into one query of D1. */
const rowsLookedAt = 2_000;
const chore = 'erasures';

const from = `(SELECT CAST(page_from AS INTEGER) FROM chores WHERE name = '${chore}')`;
const to = `(SELECT CAST(page_to AS INTEGER) FROM chores WHERE name = '${chore}')`;
/** Written to them, or to a record that was merged into theirs since. */
const ofErased = `EXISTS (WITH RECURSIVE way(id) AS (SELECT outbox.member_id
    UNION SELECT m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.merged_into IS NOT NULL)
  SELECT 1 FROM way CROSS JOIN erasures AS e ON e.member_id = way.id WHERE e.started_at IS NOT NULL)`;
const needle = (column: string): string =>
  `EXISTS (SELECT 1 FROM erasures AS e, json_each(e.needles) AS n WHERE e.started_at IS NOT NULL AND instr(${column}, n.value) > 0)`;

/** True while somebody still has to be looked for. */
export async function erasePage(db: Db, now: number): Promise<boolean> {
  const waiting = await db.batch([statement(`SELECT count(*) AS count FROM erasures`)]);
  if (rowsAt(waiting, 0)[0]?.['count'] === 0) return false;
  const results = await db.batch([
    // Whoever waits joins a pass at its beginning only: nobody's first pages are passed over.
    statement(
      `UPDATE erasures SET started_at = CAST(?1 AS INTEGER) WHERE NOT EXISTS (SELECT 1 FROM chores WHERE name = '${chore}')`,
      now,
    ),
    turn(now),
    statement(
      `UPDATE inbox SET body = '', sender_id = '' WHERE seq > ${from} AND seq <= ${to} AND body <> ''
         AND EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = inbox.seq) AND ${needle('body')}`,
    ),
    statement(
      `UPDATE outbox SET payload = '{}', openid = NULL,
         last_error = CASE state WHEN 'pending' THEN '会员已注销' ELSE last_error END,
         state = CASE state WHEN 'pending' THEN 'parked' ELSE state END
       WHERE seq > ${from} AND seq <= ${to} AND payload <> '{}'
         AND (${ofErased} OR ${needle('payload')})`,
    ),
    // Answers that were kept for a request sent twice hold the member as the caller saw them.
    statement(`DELETE FROM idempotency_keys WHERE ${needle('response')}`),
    statement(
      `DELETE FROM erasures WHERE started_at IS NOT NULL AND ${to} >=
         max(coalesce((SELECT max(seq) FROM inbox), 0), coalesce((SELECT max(seq) FROM outbox), 0))`,
    ),
    statement(
      `DELETE FROM chores WHERE name = '${chore}' AND NOT EXISTS (SELECT 1 FROM erasures WHERE started_at IS NOT NULL)`,
    ),
    statement(`SELECT count(*) AS count FROM erasures`),
  ]);
  return rowsAt(results, 7)[0]?.['count'] !== 0;
}

const turn = (now: number): Statement =>
  statement(
    `INSERT INTO chores (name, page_from, page_to, at) VALUES ('${chore}', '0', '${rowsLookedAt}', CAST(?1 AS INTEGER))
     ON CONFLICT (name) DO UPDATE SET page_from = page_to, page_to = CAST(CAST(page_to AS INTEGER) + ${rowsLookedAt} AS TEXT)`,
    now,
  );
