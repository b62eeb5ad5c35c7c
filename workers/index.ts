/** Where the outside meets the Worker: fetch, queue and scheduled. */
import { Hono, type Context } from 'hono';
import { deploy, type Deployment, type Env } from './env.ts';
import { log } from './log.ts';
import type { Bell } from './ports.ts';
import { problemResponse } from './problem.ts';
import { receiveErp } from './receive/hook.ts';
import { answerEcho, receiveWechat } from './receive/wechat.ts';
import { tick } from './schedule/tick.ts';
import { answerBell } from './work.ts';

let deployment: Deployment | null = null;
/** One per isolate: what it caches is shared by every invocation there. */
const here = (env: Env): Deployment => (deployment ??= deploy(env));

const app = new Hono<{ Bindings: Env }>();

const receiverOf = ({ env, executionCtx }: Context<{ Bindings: Env }>): ReturnType<Deployment['receiver']> =>
  here(env).receiver((work) => executionCtx.waitUntil(work));

app.post('/hooks/erp/:source', (context) =>
  receiveErp(receiverOf(context), context.req.raw, context.req.param('source')),
);
app.get('/hooks/wechat', (context) => answerEcho(receiverOf(context), new URL(context.req.url)));
app.post('/hooks/wechat', (context) => receiveWechat(receiverOf(context), context.req.raw));
app.get('/healthz', (context) => context.json({ ok: true }));
app.notFound(() =>
  problemResponse({ status: 404, code: 'unknown_route', detail: 'there is nothing here; see /api/docs' }),
);
app.onError((error) => {
  log('error', 'unhandled', { name: error.name, message: error.message });
  return problemResponse({ status: 500, code: 'bug', detail: 'this is our fault; nothing was stored' });
});

export default {
  fetch: app.fetch,
  queue: async (batch, env, context) => {
    const workshop = here(env).workshop((work) => context.waitUntil(work));
    const attempt = Math.max(...batch.messages.map(({ attempts }) => attempts));
    await answerBell(
      workshop,
      batch.messages.map(({ body }) => body),
      attempt,
    );
  },
  scheduled: async (controller, env, context) => {
    const workshop = here(env).workshop((work) => context.waitUntil(work));
    await tick(workshop, controller.scheduledTime);
  },
} satisfies ExportedHandler<Env, Bell>;
