/** The Worker under measurement: the real one, with its queue sends counted and WeChat answered on the spot. */
import { d1 } from '../../workers/d1.ts';
import { readPending } from '../../workers/db/inbox/pending.ts';
import huike from '../../workers/index.ts';
import type { Env } from '../../workers/env.ts';
import type { Bell } from '../../workers/engine/ports.ts';

let queueSends = 0;
let wechatSends = 0;

// The outside world answers at once and without leaving the isolate: what is measured is ours.
globalThis.fetch = async (input) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  if (pathname.endsWith('/stable_token')) return Response.json({ access_token: 'token', expires_in: 7200 });
  wechatSends += 1;
  return Response.json({ errcode: 0, errmsg: 'ok', msgid: wechatSends });
};

/** The code under measurement calls nothing else of a queue. */
const counted = (queue: Queue<Bell>): Queue<Bell> =>
  ({
    send: (bell: Bell) => {
      queueSends += 1;
      return queue.send(bell);
    },
  }) as unknown as Queue<Bell>;

let counts: Env | null = null;
/** Made once: to copy the bindings for every request would be work that no deployment does. */
const counting = (env: Env): Env =>
  (counts ??= { ...env, DOORBELL: counted(env.DOORBELL), SENDING: counted(env.SENDING) });

/** Looks for one of each: counting them would be work that nobody asked for. */
async function unfinished({ DB }: Env): Promise<object> {
  const { found } = await readPending(d1(DB), 1);
  const messages = await DB.prepare(
    `SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'pending') AS messages`,
  ).first();
  return { events: found, ...messages };
}

export default {
  fetch: async (request, env, context) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/bench/unfinished') return Response.json(await unfinished(env));
    if (pathname === '/bench/counts') return Response.json({ queueSends, wechatSends });
    if (pathname === '/bench/ring') {
      await env.DOORBELL.send({});
      return new Response();
    }
    return huike.fetch(request, counting(env), context);
  },
  queue: (batch, env) => huike.queue(batch, counting(env)),
  scheduled: (controller, env) => huike.scheduled(controller, counting(env)),
} satisfies ExportedHandler<Env, Bell>;
