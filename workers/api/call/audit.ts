/** 操作记录 of calls: what a token with every right changed, under its name, beside what people changed in the console. */
import { insertAudit } from '../../db/people/audit.ts';
import { log } from '../../platform/log.ts';
import { maskSecrets } from '../../views/mask-secrets.ts';
import type { ApiDeps, Call, Outcome, ServedRoute } from './define.ts';

/** Longer bodies, such as a mapping, are kept elsewhere: here it stands that they were sent. */
const bodyLengthMax = 8_000;

type Made = Pick<Call<unknown, unknown, unknown>, 'token' | 'params' | 'body' | 'now'>;

/** What was written is written: a call is answered although it could not be noted. */
export async function auditCall(
  { db }: ApiDeps,
  route: ServedRoute,
  { token, params, body, now }: Made,
  outcome: Outcome<unknown>,
): Promise<void> {
  const isWritten = 'status' in outcome && !('code' in outcome);
  if (!isWritten || route.method === 'GET' || route.isTrial || !token.scopes.includes('admin')) return;
  const row = {
    at: now,
    personId: null,
    by: token.name,
    act: `${route.method} ${route.path}`,
    subject: subjectOf(params) ?? subjectOf(outcome.body) ?? route.path,
    before: null,
    after: shortened(maskSecrets(told(body, route.untold))),
    ...('audited' in outcome && outcome.audited),
  };
  try {
    await db.batch([insertAudit(row)]);
  } catch (error) {
    log('error', 'audit_not_written', { act: row.act, why: error instanceof Error ? error.name : 'unknown' });
  }
}

function subjectOf(named: unknown): string | null {
  if (typeof named !== 'object' || named === null) return null;
  const [id] = ['id', 'thread'].map((name): unknown => Reflect.get(named, name)).filter((one) => one != null);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function told(body: unknown, untold: ServedRoute['untold']): unknown {
  if (untold === undefined || typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !untold.includes(name)));
}

function shortened(body: unknown): unknown {
  const text = JSON.stringify(body ?? null);
  return text.length > bodyLengthMax ? { bytes: text.length } : (body ?? null);
}
