/** 一条规则 as a form holds it: what was typed as a rule of a mapping, and a rule as what stands in the form. */
import { wordsIn, type Typed } from '../../form/typed.ts';
import { fieldsOfType, type EventField } from './fields.ts';

export type Json = { readonly [name: string]: unknown };
export type Rule = Json;

/** 忽略: no event, but none that is parked either. */
export const ignored = 'ignore';
export const usualType = 'sale.completed';
/** Beside the fields of the event: when it happened, and by what it is told from others. */
export const beside = { at: '~at', id: '~id' } as const;
export const whenMax = 4;
/** How the words of a condition are meant. */
export const tests = ['is', 'not', 'present', 'absent', 'negative'] as const;

export const textIn = (typed: Typed, name: string): string => typed.get(name)?.trim() ?? '';
const pathIn = (typed: Typed, name: string): string => textIn(typed, `f:${name}`);

/** `["a.b","c"]` for keys with dots in them. */
function pathOf(text: string): unknown {
  if (!text.startsWith('[')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
export const pathText = (path: unknown): string => (typeof path === 'string' ? path : JSON.stringify(path));

export function ruleOf(typed: Typed): Rule {
  const type = textIn(typed, 'type') || usualType;
  const when = Array.from({ length: whenMax }, (_, place) => conditionOf(typed, String(place))).filter(
    (one) => one !== null,
  );
  const fields = fieldsOfType(type);
  const { version, ...data } = objectOf(fields, typed) ?? {};
  const at = pathIn(typed, beside.at);
  const id = pathIn(typed, beside.id) || ownNumber(fields, typed);
  // A sale's version is told beside it; of anything else it is a field as well.
  const whole = { ...(version !== undefined && type !== usualType && { version }), ...data };
  return {
    ...(when.length > 0 && { when }),
    type,
    ...(id !== '' && { id: { path: pathOf(id), as: 'id' } }),
    ...(version !== undefined && { version }),
    ...(at !== '' && { occurredAt: { path: pathOf(at), as: 'datetime', required: true } }),
    ...(Object.keys(whole).length > 0 && { data: { object: whole } }),
  };
}

/** The number of the receipt, the return or the member. */
export const ownNumber = (fields: readonly EventField[], typed: Typed): string =>
  fields.map(({ name, kind }) => (kind === 'id' ? pathIn(typed, name) : '')).find(isPath) ?? '';
const isPath = (text: string): boolean => text !== '' && !text.startsWith('=');

function conditionOf(typed: Typed, place: string): Json | null {
  const path = textIn(typed, `w:${place}`);
  if (path === '') return null;
  const test = textIn(typed, `o:${place}`) || 'is';
  if (test === 'negative') return { path: pathOf(path), negative: true };
  if (test === 'present' || test === 'absent') return { path: pathOf(path), present: test === 'present' };
  const [only = '', ...more] = wordsIn(typed.get(`v:${place}`) ?? '');
  return { path: pathOf(path), [test]: more.length > 0 ? [only, ...more] : only };
}

export const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function objectOf(fields: readonly EventField[], typed: Typed): Json | null {
  const parts = fields.flatMap((field): [string, unknown][] => {
    const node = nodeOf(field, typed);
    return node === null ? [] : [[lastOf(field.name), node]];
  });
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}

function nodeOf(field: EventField, typed: Typed): Json | null {
  const { name, kind, inner } = field;
  const text = pathIn(typed, name);
  if (kind === 'object' || kind === 'list') {
    const object = objectOf(inner, typed);
    if (kind === 'object') return object && { object };
    return text === '' || object === null ? null : { each: pathOf(text), map: { object } };
  }
  if (text === '') return null;
  if (kind === 'texts') return { each: pathOf(text), map: { path: '.', as: 'id' } };
  return text.startsWith('=') ? { const: constOf(kind, text.slice(1).trim()) } : valueOf(field, typed, text);
}

const asOf: Readonly<Record<string, string>> = {
  fen: 'yuan',
  whole: 'fen',
  qty: 'qty',
  moment: 'datetime',
  day: 'date',
  yes: 'bool',
  enum: 'enum',
  phone: 'phone',
  id: 'id',
};

/** A constant of money is written in yuan. */
function constOf(kind: EventField['kind'], text: string): string | number | boolean {
  if (kind === 'yes') return ['是', 'true', '1'].includes(text);
  const figure = Number(text);
  if (text === '' || !Number.isFinite(figure)) return text;
  if (kind === 'fen') return Math.round(figure * 100);
  return kind === 'whole' ? figure : text;
}

function valueOf({ name, kind, values, isRequired }: EventField, typed: Typed, path: string): Json {
  const [as = '', sign] = (textIn(typed, `u:${name}`) || (asOf[kind] ?? '')).split(':');
  const [none, times, fallback] = [
    wordsIn(typed.get(`n:${name}`) ?? ''),
    textIn(typed, `t:${name}`),
    textIn(typed, `d:${name}`),
  ];
  const listed = values.map((value) => [value, wordsIn(typed.get(`e:${name}:${value}`) ?? '')] as const);
  const said = listed.filter(([, words]) => words.length > 0);
  return {
    path: pathOf(path),
    ...(as !== '' && { as }),
    ...(sign !== undefined && { sign }),
    ...(none.length > 0 && { none }),
    ...(times !== '' && { times: pathOf(times) }),
    // Where nothing is said, the till speaks our words.
    ...(kind === 'enum' && {
      values: Object.fromEntries(said.length > 0 ? said : values.map((value) => [value, [value]])),
    }),
    ...(fallback !== '' && { default: fallback }),
    ...(isRequired && { required: true }),
  };
}
