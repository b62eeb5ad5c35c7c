/** 事件 as everybody reads them: the one place in which the inbox is joined with what became of its rows. */
import { decisions, inbox, type EventState, type InboxEvent } from '../../../schema/index.ts';
import type { Row } from '../db.ts';
import { unpackOutcome } from './outcome-words.ts';
import { unpackBody } from './packed-body.ts';
import { decode, selectList, valueList } from '../set.ts';

/** Every event, decided or not, as a table: `FROM ${events} AS t`. Each row costs two look-ups by number beside its own. */
export const events = `(SELECT ${valueList(inbox, 'i')}, coalesce(d.state, 'received') AS state,
  coalesce(d.attempts, o.attempts, 0) AS attempts, coalesce(d.decided_at, o.decided_at) AS decided_at, d.member_id, d.waits_for, d.note, d.outcome
  FROM inbox AS i LEFT JOIN decisions AS d ON d.seq = i.seq LEFT JOIN reopened AS o ON o.seq = i.seq)`;

/** The columns of an event of `events AS t`; `decodeEvents` reads them. */
export const eventList = `${selectList(inbox, 't')}, t.state AS "state", t.attempts AS "attempts",
  t.decided_at AS "decidedAt", t.member_id AS "memberId", t.waits_for AS "waitsFor", t.note AS "note", t.outcome AS "outcome"`;

export const decodeEvents = (rows: readonly Row[]): InboxEvent[] => rows.map(decodeEvent);

function decodeEvent(row: Row): InboxEvent {
  const { attempts, memberId, waitsFor, note, outcome } = decode(decisions, row);
  // Where there is no decision, the state says so and the moment is the one before it was reopened.
  const { state, decidedAt } = row as { readonly state: EventState; readonly decidedAt: number | null };
  const { body, ...received } = decode(inbox, row);
  return {
    ...received,
    body: unpackBody(body),
    state,
    decidedAt,
    attempts,
    memberId,
    waitsFor,
    note,
    outcome: outcome && unpackOutcome(outcome),
  };
}

/** Every event up to this number has been decided; what was reopened since stands in a table of its own. */
export const decidedTo = `coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'decided_to'), 0)`;

/** What nobody has decided of what arrived last, as `t`; those below were all decided once. */
export const undecided = `inbox AS t WHERE t.seq > ${decidedTo} AND NOT EXISTS (SELECT 1 FROM decisions AS d WHERE d.seq = t.seq)`;

/** The numbers of what is pending, at most `limit` of each kind from one end, within a range of `t.seq`. */
export function pendingSeqs(
  order: 'ASC' | 'DESC',
  limit: number | string,
  range: readonly string[] = [],
): string {
  const late = [undecided, ...range].join(' AND ');
  const again = range.length === 0 ? '' : ` WHERE ${range.join(' AND ')}`;
  const tail = `ORDER BY t.seq ${order} LIMIT ${limit}`;
  return `SELECT seq FROM (SELECT t.seq FROM ${late} ${tail}) UNION SELECT seq FROM (SELECT t.seq FROM reopened AS t${again} ${tail})`;
}
