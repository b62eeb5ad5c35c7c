/** The sandbox in real workerd, with a Huike that only writes down what it is asked. */
import { build } from 'esbuild';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import * as z from 'zod';

export const settings = {
  PUBLIC_URL: 'http://127.0.0.1:8787',
  API_TOKEN: 'token-of-the-api',
  ERP_SOURCE: 'till',
  ERP_SECRET: `whsec_${Buffer.from('thirty-two bytes for the sandbox').toString('base64')}`,
  WECHAT_APP_ID: 'wx5823bf96d3bd56c7',
  WECHAT_APP_SECRET: 'app-secret',
  WECHAT_TOKEN: 'QDG6eK',
  WECHAT_ENCODING_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  WECHAT_ORIGINAL_ID: 'gh_sunshine',
};

/** Answers what it was told to answer (`PUT /told`) and remembers what it was asked. */
const fakeHuike = `
let told = {}; const asked = [];
export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/told') { told = await request.json(); return new Response(); }
    if (pathname === '/asked') return Response.json(asked.splice(0));
    if (pathname === '/out') return fetch(searchParams.get('url'));
    const body = await request.text();
    asked.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body });
    const answer = told[pathname] ?? told['*'] ?? { status: 200, body: 'success' };
    return new Response(answer.body, { status: answer.status, headers: answer.headers ?? {} });
  },
  async scheduled({ cron, scheduledTime }) { asked.push({ cron, scheduledTime }); },
};`;

const Asked = z.object({
  method: z.string().default(''),
  url: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  cron: z.string().optional(),
  scheduledTime: z.number().optional(),
});

type Answers = Record<string, { status: number; body: string; headers?: Record<string, string> }>;

export async function startSandbox() {
  const bundle = await build({
    entryPoints: ['workers/sandbox/index.ts'],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    write: false,
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  const common = { modules: true, compatibilityDate: '2026-11-01' };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [
        {
          ...common,
          name: 'sandbox',
          script,
          compatibilityFlags: ['service_binding_extra_handlers'],
          bindings: settings,
          serviceBindings: { HUIKE: 'huike' },
          d1Databases: { SANDBOX_DB: 'sandbox' },
        },
        { ...common, name: 'huike', script: fakeHuike, outboundService: 'sandbox' },
      ],
    }),
  );

  const call = async (path: string, body?: unknown) => {
    const url = new URL(path, settings.PUBLIC_URL).href;
    const response = await miniflare.dispatchFetch(
      url,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    );
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, json: jsonOf(text) };
  };
  const weixin = (path: string, body: unknown) => call(`https://api.weixin.qq.com${path}`, body);

  return {
    /** Where a browser finds it. */
    url: (await miniflare.ready).origin,
    call,
    weixin,
    /** A token that is good now. */
    async token(): Promise<string> {
      const { json } = await weixin('/cgi-bin/stable_token', {
        grant_type: 'client_credential',
        appid: settings.WECHAT_APP_ID,
        secret: settings.WECHAT_APP_SECRET,
      });
      return z.object({ access_token: z.string() }).parse(json).access_token;
    },
    /** What Huike was asked since the last time. */
    async asked() {
      return z.array(Asked).parse((await call('/asked')).json);
    },
    async tell(answers: Answers) {
      await miniflare.dispatchFetch(`${settings.PUBLIC_URL}/told`, {
        method: 'PUT',
        body: JSON.stringify(answers),
      });
    },
    close: () => miniflare.dispose(),
  };
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
