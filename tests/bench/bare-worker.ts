/** The floors: a Worker that does one D1 insert a request, and one that decides nothing of a backlog but writes what has to be kept. */

type Env = { readonly DB: D1Database };

/** As a paid plan decides them (workers/platform/plans.ts). */
const salesPerGroup = 1_000;

export default {
  fetch: async (request, env) => {
    if (new URL(request.url).pathname === '/documents') return Response.json(await keepDocuments(env.DB));
    const body = await request.text();
    await env.DB.prepare(`INSERT INTO bare (body) VALUES (?1)`).bind(body).run();
    return Response.json({ ok: true }, { status: 202 });
  },
} satisfies ExportedHandler<Env>;

type Sale = { data: { orderNo: string; member: { externalId: string }; lines: object[]; amounts: object } };

/** Read the bodies, mark them decided, append a document a sale, write one a member as long as ours: two round trips a group. */
async function keepDocuments(db: D1Database): Promise<{ kept: number }> {
  const read = db.prepare(`SELECT seq, body FROM bare WHERE seq > ?1 ORDER BY seq LIMIT ?2`);
  let [after, kept] = [0, 0];
  for (;;) {
    const { results } = await read.bind(after, salesPerGroup).all<{ seq: number; body: string }>();
    if (results.length === 0) return { kept };
    const sales = results.map(({ seq, body }) => ({ seq, ...(JSON.parse(body) as Sale).data }));
    const documents = sales.map(({ seq, orderNo, member, lines, amounts }) => [
      seq,
      orderNo,
      member.externalId,
      JSON.stringify([amounts, lines.map((line) => Object.values(line).slice(0, 6))]),
    ]);
    const members = sales.map(({ seq, member, amounts, lines }) => [
      member.externalId,
      JSON.stringify([seq, amounts, member, lines.map((line) => Object.values(line).slice(0, 6))]),
    ]);
    await db.batch([
      db
        .prepare(`INSERT INTO decided (seq, state) SELECT value, 'done' FROM json_each(?1)`)
        .bind(JSON.stringify(sales.map(({ seq }) => seq))),
      db
        .prepare(
          `INSERT INTO sale_documents SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1)`,
        )
        .bind(JSON.stringify(documents)),
      db
        .prepare(
          `INSERT INTO member_documents SELECT value ->> 0, value ->> 1 FROM json_each(?1) WHERE true
           ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
        )
        .bind(JSON.stringify(members)),
    ]);
    after = sales.at(-1)?.seq ?? after;
    kept += sales.length;
  }
}
