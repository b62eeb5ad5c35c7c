/** 页面安全: the security headers of every page: no foreign content and no caching. */
import type { MiddlewareHandler } from 'hono';
import { newWord } from './keys.ts';
import { isLoopback } from './paths.ts';
import type { PageEnv } from './ports.ts';

/** `scriptHost` is the one foreign host from which this page loads a script. */
export const policy = (nonce: string, scriptHost?: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    `script-src 'nonce-${nonce}'${scriptHost === undefined ? '' : ` ${scriptHost}`}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const pageHeaders: MiddlewareHandler<PageEnv> = async (context, next) => {
  const url = new URL(context.req.url);
  if (url.protocol === 'http:' && !isLoopback(url)) {
    // Over plain http anybody could read the cookie.
    url.protocol = 'https:';
    return context.redirect(url.href, 308);
  }
  const nonce = newWord();
  context.set('nonce', nonce);
  await next();
  const { headers } = context.res;
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy(nonce));
  headers.set('referrer-policy', 'same-origin');
  headers.set('x-frame-options', 'DENY');
  headers.set('x-content-type-options', 'nosniff');
  // A browser heeds it only where it came over HTTPS, so a shop on this machine is not locked out.
  headers.set('strict-transport-security', 'max-age=31536000');
  // A personal page is never cached.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  return undefined;
};
