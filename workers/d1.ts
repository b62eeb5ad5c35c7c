/** D1 as the database port. */
import { DbError, type Db } from './db/db.ts';

export function d1(binding: D1Database): Db {
  return {
    batch: async (statements) => {
      // D1 refuses an empty batch.
      if (statements.length === 0) return [];
      try {
        const prepared = statements.map(({ sql, params }) => binding.prepare(sql).bind(...params));
        const results = await binding.batch<Record<string, unknown>>(prepared);
        return results.map(({ results: rows, meta }) => ({
          rows,
          rowsRead: meta.rows_read,
          rowsWritten: meta.rows_written,
          sizeBytes: meta.size_after,
        }));
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? ` ${error.cause.message}` : '';
        throw new DbError(`${error instanceof Error ? error.message : String(error)}${cause}`, {
          cause: error,
        });
      }
    },
  };
}
