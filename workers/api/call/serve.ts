/** From a request to an answer: authenticates the caller, replays a stored answer, checks the request, then runs the call. */
import { DbError } from '../../db/db.ts';
import { log } from '../../platform/log.ts';
import { problemResponse, type Problem } from '../../platform/problem.ts';
import { auditCall } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { replay } from './commit.ts';
import type { ApiDeps, Outcome, ServedRoute } from './define.ts';
import { sha256Hex } from '../../platform/digest.ts';
import { maskText } from '../../views/mask.ts';
import { parseJson, readText } from './read-body.ts';

export type ApiRequest = {
  readonly request: Request;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
};

export async function serve(deps: ApiDeps, route: ServedRoute, apiRequest: ApiRequest): Promise<Response> {
  try {
    return toResponse(await outcomeOf(deps, route, apiRequest));
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    const message = maskText(error instanceof Error ? error.message : String(error));
    log('error', 'api_failed', { method: route.method, route: route.path, name, message });
    return problemResponse(isOutage(error) ? unavailable : internal);
  }
}

async function outcomeOf(
  deps: ApiDeps,
  route: ServedRoute,
  { request, params, query }: ApiRequest,
): Promise<Outcome<unknown>> {
  const now = deps.clock();
  const caller = await authenticate(deps, request, route);
  if ('code' in caller) return caller;
  const { token, key, kept } = caller;
  const text = request.method === 'GET' || request.method === 'HEAD' ? '' : await readText(request);
  if (typeof text !== 'string') return text;
  const requestKey = key === null ? null : { key, bodyHash: await sha256Hex(text) };
  const before = kept && requestKey && replay(kept, requestKey.bodyHash);
  if (before) return before;
  const parsed = route.body === null ? { json: undefined } : parseJson(text);
  if ('code' in parsed) return parsed;
  const { origin } = new URL(request.url);
  const call = { deps, now, origin, token, requestKey, params, query, body: parsed.json };
  const outcome = await route.handle(call);
  await auditCall(deps, route, call, outcome);
  return outcome;
}

function toResponse(outcome: Outcome<unknown>): Response {
  if ('code' in outcome) return problemResponse(outcome);
  if ('replayed' in outcome) {
    const { status, body } = outcome.replayed;
    return Response.json(body, { status, headers: { ...headers, 'idempotent-replay': 'true' } });
  }
  return Response.json(outcome.body, { status: outcome.status, headers });
}

/** Answers contain member data: no cache on the way may store them. */
const headers = { 'cache-control': 'no-store' };

const isOutage = (error: unknown): boolean => error instanceof DbError && error.kind !== 'refused';

const unavailable: Problem = {
  status: 503,
  code: 'unavailable',
  detail: 'the database does not answer; send it again, with the same Idempotency-Key if it has one',
  retryAfterSeconds: 5,
};

const internal: Problem = {
  status: 500,
  code: 'internal',
  detail: 'something went wrong here; it was logged',
};
