/** jsapi_ticket: the same for two hours; with it a page's signature can be checked as the phone checks it. */
import type { Here } from '../here.ts';
import { hexOf, wordOf } from '../plain/random.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';

const lifeMs = 7_200_000;

export async function getTicket({ here, query }: Call): Promise<Response> {
  const type = query('type');
  if (type !== 'jsapi' && type !== 'wx_card') return refusal(40097);
  const app = `ticket-${type}`;
  const current = await ticketOf(here, app);
  const value = current?.value ?? wordOf(64);
  const endsAt = current?.ends_at ?? here.now + lifeMs;
  if (current === null) {
    await here.db
      .prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, 0, 0)')
      .bind(value, app, here.now, endsAt)
      .run();
  }
  return done({ ticket: value, expires_in: Math.floor((endsAt - here.now) / 1000) });
}

function ticketOf({ db, now }: Here, app: string): Promise<{ value: string; ends_at: number } | null> {
  return db
    .prepare('SELECT value, ends_at FROM tokens WHERE app = ? AND ends_at > ?')
    .bind(app, now)
    .first<{ value: string; ends_at: number }>();
}

export type PageSignature = {
  readonly nonceStr: string;
  readonly timestamp: string;
  readonly url: string;
  readonly signature: string;
};

/** What `wx.config` would find; false also when nobody has fetched a ticket yet. */
export async function isPageSigned(here: Here, page: PageSignature): Promise<boolean> {
  const ticket = await ticketOf(here, 'ticket-jsapi');
  if (ticket === null) return false;
  const text = [
    `jsapi_ticket=${ticket.value}`,
    `noncestr=${page.nonceStr}`,
    `timestamp=${page.timestamp}`,
    `url=${page.url.replace(/#.*$/, '')}`,
  ].join('&');
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return hexOf(new Uint8Array(digest)) === page.signature;
}
