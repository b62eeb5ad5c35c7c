/** 登录状态: signed cookies. They were true when they were signed, so whatever matters is looked up again, and first whether they were ended. */
import * as z from 'zod';
import { endSessionNow, isSessionEnded } from '../../db/members/sessions.ts';
import { newWord } from '../keys.ts';
import type { PageContext, PageDeps } from '../ports.ts';
import { dropCookie, readCookie, writeCookie } from './cookie.ts';
import { dropLogins } from './under-way.ts';

const name = 'huike';
const sessionDays = 7;
const sessionSeconds = sessionDays * 86_400;

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

export async function readSession(deps: PageDeps, context: PageContext): Promise<Session | null> {
  const { data } = Session.safeParse(await readCookie(deps, context, name));
  if (!data || data.until <= deps.clock()) return null;
  return (await isSessionEnded(deps.engine.db, data.id)) ? null : data;
}

export function startSession(
  deps: PageDeps,
  context: PageContext,
  who: Pick<Session, 'openid' | 'role'>,
): Promise<void> {
  const until = deps.clock() + sessionSeconds * 1000;
  const session: Session = { v: 1, id: newWord(), ...who, until };
  return writeCookie(deps, context, { name, value: session, seconds: sessionSeconds });
}

/** The cookie goes, and a copy of it counts no longer. */
export async function endSession(deps: PageDeps, context: PageContext, session: Session): Promise<void> {
  await endSessionNow(deps.engine.db, session, deps.clock());
  dropCookie(context, name);
  dropLogins(context);
}
