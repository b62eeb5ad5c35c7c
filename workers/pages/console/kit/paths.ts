/** 后台地址: where the console's pages are, and where a person who signs in came from. */
import { homeOfConsole } from './nav.ts';

export const signInPath = '/console/sign-in';
export const signOutPath = '/console/sign-out';
export const linkPath = '/console/enter';
/** Opened on the phone, in WeChat: it belongs to the pages where WeChat says who is there. */
export const phonePath = '/a/sign-in';

const pathLengthMax = 512;
const here = 'https://here.invalid';

/** A page of the console, as a browser would read it; anything else becomes its home. */
export function consolePath(to: string | null): string {
  if (to === null || to.length > pathLengthMax || !URL.canParse(to, here)) return homeOfConsole;
  const { origin, pathname, search } = new URL(to, here);
  const isOurs = origin === here && pathname.startsWith(homeOfConsole) && !pathname.startsWith(signInPath);
  return isOurs ? pathname + search : homeOfConsole;
}

export function signInTo(url: string): string {
  const { pathname, search } = new URL(url);
  const to = consolePath(pathname + search);
  return to === homeOfConsole ? signInPath : `${signInPath}?to=${encodeURIComponent(to)}`;
}

/** Back to a page, which says what was done. */
export const saying = (path: string, said: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}said=${said}`;
