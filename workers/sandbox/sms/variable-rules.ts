/**
 * 变量规范: what the vendors accept as the value of a variable. Written from their pages and not from the code that fits values, so
 * that each of the two checks the other.
 *
 * Source: help.aliyun.com/document_detail/463270 and 2806243 (阿里云), tencentcloud.com/document/product/382/40659 and 13301 (腾讯云).
 */

export type VariableFault = 'length' | 'address' | 'sign' | 'code';

type Limits = { readonly charactersMax: number; readonly code: RegExp };

export const aliyunLimits: Limits = { charactersMax: 35, code: /^[0-9A-Za-z]{4,6}$/ };
/** Of an account of a person; one of a company is not limited. */
export const tencentLimits: Limits = { charactersMax: 12, code: /^[0-9]{0,6}$/ };

const addresses = [/^.*:\/\//, /(^|[^a-z])www[.]/i, /[a-z0-9][.](com|cn|net|org|top|cc|link|vip)($|[^a-z])/i];
/** 【】 belongs to the signature; the rest comes out as squares. */
const signs = /[【】『』「」〖〗¥￥★☆※→←↑↓•①-⑳²³]|\p{Extended_Pictographic}/u;

/** Of the first value that is wrong; null when all are right. */
export function faultOf(
  values: Iterable<string>,
  kind: 'code' | 'notice',
  { charactersMax, code }: Limits,
): VariableFault | null {
  for (const value of values) {
    if (kind === 'code' && !code.test(value)) return 'code';
    if (Array.from(value).length > charactersMax) return 'length';
    if (addresses.some((address) => address.test(value))) return 'address';
    if (signs.test(value)) return 'sign';
  }
  return null;
}
