/** 扫码登录: what the screen shows and the phone answers to. Until somebody confirms, nothing of it is stored. */
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { keyOfWord, scanMs } from '../../../commands/people/sign-in.ts';
import { newWord } from '../../keys.ts';
import type { PageContext, PageDeps } from '../../ports.ts';
import { phonePath } from '../kit/paths.ts';
import { cookieOptions } from '../kit/session.ts';

/** For signing in, or so that a person who is signed in ties her WeChat to her name. */
export type ScanUse = 'enter' | 'bind';

export type Scan = {
  /** In the cookie of the browser that shows the code, and nowhere else. */
  readonly word: string;
  readonly key: string;
  readonly until: number;
  readonly use: ScanUse;
};

const cookieName = 'huike-scan';
const partsShape = /^([0-9a-z]{26})\.(\d{13})\.(enter|bind)$/;

/** The code that this browser shows; null where it shows none, or not for this use. */
export async function readScan(deps: PageDeps, context: PageContext, use: ScanUse): Promise<Scan | null> {
  const { prefix } = cookieOptions(context);
  const text = await getSignedCookie(context, await deps.keys.cookie(), cookieName, prefix);
  const [, word, until, kept] = partsShape.exec(text || '') ?? [];
  if (word === undefined || kept !== use) return null;
  return { word, key: await keyOfWord(word), until: Number(until), use };
}

export async function newScan(deps: PageDeps, context: PageContext, use: ScanUse): Promise<Scan> {
  const word = newWord();
  const until = deps.clock() + scanMs;
  await setSignedCookie(context, cookieName, `${word}.${until}.${use}`, await deps.keys.cookie(), {
    ...cookieOptions(context),
    maxAge: scanMs / 1000,
  });
  return { word, key: await keyOfWord(word), until, use };
}

export function dropScan(context: PageContext): void {
  deleteCookie(context, cookieName, cookieOptions(context));
}

type Shown = Pick<Scan, 'key' | 'until' | 'use'>;
const textOf = ({ key, until, use }: Shown): string => `scan\n${use}\n${key}\n${until}`;

/** What the code holds: whoever has it can ask the shop's people, and cannot come in. */
export async function scanUrl({ keys }: PageDeps, home: string, scan: Scan): Promise<string> {
  const tag = (await keys.tag('form', textOf(scan))).slice(0, tagLength);
  return `${home}${phonePath}?${new URLSearchParams({ s: scan.key, u: String(scan.until), w: scan.use, t: tag }).toString()}`;
}

const tagLength = 32;

/** Null for a code that we never showed. */
export async function scanIn({ keys }: PageDeps, given: URLSearchParams): Promise<Shown | null> {
  const [key, until, use] = [given.get('s') ?? '', Number(given.get('u')), given.get('w')];
  if (!/^[0-9a-f]{64}$/.test(key) || !Number.isSafeInteger(until) || (use !== 'enter' && use !== 'bind'))
    return null;
  const shown = { key, until, use } as const;
  const own = (await keys.tag('form', textOf(shown))).slice(0, tagLength);
  // Both sides are hashed once more: how long a comparison takes then tells nothing.
  return (await keys.isTag('form', own, await keys.tag('form', given.get('t') ?? ''))) ? shown : null;
}

/** Two digits that stand on the screen and are not in the code: whoever has only the code does not know them. */
export async function numberOf({ keys }: PageDeps, { key }: Pick<Scan, 'key'>): Promise<string> {
  const tag = await keys.tag('code', `scan\n${key}`);
  return String(10 + (Number.parseInt(tag.slice(0, 8), 16) % 90));
}
