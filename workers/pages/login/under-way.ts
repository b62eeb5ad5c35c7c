/** 登录途中: where each login that is under way leads. Two pages opened at once are two logins, each with a cookie of its own. */
import * as z from 'zod';
import type { PageContext, PageDeps } from '../ports.ts';
import { cookieNames, dropCookie, readCookie, writeCookie } from './cookie.ts';

const loginMinutes = 10;
const loginSeconds = loginMinutes * 60;
/** How many pages somebody may open at once; the oldest gives way. */
const loginsMax = 5;

const Login = z.strictObject({
  v: z.literal(2),
  to: z.string(),
  /** How often it was restarted automatically. */
  retries: z.int(),
  /** It has led to a session. Loaded again, the return leads on and takes no code. */
  isUsed: z.boolean(),
  until: z.int(),
});
export type Login = z.infer<typeof Login>;

const start = 'huike-login-';
const States = z.string().regex(/^[0-9a-z]{26}$/);
const nameOf = (state: string): string => `${start}${state}`;

/** Null for a state that we did not give to this browser, or gave it too long ago. */
export async function readLogin(deps: PageDeps, context: PageContext, state: string): Promise<Login | null> {
  if (!States.safeParse(state).success) return null;
  const { data } = Login.safeParse(await readCookie(deps, context, nameOf(state)));
  return data && data.until > deps.clock() ? data : null;
}

export async function startLogin(
  deps: PageDeps,
  context: PageContext,
  { state, ...login }: Pick<Login, 'to' | 'retries'> & { readonly state: string },
): Promise<void> {
  await makeRoom(deps, context);
  const value: Login = { v: 2, ...login, isUsed: false, until: deps.clock() + loginSeconds * 1000 };
  await writeCookie(deps, context, { name: nameOf(state), value, seconds: loginSeconds });
}

/** From now on its code counts no longer. */
export const markUsed = (
  deps: PageDeps,
  context: PageContext,
  { state, login }: { readonly state: string; readonly login: Login },
): Promise<void> =>
  writeCookie(deps, context, {
    name: nameOf(state),
    value: { ...login, isUsed: true } satisfies Login,
    seconds: Math.ceil((login.until - deps.clock()) / 1000),
  });

export function dropLogins(context: PageContext): void {
  for (const name of cookieNames(context, start)) dropCookie(context, name);
}

/** Browsers send every cookie with every request: there are never more than a few. */
async function makeRoom(deps: PageDeps, context: PageContext): Promise<void> {
  const names = cookieNames(context, start);
  if (names.length < loginsMax) return;
  const ends = await Promise.all(
    names.map(async (name) => {
      const login = await readLogin(deps, context, name.slice(start.length));
      return { name, until: login?.until ?? 0 };
    }),
  );
  const oldest = ends.toSorted((one, other) => one.until - other.until);
  for (const { name } of oldest.slice(0, names.length - loginsMax + 1)) dropCookie(context, name);
}
