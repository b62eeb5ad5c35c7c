/**
 * The Worker under measurement: the real one; of every answer it says how often the database was asked for it, and how many rows
 * were read. At `/again` it asks once more what the last page asked, and draws nothing.
 */
import huike from '../../workers/index.ts';
import type { Env } from '../../workers/env.ts';

let rowsRead = 0;
let asked: D1PreparedStatement[][] = [];

/** The code under measurement asks in batches, and in no other way. */
const counted = (db: D1Database): D1Database =>
  ({
    prepare: (sql: string) => db.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      asked.push(statements);
      const results = await db.batch(statements);
      for (const { meta } of results) rowsRead += meta.rows_read;
      return results;
    },
  }) as unknown as D1Database;

export default {
  fetch: async (request, env, context) => {
    if (new URL(request.url).pathname === '/again') {
      for (const statements of asked) await env.DB.batch(statements);
      return new Response();
    }
    rowsRead = 0;
    asked = [];
    const { body, status, headers } = await huike.fetch(request, { ...env, DB: counted(env.DB) }, context);
    const told = new Headers(headers);
    told.set('x-rows-read', String(rowsRead));
    told.set('x-round-trips', String(asked.length));
    return new Response(body, { status, headers: told });
  },
} satisfies ExportedHandler<Env>;
