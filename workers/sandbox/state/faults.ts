/** 故障: makes a path of the outside slow, broken, or deaf after it has done what it was asked. */
import type { Context, MiddlewareHandler } from 'hono';
import * as z from 'zod';
import { hereOf, type FaultRow, type Here, type SandboxApp } from '../here.ts';

const latencyMaxMs = 60_000;

/** A path of the outside, `/cgi-bin/message/*` for all below it, or `*` for every one. */
const Path = z.string().regex(/^(\*|\/[\w./-]*\*?)$/);

export const FailNext = z.strictObject({
  path: Path.default('*'),
  /** So many calls fail. 0 ends it. */
  count: z.int().min(0).max(1_000_000),
  errcode: z.int().default(-1),
  /** An HTTP status with a page of HTML instead of an errcode. */
  status: z.int().min(400).max(599).optional(),
  /** True: does what was asked, and fails to say so. */
  afterwards: z.boolean().default(false),
});

export const Slow = z.strictObject({ path: Path.default('*'), ms: z.int().min(0).max(latencyMaxMs) });

type Fault = Pick<FaultRow, 'errcode' | 'status' | 'afterwards'>;

export async function setFault(db: D1Database, fault: z.infer<typeof FailNext>): Promise<void> {
  await db
    .prepare(
      `INSERT INTO faults (path, fail_left, errcode, status, afterwards) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (path) DO UPDATE SET fail_left = ?2, errcode = ?3, status = ?4, afterwards = ?5`,
    )
    .bind(fault.path, fault.count, fault.errcode, fault.status ?? 0, fault.afterwards ? 1 : 0)
    .run();
}

export async function setSlow(db: D1Database, { path, ms }: z.infer<typeof Slow>): Promise<void> {
  await db
    .prepare(
      `INSERT INTO faults (path, latency_ms) VALUES (?1, ?2) ON CONFLICT (path) DO UPDATE SET latency_ms = ?2`,
    )
    .bind(path, ms)
    .run();
}

export async function endFaults(db: D1Database): Promise<void> {
  await db.prepare('DELETE FROM faults').run();
}

/** Stands before every simulated service, which says in its own manner what a failure looks like. */
export function troubles(failure: (fault: Fault) => Response): MiddlewareHandler<SandboxApp> {
  return async (context, next) => {
    const here = await hereOf(context);
    context.set('here', here);
    const { pathname } = new URL(context.req.url);
    const befalling = here.faults.filter(({ path }) => isAbout(path, pathname));
    const waitMs = here.settings.latencyMs + Math.max(0, ...befalling.map(({ latencyMs }) => latencyMs));
    if (waitMs > 0) await scheduler.wait(waitMs);
    if (!isRelayed(context, here.settings.relayKey)) {
      return Response.json({ error: 'the relay wants its key' }, { status: 401 });
    }
    const fault = await takeFault(here, befalling);
    if (fault === null) return next();
    if (fault.afterwards === 1) await next();
    context.res =
      fault.status > 0 ? new Response('<html>Bad Gateway</html>', { status: fault.status }) : failure(fault);
  };
}

const isAbout = (path: string, called: string): boolean =>
  path === called || (path.endsWith('*') && called.startsWith(path.slice(0, -1)));

/** The failure that is due to this call, which uses it up; the closest path counts. */
async function takeFault({ db }: Here, befalling: readonly FaultRow[]): Promise<Fault | null> {
  for (const fault of befalling.filter(({ count }) => count > 0)) {
    const { meta } = await db
      .prepare('UPDATE faults SET fail_left = fail_left - 1 WHERE path = ? AND fail_left > 0')
      .bind(fault.path)
      .run();
    if (meta.changes > 0) return fault;
  }
  return null;
}

/** WeChat Pay signs in `authorization`, so its calls bring the relay's key in a header of its own. */
function isRelayed({ req }: Context<SandboxApp>, relayKey: string): boolean {
  if (relayKey === '') return true;
  const keys = [req.header('authorization'), req.header('x-relay-authorization')];
  return keys.includes(`Bearer ${relayKey}`);
}
