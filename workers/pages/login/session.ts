/** 登录状态: signed cookies. They were true when they were signed, so whatever matters is looked up again, and first whether they were ended. */
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import * as z from 'zod';
import { endSessionNow, isSessionEnded } from '../../db/members/sessions.ts';
import { newWord } from '../keys.ts';
import { isLoopback } from '../paths.ts';
import type { PageContext, PageDeps } from '../ports.ts';

const sessionDays = 7;
const loginMinutes = 10;
const sessionSeconds = sessionDays * 86_400;
const loginSeconds = loginMinutes * 60;

/** The version of the cookie's form: a cookie of an older version is ignored. */
const Session = z.strictObject({
  v: z.literal(1),
  /** Random; forms are bound to it. */
  id: z.string(),
  openid: z.string().min(1).max(128),
  role: z.enum(['member', 'associate']),
  until: z.int(),
});
export type Session = z.infer<typeof Session>;

/** A login under way. */
const Login = z.strictObject({
  v: z.literal(1),
  state: z.string(),
  to: z.string(),
  /** How often it was restarted automatically. */
  retries: z.int(),
  until: z.int(),
});
export type Login = z.infer<typeof Login>;

const kinds = {
  session: { name: 'huike', seconds: sessionSeconds },
  login: { name: 'huike-login', seconds: loginSeconds },
} as const;
type Kind = keyof typeof kinds;

function options(context: PageContext): CookieOptions {
  const common = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;
  const isPlain = isLoopback(new URL(context.req.url));
  return isPlain ? common : { ...common, secure: true, prefix: 'host' };
}

async function read(deps: PageDeps, context: PageContext, kind: Kind): Promise<unknown> {
  const { name } = kinds[kind];
  const text = await getSignedCookie(context, await deps.keys.cookie(), name, options(context).prefix);
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function write(
  deps: PageDeps,
  context: PageContext,
  kind: Kind,
  value: Session | Login,
): Promise<void> {
  const { name, seconds } = kinds[kind];
  await setSignedCookie(context, name, JSON.stringify(value), await deps.keys.cookie(), {
    ...options(context),
    maxAge: seconds,
  });
}

export async function readSession(deps: PageDeps, context: PageContext): Promise<Session | null> {
  const { data } = Session.safeParse(await read(deps, context, 'session'));
  if (!data || data.until <= deps.clock()) return null;
  return (await isSessionEnded(deps.engine.db, data.id)) ? null : data;
}

export const startSession = (
  deps: PageDeps,
  context: PageContext,
  who: Pick<Session, 'openid' | 'role'>,
): Promise<void> =>
  write(deps, context, 'session', {
    v: 1,
    id: newWord(),
    ...who,
    until: deps.clock() + sessionSeconds * 1000,
  });

/** The cookie goes, and a copy of it counts no longer. */
export async function endSession(deps: PageDeps, context: PageContext, session: Session): Promise<void> {
  await endSessionNow(deps.engine.db, session, deps.clock());
  deleteCookie(context, kinds.session.name, options(context));
}

/** Read once: the answer deletes the cookie, whatever the outcome. */
export async function takeLogin(deps: PageDeps, context: PageContext): Promise<Login | null> {
  const { data } = Login.safeParse(await read(deps, context, 'login'));
  if (data) deleteCookie(context, kinds.login.name, options(context));
  return data && data.until > deps.clock() ? data : null;
}

export const startLogin = (
  deps: PageDeps,
  context: PageContext,
  login: Pick<Login, 'state' | 'to' | 'retries'>,
): Promise<void> =>
  write(deps, context, 'login', { v: 1, ...login, until: deps.clock() + loginSeconds * 1000 });
