/** 已注销, in SQL: members who asked to be forgotten, and records that were merged into theirs. */

/** Of one row; `memberId` is an expression of it. */
export const isForgotten = (memberId: string): string =>
  `EXISTS (WITH RECURSIVE way(id) AS (SELECT ${memberId}
      UNION SELECT m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.merged_into IS NOT NULL)
    SELECT 1 FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.deleted_at IS NOT NULL)`;

/**
 * Of many rows, each member looked up once: the beginning of a statement that may say `SELECT seq FROM theirs`. `page` selects the
 * rows' numbers and members.
 */
export const withTheirs = (page: string): string =>
  `WITH RECURSIVE page(seq, member_id) AS MATERIALIZED (${page}),
     way(start, id) AS (SELECT member_id, member_id FROM page WHERE member_id IS NOT NULL
       UNION SELECT way.start, m.merged_into FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.merged_into IS NOT NULL),
     gone(id) AS MATERIALIZED (SELECT way.start FROM way CROSS JOIN members AS m ON m.id = way.id WHERE m.deleted_at IS NOT NULL),
     theirs(seq) AS MATERIALIZED (SELECT seq FROM page WHERE member_id IN (SELECT id FROM gone))`;
