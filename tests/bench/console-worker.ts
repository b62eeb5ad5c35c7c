/** The Worker under measurement: the real one; of every answer it says how many rows the database read for it. */
import huike from '../../workers/index.ts';
import type { Env } from '../../workers/env.ts';

let rowsRead = 0;

/** The code under measurement asks in batches, and in no other way. */
const counted = (db: D1Database): D1Database =>
  ({
    prepare: (sql: string) => db.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await db.batch(statements);
      for (const { meta } of results) rowsRead += meta.rows_read;
      return results;
    },
  }) as unknown as D1Database;

export default {
  fetch: async (request, env, context) => {
    rowsRead = 0;
    const { body, status, headers } = await huike.fetch(request, { ...env, DB: counted(env.DB) }, context);
    const told = new Headers(headers);
    told.set('x-rows-read', String(rowsRead));
    return new Response(body, { status, headers: told });
  },
} satisfies ExportedHandler<Env>;
