/** 去哪里: where a login may lead, and by whom a newcomer was invited. */

const pathLengthMax = 512;
/** Stands for our own host while a path is taken apart. */
const here = 'https://here.invalid';

/** Below /m/ or /a/ on this very host, and not into the login itself; anything else leads to the member's page. */
export function safePath(to: string | undefined): string {
  if (to === undefined || to.length > pathLengthMax || !/^\/[am]\//.test(to)) return homePath;
  // The browser's own reading: backslashes, dots, tabs and all.
  const url = URL.canParse(to, here) ? new URL(to, here) : null;
  if (!url || url.origin !== here || !/^\/[am]\//.test(url.pathname)) return homePath;
  if (url.pathname.startsWith(loginPath)) return homePath;
  return url.pathname + url.search;
}

export const homePath = '/m/';
export const loginPath = '/m/login';
export const registerPath = '/m/register';
export const codePath = '/m/register/code';
export const leavePath = '/m/leave';
export const privacyPath = '/m/privacy';
export const transferPath = (outBillNo: string): string => `/m/transfers/${outBillNo}`;

export const loginTo = (to: string): string => `${loginPath}?to=${encodeURIComponent(to)}`;

/** 邀请: the associate whose link it was, and where it was found. */
export type Invitation = { readonly guide: string | null; readonly source: string | null };

const guideShape = /^[\w.-]{1,64}$/;
const sourceShape = /^[\p{L}\p{N}_.:-]{1,64}$/u;

/** Whatever does not look like one of ours is left out: it would be stored, and shown to the merchant. */
export function invitationOf(given: URLSearchParams): Invitation {
  const guide = given.get('guide') ?? '';
  const source = given.get('src') ?? '';
  return {
    guide: guideShape.test(guide) ? guide : null,
    source: sourceShape.test(source) ? source : null,
  };
}

export function registerWith({ guide, source }: Invitation): string {
  const query = new URLSearchParams();
  if (guide !== null) query.set('guide', guide);
  if (source !== null) query.set('src', source);
  return query.size === 0 ? registerPath : `${registerPath}?${query.toString()}`;
}

/** The form once more, with the invitation it carried. */
export const backToForm = (form: URLSearchParams): string => registerWith(invitationOf(form));

/** Plain http stays on this machine: there a cookie cannot be Secure. */
export const isLoopback = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
