/** 手机号: one reading of a mobile number, for tills, files, the API and the pages alike, however people write or paste it. */

/** What a phone book or a chat puts around digits and nobody sees: direction marks, zero widths, variation selectors. */
const unseen = /[\p{Cf}\p{Mn}]/gu;
/** What people put between digits: spaces, dashes, brackets, dots. */
const dressing = /[\s\p{Pd}\p{Ps}\p{Pe}.·•/]/gu;
/** The country's number may stand before it. +1 and ten digits is a number of another country. */
const shape = /^(?:(?:\+|00)?86)?(1\d{10})$/;

/** The 11 digits, or null. A phone with stars in it, or any other stand-in, names nobody. */
export function plainPhone(phone: string | null | undefined): string | null {
  if (!phone) return null;
  // What nearly every till sends.
  if (/^1\d{10}$/.test(phone)) return phone;
  const digits = phone
    .normalize('NFKC')
    .replaceAll(unseen, '')
    .replace(/^\s*tel:/i, '')
    .replaceAll(dressing, '');
  return shape.exec(digits)?.[1] ?? null;
}

/** Was one given that is none? `0`, `-1` and `无` are ways of giving none. */
export const isUnreadPhone = (phone: string | null | undefined): boolean =>
  plainPhone(phone) === null && /\p{Nd}.*\p{Nd}/su.test(phone ?? '');
