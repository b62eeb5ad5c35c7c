/**
 * 随手发出: messages written by the invocation that sends them itself, leased as they are written: neither an entry in the index
 * of what is to be sent nor a lease has to be paid for. One that died leaves them to `letGo`.
 */
import { outbox, type Message } from '../../../schema/index.ts';
import type { QueuedMessage } from '../../decide/notes/index.ts';
import { statement, type Result, type Statement } from '../db.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

/** Numbers are never given twice and nothing is written in hand behind this one: all up to it was sent, or lies in the index. */
const chore = 'in-hand';
const mark = `(SELECT CAST(page_to AS INTEGER) FROM chores WHERE name = '${chore}')`;
const fromMark = `seq > coalesce(${mark}, 0)`;

/** Looked at in one turn: far more than is written in a minute. */
const rowsLookedAt = 20_000;
/** The mark is a row written: it moves when it is worth it, and until then a turn looks at so many more. */
const markLagMax = 100;

/** To be written with what caused them; its rows are read by `heldIn`. */
export function holdMessages(notes: readonly QueuedMessage[], leaseUntil: number, now: number): Statement {
  const rows = notes.map((note) => ({
    ...note,
    state: 'pending' as const,
    // This attempt counts from here on, as that of a lease does.
    attempts: 1,
    createdAt: now,
    inHand: true,
    leaseUntil,
  }));
  const { sql, params } = insertSet(outbox, rows, ['seq']);
  return statement(`${sql} RETURNING ${selectList(outbox, 'outbox')}`, ...params);
}

export const heldIn = ({ rows }: Result): Message[] =>
  decodeAll(outbox, rows).toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);

/** Whether anything is being sent by whoever wrote it. The newest are asked first: they are the ones. */
export const isInHand = (now: string): string =>
  `EXISTS (SELECT 1 FROM outbox WHERE ${fromMark} AND in_hand = 1 AND lease_until > ${now} ORDER BY seq DESC)`;

/** What an invocation wrote to send it, and died, waits for the next drain. Then the mark goes up to the first still in hand. */
export const letGo = (now: number): Statement[] => [
  statement(
    `UPDATE outbox SET in_hand = 0, lease_until = NULL
     WHERE ${fromMark} AND seq <= coalesce(${mark}, 0) + ${rowsLookedAt} AND in_hand = 1 AND lease_until <= ?1`,
    now,
  ),
  statement(
    `INSERT INTO chores (name, page_from, page_to, at)
     SELECT '${chore}', '', CAST(upTo AS TEXT), CAST(?1 AS INTEGER) FROM (
       SELECT coalesce((SELECT min(seq) - 1 FROM outbox WHERE ${fromMark} AND seq <= coalesce(${mark}, 0) + ${rowsLookedAt}
           AND in_hand = 1),
         min((SELECT max(seq) FROM outbox), coalesce(${mark}, 0) + ${rowsLookedAt})) AS upTo)
     WHERE upTo > coalesce(${mark}, 0) + ${markLagMax}
     ON CONFLICT (name) DO UPDATE SET page_to = excluded.page_to, at = excluded.at`,
    now,
  ),
];
