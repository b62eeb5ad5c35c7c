/** 脱敏: what may be shown of a person. Phones keep 3 and 4 digits, names their first character, openids their beginning. */
import { digitsOf, parseExact } from '../lossless/exact.ts';

/** With or without a country code, in one piece or in three groups. */
const phoneInText = /(?<!\d)((?:(?:00)?86[\s-]?)?1[3-9]\d)[\s-]?\d{4}[\s-]?(\d{4})(?!\d)/g;

/** Every mobile number in a text. */
export const maskText = (text: string): string => text.replaceAll(phoneInText, '$1****$2');

export function maskPhone(phone: string): string {
  const masked = maskText(phone);
  if (masked !== phone || phone.includes('*')) return masked;
  return phone.length > 7 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : '****';
}

export const maskName = (name: string): string => {
  const [first = ''] = Array.from(name);
  return first === '' ? '' : `${first}**`;
};

const shownOfOpenid = 4;
export const maskOpenid = (openid: string): string =>
  openid === '' ? '' : `${openid.slice(0, shownOfOpenid)}****`;

const phoneKey = /phone|mobile|^tel$|telephone|contact_?(no|number)/i;
const openidKey = /openid|open_id|unionid|union_id/i;
const nameKey = /^(name|real_?name|nick_?name|full_?name)$/i;
const personNameKey =
  /(member|customer|buyer|user|cashier|associate|guide|receiver|recipient|contact|baby|child)\w*name$/i;
const addressKey = /address|id_?card|identity_?no|birthday|email/i;
/** Keys of objects about a person: a `name` inside is the person's name. */
const personKey =
  /^(member|customer|buyer|user|cashier|associate|guide|receiver|recipient|contact|from|into|child|children|baby)$/i;

/** Deeper than any till nests; values below are not shown. */
const depthMax = 40;

/** The same value without personal data. `about` is the key of the value. */
export function maskValue(value: unknown, about = '', depth = 0): unknown {
  if (depth > depthMax) return '…';
  const digits = digitsOf(value);
  if (digits !== null) {
    const masked = maskText(digits);
    return masked === digits ? value : masked;
  }
  if (Array.isArray(value)) return value.map((item) => maskValue(item, about, depth + 1));
  if (typeof value === 'object' && value !== null) {
    const isPerson = personKey.test(about);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, maskEntry(key, inner, { isPerson, depth })]),
    );
  }
  return typeof value === 'string' ? maskText(value) : value;
}

function maskEntry(
  key: string,
  value: unknown,
  { isPerson, depth }: { isPerson: boolean; depth: number },
): unknown {
  const text = typeof value === 'string' ? value : digitsOf(value);
  if (text !== null) {
    if (phoneKey.test(key)) return maskPhone(text);
    if (openidKey.test(key)) return maskOpenid(text);
    if (personNameKey.test(key) || (isPerson && nameKey.test(key))) return maskName(text);
    if (addressKey.test(key)) return '****';
  }
  return maskValue(value, key, depth + 1);
}

/** A stored body, still JSON, without personal data. A body that cannot be parsed cannot be masked and is not shown. */
export function maskBody(body: string, type: string): string {
  const parsed = parseExact(body);
  if (!parsed.ok) return `(not JSON, ${body.length} characters)`;
  return JSON.stringify(maskSubject(parsed.value, type));
}

/** `member.created` may carry its member bare: then `data` itself is the person. */
export function maskSubject(value: unknown, type: string): unknown {
  const isAboutMember = type.startsWith('member.');
  if (!isAboutMember || typeof value !== 'object' || value === null) return maskValue(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'data' ? maskValue(inner, 'member', 1) : maskEntry(key, inner, { isPerson: false, depth: 0 }),
    ]),
  );
}
