/** The floor: a Worker that verifies nothing, parses nothing, and does one D1 insert for each request. */

type Env = { readonly DB: D1Database };

export default {
  fetch: async (request, env) => {
    const body = await request.text();
    await env.DB.prepare(`INSERT INTO bare (body) VALUES (?1)`).bind(body).run();
    return Response.json({ ok: true }, { status: 202 });
  },
} satisfies ExportedHandler<Env>;
