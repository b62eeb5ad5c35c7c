/** 字段表: which fields a sender may send, and how each is written, so that a signed text splits in one way only. */
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
  /** Exactly one of these, where a sender says what it is about by the name of the field. */
  oneOf: Formats.optional(),
});
export type FieldRules = z.infer<typeof FieldRules>;

/** Whether these are all of the agreed fields, each written as agreed, and no others. */
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
