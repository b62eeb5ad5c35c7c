/** 字段表: which fields a sender may send, and how each is written, so that a signed text has only one reading. */
import * as z from 'zod';
import { utf8 } from './bytes.ts';
import { readJsonText } from './content.ts';

export const fieldFormats = ['digits', 'word', 'decimal', 'time', 'json', 'text'] as const;
export type FieldFormat = (typeof fieldFormats)[number];

const patterns: Readonly<Record<Exclude<FieldFormat, 'json'>, RegExp>> = {
  digits: /^\d{1,32}$/,
  word: /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,255}$/,
  decimal: /^-?\d{1,16}(?:\.\d{1,6})?$/,
  time: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  text: /^\P{Cc}*$/u,
};

/** `json` is one object, or a list, with no key twice. */
export function isWritten(value: string, format: FieldFormat): boolean {
  return format === 'json' ? readJsonText(utf8(value), '{[') !== null : patterns[format].test(value);
}

const Formats = z.record(z.string().min(1).max(64), z.enum(fieldFormats));

export const FieldRules = z.strictObject({
  required: Formats,
  optional: Formats.default({}),
  /** Exactly one of these fields, when a sender expresses the type by the field's name. */
  oneOf: Formats.optional(),
});
export type FieldRules = z.infer<typeof FieldRules>;

/** True when these are exactly the agreed fields, each in the agreed form. */
export function areAgreed(fields: ReadonlyMap<string, string>, rules: FieldRules): boolean {
  const { required, optional, oneOf = {} } = rules;
  for (const [name, value] of fields) {
    const format = own(required, name) ?? own(optional, name) ?? own(oneOf, name);
    if (format === undefined || !isWritten(value, format)) return false;
  }
  if (!Object.keys(required).every((name) => fields.has(name))) return false;
  if (rules.oneOf === undefined) return true;
  return Object.keys(oneOf).filter((name) => fields.has(name)).length === 1;
}

const own = (formats: Readonly<Record<string, FieldFormat>>, name: string): FieldFormat | undefined =>
  Object.hasOwn(formats, name) ? formats[name] : undefined;
