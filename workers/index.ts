/** Where the outside meets the Worker: fetch, queue and scheduled. */
import { Hono } from 'hono';
import { PatternRouter } from 'hono/router/pattern-router';
import { api } from './api/index.ts';
import { deploy, type Deployment, type Env } from './env.ts';
import { log } from './platform/log.ts';
import { pagePaths, pages } from './pages/index.tsx';
import type { Bell } from './engine/ports.ts';
import { problemResponse } from './platform/problem.ts';
import { receiveErp } from './receive/hook.ts';
import { receivePay } from './receive/pay/pay.ts';
import { answerEcho, receiveWechat } from './receive/wechat/wechat.ts';
import { answerWecomEcho, receiveWecom } from './receive/wecom/wecom.ts';
import { tick } from './schedule/tick.ts';
import { answerQueue } from './work.ts';

type Here = Deployment & { readonly apiApp: Hono; readonly pagesApp: ReturnType<typeof pages> };

let isolate: Here | null = null;
/** One per isolate: what it caches is shared by every invocation there. */
function here(env: Env): Here {
  if (!isolate) {
    const deployment = deploy(env);
    isolate = { ...deployment, apiApp: api(deployment.api), pagesApp: pages(deployment.pages) };
  }
  return isolate;
}

// Not strict: an address that was registered with a slash at its end is the same address. A dozen patterns are soonest looked through.
const app = new Hono<{ Bindings: Env }>({ strict: false, router: new PatternRouter() });

// Some systems test an address with GET and HEAD; the token in the path is for systems that cannot sign.
app.on(['GET', 'POST'], ['/hooks/erp/:source', '/hooks/erp/:source/:token'], (context) =>
  receiveErp(here(context.env).receiver, context.req.raw, context.req.param('source')),
);
app.get('/hooks/wechat', (context) => answerEcho(here(context.env).receiver, new URL(context.req.url)));
app.post('/hooks/wechat', (context) => receiveWechat(here(context.env).receiver, context.req.raw));
app.get('/hooks/wecom', (context) => answerWecomEcho(here(context.env).receiver, new URL(context.req.url)));
app.post('/hooks/wecom', (context) => receiveWecom(here(context.env).receiver, context.req.raw));
app.post('/hooks/wechat-pay', (context) => receivePay(here(context.env).receiver, context.req.raw));
for (const path of pagePaths) app.all(path, ({ req, env }) => here(env).pagesApp.fetch(req.raw));
app.mount('/api', async (request, env: Env) => {
  // A refusal is worded.
  await here(env).pages.words();
  return here(env).apiApp.fetch(request);
});
app.get('/healthz', async (context) => {
  const found = await here(context.env).health();
  return context.json(found, found.ok ? 200 : 503);
});
app.notFound(() =>
  problemResponse({ status: 404, code: 'unknown_route', detail: 'there is nothing here; see /api/docs' }),
);
app.onError((error) => {
  log('error', 'unhandled', { name: error.name, message: error.message });
  return problemResponse({ status: 500, code: 'bug', detail: 'this is our fault; to send it again is safe' });
});

export default {
  fetch: app.fetch,
  queue: (batch, env) => answerQueue(here(env).workshop, batch),
  scheduled: async (controller, env) => {
    await tick(here(env).workshop, controller.scheduledTime);
  },
} satisfies ExportedHandler<Env, Bell>;
