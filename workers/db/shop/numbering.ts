/** 序号与时间: rows are numbered as they arrive, so an instant is found by halving the numbers; no index has to be paid for. */

/** An event handed over while the database stalled is numbered later than it arrived, by at most this much. */
export const arrivalSlackMs = 3_600_000;

/** More rows than a database of 10 GB can hold. */
const firstStep = 2 ** 34;

const arrivalOf = { inbox: 'received_at', outbox: 'created_at', transfers: 'asked_at' } as const;

/**
 * SQL for the number of the last row that arrived before `instant` (an SQL expression), 0 if there is none. Reads about 35
 * rows, however many there are.
 */
export const lastBefore = (instant: string, table: keyof typeof arrivalOf = 'inbox'): string =>
  `(WITH RECURSIVE halving(below, step) AS (SELECT 0, ${firstStep} UNION ALL
     SELECT iif((SELECT r.${arrivalOf[table]} FROM ${table} AS r WHERE r.seq >= halving.below + halving.step
                 ORDER BY r.seq LIMIT 1) < ${instant}, below + step, below), step / 2
     FROM halving WHERE step > 0) SELECT max(below) FROM halving)`;
