/** 读表单: what was typed, as the value that the command's schema parses; and a value as what stands in the form. */
import { defaultTimezone } from '../../../../schema/index.ts';
import { atHour, localDate } from '../../../decide/plain/dates.ts';
import { yuanFigure } from '../../../decide/plain/yuan.ts';
import type { Field, Leaf, OneOf } from './field.ts';
import { codesIn, wordsIn, type Typed } from './typed.ts';

const zone = defaultTimezone;
const minuteMs = 60_000;
export const at = (path: string, part: string): string => (path === '' ? part : `${path}.${part}`);
export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Undefined where nothing was typed: the schema then says whether it may be left out. */
export function readForm(field: Field, typed: Typed, path = ''): unknown {
  if (field.is === 'group') return group(field.fields, typed, path);
  if (field.is === 'one-of') return shape(field, typed, path);
  if (field.is === 'pairs') return pairs(field.item, typed, path);
  if (field.is !== 'several') return leaf(field, typed, path);
  const count = countOf(typed, path);
  return Array.from({ length: count }, (_, place) => readForm(field.item, typed, `${path}[${place}]`));
}

/** `path` is that of the group it stands in. */
export const isAbsent = ({ absentWhen }: Field, typed: Typed, path: string): boolean =>
  absentWhen !== undefined && (typed.get(at(path, absentWhen.beside)) ?? absentWhen.is) === absentWhen.is;

const group = (fields: readonly Field[], typed: Typed, path: string): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      if (isAbsent(field, typed, path)) return [];
      const part = lastOf(field.name);
      const value = readForm(field, typed, at(path, part));
      return value === undefined ? [] : [[part, value]];
    }),
  );

function shape(field: OneOf, typed: Typed, path: string): unknown {
  const chosen = typed.get(choiceName(field, path)) ?? field.options[0]?.value;
  const option = field.options.find(({ value }) => value === chosen) ?? field.options[0];
  if (!option) return undefined;
  if (option.isAll) return { [option.value]: true };
  const fields = group(option.fields, typed, path);
  return field.tag === null ? fields : { [field.tag]: option.value, ...fields };
}

/** Where the shape is told apart by no value, a name of the form's own says which it is. */
export const choiceName = ({ tag }: OneOf, path: string): string => at(path, tag ?? '~shape');

function pairs(item: Field, typed: Typed, path: string): Record<string, unknown> {
  const entries = Array.from({ length: countOf(typed, path) }, (_, place): [string, unknown] => {
    const own = `${path}[${place}]`;
    return [typed.get(`${own}~name`)?.trim() ?? '', readForm(item, typed, own) ?? ''];
  });
  return Object.fromEntries(entries.filter(([name]) => name !== ''));
}

const severalMax = 500;
export const countName = (path: string): string => `${path}~count`;
export const countOf = (typed: Typed, path: string): number => {
  const given = Number(typed.get(countName(path)) ?? 0);
  return Number.isInteger(given) && given > 0 ? Math.min(given, severalMax) : 0;
};

function leaf(field: Leaf, typed: Typed, path: string): unknown {
  if (field.is === 'tick') return typed.get(path) === 'yes';
  if (field.is === 'choices') return typed.getAll(path).filter((one) => one !== '');
  if (field.picks) return codesOrNone(codesIn(typed, path));
  // Of boxes, each that is ticked is sent; of a text there is one.
  const text = typed.getAll(path).join('\n').toWellFormed().trim();
  if (text === '') return field.isNullable && !field.isRequired ? null : undefined;
  if (field.is === 'measured') return scaled(text, isMoney(typed, path) ? 2 : 0);
  const value = (written[field.is] ?? plain)(text);
  const { instead } = field;
  return instead !== undefined && wordsIn(text).includes(instead) ? instead : value;
}

export const isMoney = (typed: Typed, path: string): boolean =>
  typed.get(path.replace(/[^.]+$/, 'measure')) === 'amount';

