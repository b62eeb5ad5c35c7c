/** 页面安全: what every page says about itself to the browser. Nothing comes from elsewhere, nothing is kept on the way. */
import type { MiddlewareHandler } from 'hono';
import { newWord } from './keys.ts';
import { isLoopback } from './paths.ts';

/** `scriptHost`: from where this one page has a script of somebody else's. */
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

export const pageHeaders: MiddlewareHandler<{ Variables: { nonce: string } }> = async (context, next) => {
  const url = new URL(context.req.url);
  if (url.protocol === 'http:' && !isLoopback(url)) {
    // A cookie that travels in the clear is anybody's.
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
  // A stylesheet says for itself how long it may be kept; a page about somebody never is.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  return undefined;
};
