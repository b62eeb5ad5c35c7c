/** The sandbox in real workerd, with a Huike that only writes down what it is asked. */
import { generateKeyPairSync } from 'node:crypto';
import { build } from 'esbuild';
import { Miniflare, convertV4MiniflareOptions } from 'miniflare';
import { expect } from 'vitest';
import * as z from 'zod';
import { until } from '../support/until.ts';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
/** What in the world only the merchant has, and only WeChat Pay. */
export const merchant = pair();
export const platform = pair();

/** A Sunday at noon in Shanghai: far from the ends of a day, a month and a year. */
export const startsAt = Date.parse('2026-11-22T12:00:00+08:00');

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
  WECOM_CORP_ID: 'ww5823bf96d3bd56c7',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'corp-secret',
  WECOM_TOKEN: 'QDG6eKwecom',
  WECOM_ENCODING_AES_KEY: 'abWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2Ba',
  PAY_MCH_ID: '1900001109',
  PAY_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  PAY_MERCHANT_PUBLIC_KEY: merchant.publicKey,
  PAY_API_V3_KEY: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
  PAY_PLATFORM_KEY_ID: 'PUB_KEY_ID_0119000011092026112200',
  PAY_PLATFORM_PRIVATE_KEY: platform.privateKey,
  SMS_KEY_ID: 'sms-key',
  SMS_KEY_SECRET: 'sms-secret',
  SMS_APP_ID: '1400006666',
};

/**
 * Answers what it was told to answer (`PUT /told`) and remembers what it was asked. Of several answers for a path each
 * is given once, and the last one from then on. `together`: none is given before so many are asked for.
 */
const fakeHuike = `
let told = {}; let gathered = 0; const asked = [];
export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/told') { told = await request.json(); gathered = 0; return new Response(); }
    if (pathname === '/asked') return Response.json(asked.splice(0));
    if (pathname === '/out') return fetch(searchParams.get('url'));
    const body = await request.text();
    asked.push({ method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body });
    const answers = [told[pathname] ?? told['*'] ?? { status: 200, body: 'success' }].flat();
    const answer = answers[0];
    if (answers.length > 1) told[pathname] = answers.slice(1);
    if (answer.delayMs) await scheduler.wait(answer.delayMs);
    if (answer.together) gathered += 1;
    // A look now and then: in a Worker one request must not wait for another.
    while (gathered < (answer.together ?? 0)) await scheduler.wait(5);
    return new Response(answer.body, { status: answer.status, headers: answer.headers ?? {} });
  },
  async scheduled({ cron, scheduledTime }) { asked.push({ cron, scheduledTime }); },
};`;

const SentRequest = z.object({
  method: z.string().default(''),
  url: z.string().default(''),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
  cron: z.string().optional(),
  scheduledTime: z.number().optional(),
});

type Answer = {
  status: number;
  body: string;
  headers?: Record<string, string>;
  delayMs?: number;
  together?: number;
};
type Answers = Record<string, Answer | Answer[]>;

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
          bindings: { ...settings, CLOCK_AT: startsAt },
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
  const weixin = (path: string, body?: unknown) => call(`https://api.weixin.qq.com${path}`, body);
  const token = async (): Promise<string> => {
    const { json } = await weixin('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: settings.WECHAT_APP_ID,
      secret: settings.WECHAT_APP_SECRET,
    });
    return z.object({ access_token: z.string() }).parse(json).access_token;
  };
  /** With a token; without a body it is a GET. */
  const api = async (path: string, body?: unknown) => {
    const separator = path.includes('?') ? '&' : '?';
    return (await weixin(`${path}${separator}access_token=${await token()}`, body)).json;
  };
  const items = async (path: string) => List.parse((await call(`/sandbox/api${path}`)).json).items;

  return {
    /** Where a browser finds it. */
    url: (await miniflare.ready).origin,
    call,
    weixin,
    /** A token that is good now. */
    token,
    api,
    /** Something a person or a tester does. */
    act: async (path: string, body: unknown) => (await call(`/sandbox/api${path}`, body)).json,
    items,
    /** Asks again until there are so many, or fails. */
    async waitFor(path: string, count = 1) {
      await until(async () => (await items(path)).length >= count);
      return items(path);
    },
    /** Until nothing more will be pushed of itself: what is asked or told afterwards is of the test at hand. */
    settled: () => until(async () => UnderWay.parse((await call('/sandbox/api/under-way')).json).works === 0),
    /** Any request, to any host, as Huike sends it. */
    fetch: (url: string, init: RequestInit = {}) => miniflare.dispatchFetch(url, init as never),
    /** What Huike was asked since the last time. */
    async asked() {
      return z.array(SentRequest).parse((await call('/asked')).json);
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

const UnderWay = z.object({ works: z.number() });
const List = z.object({ items: z.array(z.looseObject({})), next: z.null() });

export const queryOf = (values: Record<string, string>): string => new URLSearchParams(values).toString();

export const refused = (errcode: number, words = '') =>
  expect.objectContaining({ errcode, errmsg: expect.stringContaining(words) });

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
