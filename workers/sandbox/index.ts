/**
 * 沙盒: the front door of `npm start`, for development only; the deployed bundle contains none of it.
 *
 * Whatever Huike calls comes here: WeChat, WeCom, WeChat Pay and SMS vendors are simulated, by their hosts; `/sandbox`
 * is the till and the phone, and everything else is Huike. Any other host is refused: the sandbox has no network.
 */
import { Hono } from 'hono';
import { acts } from './acts/index.ts';
import type { SandboxEnv } from './env.ts';
import type { SandboxApp } from './here.ts';
import { serviceAt } from './plain/hosts.ts';
import { authorize } from './oauth/authorize.tsx';
import { page } from './page/index.tsx';
import { ready } from './state/tables.ts';
import { journal } from './demo/journal.ts';
import { till } from './demo/till.ts';
import { enter } from './enter.ts';
import { views } from './views.ts';

const sandbox = new Hono<SandboxApp>({ strict: false });
sandbox.use('/sandbox/api/*', async (context, next) => {
  // Another site open in the same browser must not be able to ring up sales here.
  if (context.req.header('sec-fetch-site') === 'cross-site') {
    return context.json({ error: 'the sandbox answers its own page only' }, 403);
  }
  return next();
});
sandbox.route('/sandbox/api', views);
sandbox.route('/sandbox/api', acts);
sandbox.route('/sandbox/api', till);
sandbox.route('/sandbox/api', journal);
sandbox.route('/sandbox/enter', enter);
sandbox.route('/sandbox/oauth2/authorize', authorize);
sandbox.route('/sandbox/connect/oauth2/authorize', authorize);
sandbox.route('/sandbox', page);
sandbox.notFound((context) => context.json({ error: `the sandbox has no ${context.req.path}` }, 404));

export default {
  async fetch(request: Request, env: SandboxEnv, context: ExecutionContext): Promise<Response> {
    const { hostname, pathname } = new URL(request.url);
    const service = serviceAt(hostname);
    if (service !== null) {
      await ready(env);
      return service.fetch(request, env, context);
    }
    if (!isOurs(hostname, env)) {
      return Response.json(
        { error: `the sandbox has no network, so it cannot reach ${hostname}` },
        { status: 502 },
      );
    }
    if (pathname === '/sandbox' || pathname.startsWith('/sandbox/')) {
      await ready(env);
      return inPhone(request, await sandbox.fetch(request, env, context));
    }
    return inPhone(request, await env.HUIKE.fetch(request));
  },
};

/** The simulated phone shows pages in a frame; everywhere else they refuse one. */
function inPhone(request: Request, answer: Response): Response {
  const { headers: asked } = request;
  if (asked.get('sec-fetch-dest') !== 'iframe' || asked.get('sec-fetch-site') !== 'same-origin')
    return answer;
  const shown = new Response(answer.body, answer);
  shown.headers.delete('x-frame-options');
  const policy = shown.headers.get('content-security-policy');
  if (policy !== null) {
    shown.headers.set(
      'content-security-policy',
      policy.replace(/frame-ancestors [^;]*/, "frame-ancestors 'self'"),
    );
  }
  return shown;
}

/** This machine, or it as a phone in the same network sees it. */
function isOurs(hostname: string, env: SandboxEnv): boolean {
  const isLocal = /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1\]|.+\.local)$/.test(hostname);
  const isPrivate = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(hostname);
  return isLocal || isPrivate || hostname === new URL(env.PUBLIC_URL).hostname;
}
