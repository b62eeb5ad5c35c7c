/**
 * 清除副本: looks through everything that was received, sent and said for what was decided to be of members who asked to be
 * forgotten, a page at a time. Nothing is looked for by its words: those of one person stand in the bodies of others. One pass
 * serves all who waited when it began; whoever asks later waits for the next one.
 */
import type { ReasonOf } from '../../../schema/index.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import { emptied } from '../inbox/decisions.ts';
import { saleIn } from '../inbox/outcome-words.ts';
import { isForgotten, withTheirs } from '../members/forgotten.ts';

/** Numbers and members are looked at, and bodies only where they have to go. */
const rowsLookedAt = 5_000;
const chore = 'erasures';

const from = `(SELECT CAST(page_from AS INTEGER) FROM chores WHERE name = '${chore}')`;
const to = `(SELECT CAST(page_to AS INTEGER) FROM chores WHERE name = '${chore}')`;
const inPage = `seq > ${from} AND seq <= ${to}`;
const isLastPage = `${to} >= (SELECT max(seq) FROM (SELECT max(seq) AS seq FROM inbox
  UNION ALL SELECT max(seq) FROM outbox UNION ALL SELECT max(seq) FROM contacts UNION ALL SELECT 0))`;

/** Of whom an event is; one that named nobody is whose its sale is today. What waits for a sale is needed until it comes. */
const decidedPage = withTheirs(
  `SELECT d.seq, coalesce(d.member_id, (SELECT s.member_id FROM sales AS s WHERE s.id = ${saleIn('d.outcome')}))
   FROM decisions AS d WHERE d.${inPage} AND d.state <> 'waiting'`,
);
const pageOf = (table: 'outbox' | 'contacts'): string =>
  withTheirs(`SELECT seq, member_id FROM ${table} WHERE ${inPage}`);

const nothingToDo: ReasonOf<'EMPTIED'> = { code: 'EMPTIED' };

const emptyPage: readonly Statement[] = [
  statement(
    `${decidedPage} ${emptied} WHERE seq IN (SELECT seq FROM theirs) AND (body <> '' OR sender_id <> '')`,
  ),
  // Nobody can tell it again: it is no longer something to be done.
  statement(
    `${decidedPage} UPDATE decisions SET state = 'ignored', note = ?1
     WHERE seq IN (SELECT seq FROM theirs) AND state = 'parked'`,
    json(nothingToDo),
  ),
  statement(
    `${pageOf('outbox')} UPDATE outbox SET payload = '{}', openid = NULL, passed_over = NULL,
       last_error = CASE state WHEN 'sent' THEN NULL ELSE '会员已注销' END,
       state = CASE state WHEN 'pending' THEN 'parked' ELSE state END
     WHERE seq IN (SELECT seq FROM theirs) AND (payload <> '{}' OR openid IS NOT NULL)`,
  ),
  statement(
    `${pageOf('contacts')} UPDATE contacts SET text = NULL WHERE seq IN (SELECT seq FROM theirs) AND text IS NOT NULL`,
  ),
];

/**
 * Answers that were kept for a request sent twice name the member they show. The key stays taken, so that the request is not
 * carried out once more; its body, of which a digest was kept, is no longer known.
 */
const forgetAnswers = statement(
  `UPDATE idempotency_keys SET response = 'null', body_hash = '' WHERE ${isLastPage} AND EXISTS (
     SELECT 1 FROM json_tree(response) AS t CROSS JOIN members AS named ON named.id = t.atom WHERE ${isForgotten('named.id')})`,
);

/** Who changed what stays; what it was, before and after, was the person's. */
const forgetAudit = statement(
  `UPDATE audit_rows SET before = NULL, after = NULL WHERE ${isLastPage} AND (before IS NOT NULL OR after IS NOT NULL)
     AND EXISTS (SELECT 1 FROM members AS named WHERE named.id = audit_rows.subject AND ${isForgotten('named.id')})`,
);

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
    ...emptyPage,
    forgetAnswers,
    forgetAudit,
    statement(`DELETE FROM erasures WHERE started_at IS NOT NULL AND ${isLastPage}`),
    statement(
      `DELETE FROM chores WHERE name = '${chore}' AND NOT EXISTS (SELECT 1 FROM erasures WHERE started_at IS NOT NULL)`,
    ),
    statement(`SELECT count(*) AS count FROM erasures`),
  ]);
  return rowsAt(results, results.length - 1)[0]?.['count'] !== 0;
}

const turn = (now: number): Statement =>
  statement(
    `INSERT INTO chores (name, page_from, page_to, at) VALUES ('${chore}', '0', '${rowsLookedAt}', CAST(?1 AS INTEGER))
     ON CONFLICT (name) DO UPDATE SET page_from = page_to, page_to = CAST(CAST(page_to AS INTEGER) + ${rowsLookedAt} AS TEXT)`,
    now,
  );
