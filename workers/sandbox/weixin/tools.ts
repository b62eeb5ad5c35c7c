/** 接口工具: addresses, the check of the callback's network, quotas, and what was wrong with a refused call. */
import * as z from 'zod';
import { dayOf, offsetTime } from '../plain/time.ts';
import { callsIn, quotaOf } from './call.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';

const pushAddresses = ['203.0.113.10', '203.0.113.11'];
const apiAddresses = ['203.0.113.20', '203.0.113.21'];
const requestLengthMax = 4000;

export const callbackAddresses = async (): Promise<Response> => Response.json({ ip_list: pushAddresses });
export const domainAddresses = async (): Promise<Response> => Response.json({ ip_list: apiAddresses });

const Check = z.object({ action: z.string(), check_operator: z.string().default('DEFAULT') });

export async function checkCallback({ body }: Call): Promise<Response> {
  const parsed = Check.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { action, check_operator: operator } = parsed.data;
  if (!['dns', 'ping', 'all'].includes(action)) return refusal(40202);
  if (!['CHINANET', 'UNICOM', 'CAP', 'DEFAULT'].includes(operator)) return refusal(40203);
  return Response.json({
    ...(action === 'ping' ? {} : { dns: [{ ip: '198.51.100.7', real_operator: 'CAP' }] }),
    ...(action === 'dns'
      ? {}
      : { ping: [{ ip: '198.51.100.7', from_operator: 'CAP', package_loss: '0%', time: '23.079ms' }] }),
  });
}

export async function readQuota({ here, body }: Call): Promise<Response> {
  const parsed = z.object({ cgi_path: z.string() }).safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { cgi_path: path } = parsed.data;
  if (!path.startsWith('/cgi-bin/')) return refusal(76021);
  const limit = quotaOf(here, path);
  const used = Math.min(limit, await callsIn(here.db, dayOf(here.now), path));
  return done({
    quota: { daily_limit: limit, used, remain: limit - used },
    rate_limit: { call_count: 0, refresh_second: 0 },
  });
}

type Refusal = { at: number; path: string; request: string; response: string };

export async function readRid({ here, body }: Call): Promise<Response> {
  const parsed = z.object({ rid: z.string() }).safeParse(body);
  if (!parsed.success) return refusal(47001);
  const found = await here.db
    .prepare('SELECT at, path, request, response FROM refusals WHERE rid = ?')
    .bind(parsed.data.rid)
    .first<Refusal>();
  if (found === null) return refusal(76001);
  return done({
    request: {
      invoke_time: Math.floor(found.at / 1000),
      cost_in_ms: 12,
      request_url: found.path,
      request_body: found.request,
      response_body: found.response,
      client_ip: '203.0.113.9',
    },
  });
}

/** Every refusal can be asked about by its rid. */
export async function noteRefusal(
  db: D1Database,
  call: { at: number; path: string; request: string; response: string },
): Promise<void> {
  const rid = /rid: ([\da-f-]+)/.exec(call.response)?.[1];
  if (rid === undefined) return;
  await db
    .prepare('INSERT OR IGNORE INTO refusals VALUES (?, ?, ?, ?, ?)')
    .bind(rid, call.at, call.path, call.request.slice(0, requestLengthMax), call.response)
    .run();
}

/** When the last refusals were, newest first. */
export async function listRefusals(db: D1Database, limit: number) {
  const { results } = await db
    .prepare('SELECT rid, at, path, response FROM refusals ORDER BY at DESC, rowid DESC LIMIT ?')
    .bind(limit)
    .all<{ rid: string; at: number; path: string; response: string }>();
  return results.map((row) => ({ ...row, at: offsetTime(row.at) }));
}
