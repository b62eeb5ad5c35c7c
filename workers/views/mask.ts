/** 脱敏: what may be shown of a person. Phones keep 3 and 4 digits, names their first character, openids their beginning. */
import { digitsOf, parseExact } from '../lossless/exact.ts';
import { maskSecrets, secretsIn } from './mask-secrets.ts';
import { maskFields, maskWritten, type Masking } from './mask-written.ts';

/** What people and machines put between the groups: spaces, dashes, dots, brackets, marks without a width. */
const gap = String.raw`[\s\-.()（）·\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]{0,3}`;
const digit = '[0-9０-９]';
/** With or without a country code, in one piece or in three groups, in narrow or wide digits. */
const phoneInText = new RegExp(
  `(?<!${digit})((?:(?:[0０]{2})?[8８][6６]${gap})?[1１][3-9３-９]${digit})${gap}${digit}{4}${gap}(${digit}{4})(?!${digit})`,
  'g',
);

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

const phoneKey = /phone|mobile|^tel$|telephone|contact_?(no|number)|手机|电话|联系方式/i;
const openidKey = /openid|open_id|unionid|union_id/i;
const nameKey = /^(name|real_?name|nick_?name|full_?name)$/i;
const personNameKey =
  /(member|vip|customer|buyer|user|cashier|associate|guide|receiver|recipient|contact|baby|child)\w*name$|姓名|昵称|^(会员|客户|顾客|买家|收货人|收件人|联系人|收银员|导购|宝宝)(名|名称|名字)?$/i;
const addressKey = /address|id_?card|identity_?no|birthday|^born$|email|地址|生日|身份证|邮箱/i;
/** 档案 of a person, wherever it is told. */
const fileKey = /^(sex|postcode|occupation|income|education|remark)$/i;
/** Keys of objects about a person: a `name` inside is the person's name. */
const personKey =
  /^(member|vip|customer|buyer|user|cashier|associate|guide|receiver|recipient|contact|from|into|child|children|baby)$/i;

/** Longer than any field is called; only the end is looked at. */
const keyLengthMax = 60;

/** Deeper than any till nests; values below are not shown. */
const depthMax = 40;

/** The same value without personal data. `about` is the key of the value. */
export function maskValue(value: unknown, about = '', depth = 0): unknown {
  if (depth > depthMax) return '…';
  const digits = digitsOf(value);
  if (digits !== null) {
    // A price of eight places is no phone in groups.
    const masked = digits.includes('.') ? digits : maskText(digits);
    return masked === digits ? value : masked;
  }
  if (Array.isArray(value)) return value.map((item) => maskValue(item, about, depth + 1));
  if (typeof value === 'object' && value !== null) {
    const isPerson = personKey.test(about);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, maskEntry(key, inner, { isPerson, depth })]),
    );
  }
  return typeof value === 'string' ? maskString(value, depth) : value;
}

/** Whole texts hold fields as well: a till without a mapping sends forms and XML, and many put JSON into a field. */
const maskString = (text: string, depth: number): string =>
  maskWritten(text, personalAt(depth)) ?? maskText(text);

const personalAt = (depth: number): Masking => ({
  tree: (value) => maskValue(value, '', depth + 1),
  field: (name, value, about) => maskField(name, value, { isPerson: personKey.test(about), depth }),
  isMasked: (name) => maskNamed(name, 'something', true) !== null,
});

function maskEntry(key: string, value: unknown, { isPerson, depth }: Field): unknown {
  const text = typeof value === 'string' ? value : digitsOf(value);
  const masked = text === null ? null : maskNamed(key, text, isPerson);
  return masked ?? maskValue(value, key, depth + 1);
}

type Field = { readonly isPerson: boolean; readonly depth: number };

/** Of a text by its name alone, or by what stands in it. */
const maskField = (key: string, text: string, { isPerson, depth }: Field): string =>
  maskNamed(key, text, isPerson) ?? (depth > depthMax ? '…' : maskString(text, depth + 1));

/** Null when the name says nothing. */
function maskNamed(name: string, text: string, isPerson: boolean): string | null {
  const key = name.slice(-keyLengthMax);
  if (phoneKey.test(key)) return text === '' ? '' : maskPhone(text);
  if (openidKey.test(key)) return maskOpenid(text);
  if (personNameKey.test(key) || (isPerson && nameKey.test(key))) return maskName(text);
  const isHidden = addressKey.test(key) || (isPerson && fileKey.test(key));
  return isHidden && text !== '' ? '****' : null;
}

/** A stored body without personal data and secrets. One in which no field is found cannot be masked and is not shown. */
export function maskBody(body: string, type: string): string {
  const parsed = parseExact(body);
  if (parsed.ok) return JSON.stringify(maskSecrets(maskSubject(parsed.value, type)));
  const masked = maskFields(body, personalAt(0));
  return masked === null
    ? `(not JSON, ${body.length} characters)`
    : (maskFields(masked, secretsIn(0)) ?? masked);
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
