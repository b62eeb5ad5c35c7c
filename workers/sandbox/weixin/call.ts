/** 一次接口调用: the checks that every call goes through before it is answered. */
import type { Context } from 'hono';
import type { Here, SandboxApp } from '../here.ts';
import { dayOf } from '../plain/time.ts';
import type { Endpoint } from './endpoint.ts';
import { refusal } from './errors.ts';
import { checkToken } from './tokens.ts';

export async function answer(
  context: Context<SandboxApp>,
  { method, path, handle, needs = 'account' }: Endpoint,
): Promise<Response> {
  const { req } = context;
  const here = context.get('here');
  if (req.method !== method) return refusal(method === 'GET' ? 43001 : 43002);
  if (needs === 'account') {
    const wrong = await tokenRefusal(here, req.query('access_token') ?? '');
    if (wrong !== null) return wrong;
  }
  if (needs !== 'nothing' && !here.settings.ipAllowed) return refusal(40164);
  if (needs === 'account' && (await isUsedUp(here, path))) return refusal(45009);
  const text = method === 'POST' ? await req.text() : '';
  return handle({ here, path, text, body: jsonOf(text), query: (name) => req.query(name) ?? '' });
}

async function tokenRefusal(here: Here, token: string): Promise<Response | null> {
  if (token === '') return refusal(41001);
  const state = await checkToken(here, token);
  switch (state) {
    case 'unknown':
      return refusal(40001);
    case 'expired':
      return refusal(42001);
    case 'valid':
      return null;
    default:
      return state satisfies never;
  }
}

const templatePath = '/cgi-bin/message/template/send';

/** 每日调用量: what WeChat allows where a tester has set nothing else. */
export function quotaOf({ settings }: Here, path: string): number {
  if (path === templatePath) return settings.templateQuota;
  return settings.quotas[path] ?? defaultQuotas.get(path) ?? defaultQuota;
}

const defaultQuota = 1_000_000;
const defaultQuotas: ReadonlyMap<string, number> = new Map([
  ['/cgi-bin/message/custom/send', 500_000],
  ['/cgi-bin/qrcode/create', 100_000],
  ['/cgi-bin/menu/create', 1_000],
  ['/cgi-bin/message/mass/send', 100],
  ['/cgi-bin/message/mass/sendall', 100],
]);

async function isUsedUp(here: Here, path: string): Promise<boolean> {
  return (await countCall(here.db, dayOf(here.now), path)) > quotaOf(here, path);
}

/** How often the path has been called in the period, this call included. */
export async function countCall(db: D1Database, period: string, path: string): Promise<number> {
  const count = await db
    .prepare(
      `INSERT INTO calls (period, path, count) VALUES (?, ?, 1)
       ON CONFLICT (period, path) DO UPDATE SET count = count + 1 RETURNING count`,
    )
    .bind(period, path)
    .first<number>('count');
  return count ?? 1;
}

export async function callsIn(db: D1Database, period: string, path: string): Promise<number> {
  const count = await db
    .prepare('SELECT count FROM calls WHERE period = ? AND path = ?')
    .bind(period, path)
    .first<number>('count');
  return count ?? 0;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
