/** 短信变量: fits the values of a template's variables to what a provider accepts; one that does not fit costs the message. */
import type { SmsMessage, SmsVerdict } from './define.ts';

export type VariableLimits = {
  /** Of one value, every character counting one. */
  readonly charactersMax: number;
};

type Params = SmsMessage['params'];

/**
 * Names and sentences are shortened; numbers, dates and codes are not, nor what has to be said in full. Without a value a
 * variable takes what stands in for it.
 */
export function fitVariables(
  params: Params,
  { charactersMax }: VariableLimits,
): { readonly ok: true; readonly params: Params } | { readonly ok: false; readonly verdict: SmsVerdict } {
  const fitted: Params[number][] = [];
  for (const { name, value, standIn, isWhole } of params) {
    const given = plain(value);
    // A nickname that looks like an address does not cost the message: whoever stands in is named.
    const isNameless = given === '' || (standIn !== undefined && address.test(given));
    const lawful = isNameless ? plain(standIn ?? '') : given;
    if (lawful === '') return unfit(`变量 ${name} 没有值`);
    if (address.test(lawful)) return unfit(`变量 ${name} 里不能有网址`);
    const isLong = Array.from(lawful).length > charactersMax;
    if (isLong && (isWhole || !/\p{L}/u.test(lawful)))
      return unfit(`变量 ${name} 超过 ${charactersMax} 个字`);
    fitted.push({ name, value: isLong ? shorten(lawful, charactersMax) : lawful });
  }
  return { ok: true, params: fitted };
}

const unfit = (why: string) => ({ ok: false, verdict: { verdict: 'park', why: `短信${why}` } }) as const;

const address = /https?:|www\.|[a-z\d-]\.(?:com|cn|net|org|top|vip|shop|link|me|cc|io)\b/i;

/** Circled and raised digits are written plainly; what providers refuse as a special sign is left out. */
const plain = (value: string): string =>
  value
    .toWellFormed()
    .replaceAll(/\p{No}/gu, (one) => one.normalize('NFKC'))
    .replaceAll(/[¥￥]\s*([\d,.]*\d)(?!\d*元)/g, '$1元')
    // 【】 would be taken for the signature.
    .replaceAll(/[【〖『「[]/g, '（')
    .replaceAll(/[】〗』」\]]/g, '）')
    .replaceAll(/[\p{So}\p{Sk}\p{Cf}\p{Co}\p{Cn}\p{Me}\p{Variation_Selector}¥￥•※\u2190-\u21FF{}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();

const shorten = (value: string, charactersMax: number): string =>
  Array.from(value).slice(0, charactersMax).join('').trimEnd();
