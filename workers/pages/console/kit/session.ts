/** 后台会话: a word in a cookie; who it belongs to is read with every request. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { endSession, readSignedIn, touchSession, type SignedIn } from '../../../db/people/entries.ts';
import { idleMs, keyOfWord, type Browser } from '../../../commands/people/sign-in.ts';
import { newWord } from '../../keys.ts';
import { isLoopback } from '../../paths.ts';
import type { PageContext, PageDeps } from '../../ports.ts';

const cookieName = 'huike-console';
/** "Last seen" need not be exact, and every touch is a row written. */
const touchEveryMs = 3_600_000;
const deviceLengthMax = 60;
const placeLengthMax = 60;

export function cookieOptions(context: PageContext): CookieOptions {
  const common = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;
  return isLoopback(new URL(context.req.url)) ? common : { ...common, secure: true, prefix: 'host' };
}

function wordIn(context: PageContext): string | null {
  const { prefix } = cookieOptions(context);
  return (prefix ? getCookie(context, cookieName, prefix) : getCookie(context, cookieName)) || null;
}

export async function readConsoleSession(
  { engine: { db }, clock }: PageDeps,
  context: PageContext,
): Promise<SignedIn | null> {
  const word = wordIn(context);
  if (word === null) return null;
  const now = clock();
  const found = await readSignedIn(db, await keyOfWord(word), now - idleMs);
  if (found && found.session.lastAt < now - touchEveryMs)
    await db.batch([touchSession(found.session.key, now)]);
  return found;
}

/** A new word for this browser; it counts once a session is stored under it. */
export function newBrowser(context: PageContext): Browser {
  const word = newWord();
  setCookie(context, cookieName, word, { ...cookieOptions(context), maxAge: idleMs / 1000 });
  return { word, device: deviceOf(context.req.header('user-agent') ?? ''), place: placeOf(context.req.raw) };
}

export async function leaveSession(
  { engine: { db }, clock }: PageDeps,
  context: PageContext,
  { session, person }: SignedIn,
): Promise<void> {
  deleteCookie(context, cookieName, cookieOptions(context));
  await db.batch([endSession(person.id, session.key, clock())]);
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iPhone'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Mac OS X/, 'Mac 电脑'],
  [/Linux/, 'Linux 电脑'],
];

/** 「Windows 电脑上的 Chrome」: enough to recognise one's own. */
export function deviceOf(agent: string): string {
  const nameIn = (table: typeof browsers): string | undefined =>
    table.find(([shape]) => shape.test(agent))?.[1];
  const [browser = '浏览器', system = '未知设备'] = [nameIn(browsers), nameIn(systems)];
  return `${system}上的 ${browser}`.slice(0, deviceLengthMax);
}

const countries = new Intl.DisplayNames('zh-CN', { type: 'region' });

/** 「中国 Guangzhou」, as Cloudflare guesses it from the address, which is not kept; null on a machine of one's own. */
export function placeOf(request: Request): string | null {
  // Whatever stands in front of the Worker may tell less than Cloudflare does.
  const { country, city } = (request.cf ?? {}) as { readonly country?: unknown; readonly city?: unknown };
  const isKnown = typeof country === 'string' && /^[A-Z]{2}$/.test(country) && country !== 'XX';
  const parts = [isKnown ? countries.of(country) : '', typeof city === 'string' ? city : ''];
  return parts.filter(Boolean).join(' ').slice(0, placeLengthMax) || null;
}

/** A form of another site could sign a visitor in under a name that is not hers. */
export function isFromHere({ req }: PageContext): boolean {
  const origin = req.header('origin');
  return origin === undefined || origin === new URL(req.url).origin;
}
