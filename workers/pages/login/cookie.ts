/** 签名的 cookie: for this host alone, out of the reach of scripts and of other sites. */
import { deleteCookie, getCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { isLoopback } from '../paths.ts';
import type { PageContext, PageDeps } from '../ports.ts';

const hostPrefix = '__Host-';

function options(context: PageContext): CookieOptions {
  const common = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;
  const isPlain = isLoopback(new URL(context.req.url));
  return isPlain ? common : { ...common, secure: true, prefix: 'host' };
}

/** Null where there is none, or none of ours. */
export async function readCookie(deps: PageDeps, context: PageContext, name: string): Promise<unknown> {
  const text = await getSignedCookie(context, await deps.keys.cookie(), name, options(context).prefix);
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function writeCookie(
  deps: PageDeps,
  context: PageContext,
  { name, value, seconds }: { readonly name: string; readonly value: unknown; readonly seconds: number },
): Promise<void> {
  await setSignedCookie(context, name, JSON.stringify(value), await deps.keys.cookie(), {
    ...options(context),
    maxAge: seconds,
  });
}

export function dropCookie(context: PageContext, name: string): void {
  deleteCookie(context, name, options(context));
}

/** Those that the browser sent, whoever wrote them. */
export function cookieNames(context: PageContext, start: string): readonly string[] {
  const prefix = options(context).prefix === 'host' ? hostPrefix : '';
  return Object.keys(getCookie(context))
    .filter((name) => name.startsWith(`${prefix}${start}`))
    .map((name) => name.slice(prefix.length));
}
