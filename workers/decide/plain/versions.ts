/** 版本: which of two versions of one document is the later one. */

const wholeNumber = /^\d{1,15}$/;

/** Numbers compare as numbers, anything else letter by letter; positive when `a` is the later one. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  if (wholeNumber.test(a) && wholeNumber.test(b)) return Math.sign(Number(a) - Number(b));
  return a < b ? -1 : 1;
}
