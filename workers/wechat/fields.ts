/**
 * 模板消息的字段: what each field of a template message accepts. WeChat refuses the whole message (47003) for one
 * field too long, empty or of the wrong shape, so every value passes through here before it is sent.
 *
 * The type of a field is the letters its key begins with: `thing1`, `character_string2`.
 * Source: 订阅消息参数值内容限制说明, developers.weixin.qq.com …/subscribe-message/sendMessage; the same for templates.
 */

export type Fitted =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly why: string };

/**
 * The value as it may be sent under that key: on one line, shortened where a shorter text still says the same.
 * Numbers, dates and codes are never shortened, only refused. `why` is English and does not repeat the value.
 */
export function fitField(key: string, value: string): Fitted {
  const type = /^([a-z]+(?:_[a-z]+)*)\d+$/.exec(key)?.[1];
  const rule = type === undefined ? undefined : rules.get(type);
  if (rule === undefined) return { ok: false, why: `${key} is not a field WeChat knows` };
  const fitted = rule.fit(oneLine(value));
  // A value of zero-width characters alone would look empty, and WeChat treats it so.
  if (!/[^\p{Cf}\s]/u.test(fitted)) return { ok: false, why: `${key} is empty` };
  if (!rule.isLawful(fitted)) return { ok: false, why: `${key} must be ${rule.says}` };
  return { ok: true, value: fitted };
}

type Rule = {
  readonly says: string;
  readonly fit: (value: string) => string;
  readonly isLawful: (value: string) => boolean;
};

const asItIs = (says: string, lawful: RegExp): Rule => ({
  says,
  fit: (value) => value,
  isLawful: (value) => lawful.test(value),
});

const clock = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;
const day = String.raw`(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{4}([-/.])\d{1,2}(?:\1\d{1,2})?|\d{2}[-/.]\d{2})`;
/** One of them, or two joined by `~`. The group inside `day` cannot be repeated, so the second day is not tied to it. */
const orRange = (one: string): RegExp => {
  const second = one.replace('([-/.])', '(?:[-/.])').replace(String.raw`\1`, '[-/.]');
  return new RegExp(`^${one}(?:~${second})?$`);
};

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['thing', { says: 'at most 20 characters', fit: (value) => shorten(value, 20), isLawful: () => true }],
  // Undocumented, though templates have it; five is what the shortest documented text type allows.
  ['short_thing', { says: 'at most 5 characters', fit: (value) => shorten(value, 5), isLawful: () => true }],
  ['name', { says: 'letters or Chinese characters', fit: fitName, isLawful: () => true }],
  // An ellipsis is not a Chinese character, so a phrase is cut without one.
  ['phrase', { says: 'Chinese characters only', fit: (value) => cut(value, 5), isLawful: isHan }],
  ['number', asItIs('at most 32 digits', /^(?=.{1,32}$)\d+(?:\.\d+)?$/)],
  ['letter', asItIs('at most 32 letters', /^[A-Za-z]{1,32}$/)],
  ['symbol', asItIs('at most 5 symbols', /^[^\p{L}\p{N}\s]{1,5}$/u)],
  ['character_string', asItIs('at most 32 letters, digits or symbols', /^[\x20-\x7E]{1,32}$/)],
  ['time', asItIs('a time such as 15:01', orRange(`(?:${day} ?)?${clock}`))],
  ['date', asItIs('a date such as 2019年10月1日', orRange(`${day}(?: ?${clock})?`))],
  ['amount', asItIs('an amount such as ¥8.00', /^[¥￥$€£]?(?=[\d.]{1,11}元?$)\d{1,10}(?:\.\d{1,9})?元?$/)],
  ['phone_number', asItIs('at most 17 digits and symbols', /^[\d+*#() -]{1,17}$/)],
  [
    'car_number',
    asItIs('a number plate', /^(?=.{1,8}$)[\p{Script=Han}A-Za-z\d][A-Za-z\d]*\p{Script=Han}?$/u),
  ],
  ['const', asItIs('one of the approved values', /^.{1,20}$/u)],
  ['enum', asItIs('one of the approved values', /^.{1,20}$/u)],
]);

/** Newlines and other control characters are refused; they become single spaces. */
function oneLine(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

/** By code point, never through the middle of an emoji's surrogates, and with the ellipsis inside the limit. */
function shorten(value: string, charactersMax: number): string {
  const characters = Array.from(value);
  return characters.length <= charactersMax ? value : `${cut(value, charactersMax - 1)}…`;
}

function cut(value: string, charactersMax: number): string {
  return Array.from(value)
    .slice(0, charactersMax)
    .join('')
    .replace(/[\u200D\s]+$/u, '');
}

function isHan(value: string): boolean {
  return /^\p{Script=Han}+$/u.test(value);
}

/** 姓名: 20 Latin letters, or 10 characters of anything else; an emoji or a digit in a nickname is left out. */
function fitName(value: string): string {
  const lawful = value.replaceAll(/[^\p{L}\p{M} ·.*'-]/gu, '').trim();
  // Dots, marks and letters that nobody sees are no name by themselves.
  if (!/(?!\p{Default_Ignorable_Code_Point})\p{L}/u.test(lawful)) return '';
  return cut(lawful, /^[\x20-\x7E]*$/.test(lawful) ? 20 : 10);
}