const plain = (text: string): unknown => text;
const codesOrNone = (codes: string[]): string[] | undefined => (codes.length === 0 ? undefined : codes);

/** How a value of each kind is written; the others are as they stand. */
const written: Partial<Record<Leaf['is'], (text: string) => unknown>> = {
  words: wordsIn,
  money: (text) => scaled(text, 2),
  discount: (text) => scaled(text, 3),
  percent: (text) => scaled(text, 2),
  whole: (text) => scaled(text, 0),
  decimal: (text) => scaled(text, 0),
  moment: momentOf,
  maybe: (text) => text === 'yes',
};

/** Full-width digits and thousands' commas are how people write; what is no number goes on as text, and is refused by name. */
function scaled(text: string, places: number): unknown {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[,，\s]/g, '')
    .replace(/[元折]$/, '')
    .replace(/^[¥￥]/, '');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return text;
  const [whole = '', part = ''] = plain.split('.');
  if (places > 0 && part.length > places) return text;
  return places === 0 ? Number(plain) : Number(`${whole}${part.padEnd(places, '0')}`);
}

/** `2026-11-30T09:00` in the shop's zone. */
function momentOf(text: string): string {
  const [, on, hour, minute] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})/.exec(text) ?? [];
  if (on === undefined || !Number.isFinite(Date.parse(on))) return text;
  const ms = atHour(on, 0, zone) + (Number(hour) * 60 + Number(minute)) * minuteMs;
  return new Date(ms).toISOString();
}

/** What stands in the form for a value. */
export function typeForm(
  field: Field,
  value: unknown,
  typed: Typed = new URLSearchParams(),
  path = '',
): Typed {
  const part = (name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const all = (fields: readonly Field[]): void => {
    for (const one of fields)
      typeForm(one, part(lastOf(one.name)) ?? one.fallback, typed, at(path, lastOf(one.name)));
  };
  if (field.is === 'group') all(field.fields);
  else if (field.is === 'several') {
    const rows = Array.isArray(value) ? value : [];
    typed.set(countName(path), String(rows.length));
    rows.forEach((row: unknown, place) => typeForm(field.item, row, typed, `${path}[${place}]`));
  } else if (field.is === 'one-of') {
    const option =
      field.options.find((one) =>
        field.tag === null ? part(one.value) !== undefined : part(field.tag) === one.value,
      ) ?? field.options[0];
    if (option) {
      typed.set(choiceName(field, path), option.value);
      all(option.fields);
    }
  } else if (field.is === 'pairs') {
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    typed.set(countName(path), String(entries.length));
    entries.forEach(([name, one], place) => {
      typed.set(`${path}[${place}]~name`, name);
      typeForm(field.item, one, typed, `${path}[${place}]`);
    });
  } else typeLeaf(field, value, typed, path);
  return typed;
}

function typeLeaf(field: Leaf, value: unknown, typed: Typed, path: string): void {
  if (value === undefined || value === null) return;
  if (field.is === 'tick' || field.is === 'maybe') typed.set(path, value === true ? 'yes' : 'no');
  else if (field.is === 'choices' || field.picks)
    for (const one of value as unknown[]) typed.append(path, String(one));
  else if (field.is === 'words')
    typed.set(path, value === field.instead ? field.instead : (value as unknown[]).join('\n'));
  else if (field.is === 'money' || (field.is === 'measured' && isMoney(typed, path)))
    typed.set(path, yuanFigure(Number(value)));
  else if (field.is === 'discount') typed.set(path, String(Number(value) / 1000));
  else if (field.is === 'percent') typed.set(path, String(Number(value) / 100));
  else if (field.is === 'moment') typed.set(path, typedMoment(textOf(value)));
  else typed.set(path, textOf(value));
}

/** A value of a schema's own leaf: text, a number or a boolean. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function typedMoment(instant: string): string {
  const ms = Date.parse(instant);
  const on = localDate(ms, zone);
  const minutes = Math.floor((ms - atHour(on, 0, zone)) / minuteMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${on}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
