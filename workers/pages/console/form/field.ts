/** 表单的样子: what a form has to ask, read from the schema of the command that it sends. A new kind needs no page work. */
import * as z from 'zod';

type Common = {
  /** As in a fault's path, without numbers: `rewards.minFen`. Labels are found by it. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly fallback: unknown;
  /** Not asked for while the choice beside it says so, or says nothing: a whole receipt has no codes to name. */
  readonly absentWhen?: { readonly beside: string; readonly is: string };
};

export type Leaf = Common & {
  readonly is:
    | 'text'
    | 'long'
    | 'whole'
    | 'decimal'
    /** Money or pieces, as `measure` beside it says. */
    | 'measured'
    | 'money'
    | 'discount'
    | 'percent'
    | 'moment'
    | 'day'
    | 'tick'
    | 'maybe'
    | 'choice'
    | 'words'
    | 'choices';
  readonly choices: readonly string[];
  readonly max: number | null;
  readonly isNullable: boolean;
  /** Another choice asks for other fields. */
  readonly isRedrawing?: true;
  /** One word that may stand instead of the whole list. */
  readonly instead?: string;
  /** Codes of goods or stores, of the kind that the choice beside them says. */
  readonly picks?: { readonly beside: 'kind' | 'scope' };
};
export type Group = Common & { readonly is: 'group'; readonly fields: readonly Field[] };
export type Several = Common & { readonly is: 'several'; readonly item: Field; readonly max: number };
/** One of several shapes, told apart by a value of `tag`; without one, by which of them is there. */
export type OneOf = Common & {
  readonly is: 'one-of';
  readonly tag: string | null;
  readonly options: readonly Option[];
};
/** `isAll`: chosen, it is `{ [value]: true }`. */
export type Option = Readonly<{ value: string; fields: readonly Field[]; isAll?: true }>;
/** Names that the merchant chooses, each with its value. */
export type Pairs = Common & { readonly is: 'pairs'; readonly item: Field };

export type Field = Leaf | Group | Several | OneOf | Pairs;

type Json = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
  readonly default?: unknown;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: Json | boolean;
};

const known = new WeakMap<z.ZodType, Field>();

/** Drawn once for each schema. */
export function fieldOf(schema: z.ZodType): Field {
  const before = known.get(schema);
  if (before) return before;
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const drawn = draw('', json, true);
  known.set(schema, drawn);
  return drawn;
}

const join = (name: string, part: string): string => (name === '' ? part : `${name}.${part}`);
const itemsMax = 200;

function draw(name: string, json: Json, isRequired: boolean): Field {
  const { plain, isNullable } = withoutNull(json);
  const common = { name, isRequired: isRequired && json.default === undefined, fallback: json.default };
  const shapes = plain.oneOf ?? plain.anyOf;
  const [list, word] = shapes ?? [];
  if (list?.items && typeof word?.const === 'string')
    return { ...common, ...leafOf(name, list), isNullable, instead: word.const };
  if (shapes) return oneOf(common, shapes);
  if (plain.properties) return { ...common, is: 'group', fields: fieldsOf(name, plain) };
  if (typeof plain.additionalProperties === 'object' && plain.type === 'object')
    return {
      ...common,
      is: 'pairs',
      item: draw(valueName(name, plain.additionalProperties), plain.additionalProperties, true),
    };
  if (plain.type === 'array' && plain.items && !isPlainText(plain.items))
    return { ...common, is: 'several', item: draw(name, plain.items, true), max: plain.maxItems ?? itemsMax };
  const leaf = leafOf(name, plain);
  // Yes, no, or never said: a box to tick knows only two of them.
  return { ...common, ...leaf, is: leaf.is === 'tick' && isNullable ? 'maybe' : leaf.is, isNullable };
}

const isMeasured = (name: string, { properties = {} }: Json): boolean =>
  name === 'atLeast' && properties['measure'] !== undefined;

const wholeOrder = 'order';
const ofGoods = 'sku';
const ofStores = 'store';

/** The choice that says what `ids` are codes of. */
function besideIds({ properties = {} }: Json): 'kind' | 'scope' | null {
  const { ids, kind, scope } = properties;
  if (!ids) return null;
  if (scope?.enum?.includes(ofGoods)) return 'scope';
  return kind?.enum?.includes(ofGoods) || kind?.const === ofStores ? 'kind' : null;
}

function scoped(part: string, field: Field, beside: 'kind' | 'scope'): Field {
  if (part === beside && field.is === 'choice') return { ...field, isRedrawing: true };
  if (part !== 'ids' || field.is !== 'words') return field;
  const absent = beside === 'scope' && { absentWhen: { beside, is: wholeOrder } };
  return { ...field, ...absent, picks: { beside } };
}

const fieldsOf = (name: string, whole: Json, except: string | null = null): Field[] => {
  const { properties = {}, required = [] } = whole;
  const beside = besideIds(whole);
  return Object.entries(properties)
    .filter(([part]) => part !== except)
    .map(([part, json]) => {
      const field = draw(join(name, part), json, required.includes(part));
      if (isMeasured(part, whole) && field.is === 'whole') return { ...field, is: 'measured' };
      return beside === null ? field : scoped(part, field, beside);
    });
};

function oneOf(common: Common, shapes: readonly Json[]): OneOf {
  const tag = Object.keys(shapes[0]?.properties ?? {}).find((part) =>
    shapes.every(({ properties }) => properties?.[part]?.const !== undefined),
  );
  const options = shapes.map((shape): Option => {
    const [only = ''] = Object.keys(shape.properties ?? {});
    if (shape.properties?.[only]?.const === true) return { value: only, fields: [], isAll: true };
    const value = tag === undefined ? only : String(shape.properties?.[tag]?.const ?? '');
    return { value, fields: fieldsOf(common.name, shape, tag ?? null) };
  });
  return { ...common, is: 'one-of', tag: tag ?? null, options };
}

function withoutNull(json: Json): { readonly plain: Json; readonly isNullable: boolean } {
  const { anyOf, type } = json;
  if (Array.isArray(type)) {
    const [only] = type.filter((one) => one !== 'null');
    return {
      plain: { ...json, ...(only !== undefined && { type: only }) },
      isNullable: type.includes('null'),
    };
  }
  const others = anyOf?.filter((shape) => shape.type !== 'null');
  if (!anyOf || !others || others.length === anyOf.length) return { plain: json, isNullable: false };
  const [only] = others;
  return { plain: others.length === 1 && only ? only : { anyOf: others }, isNullable: true };
}

/** A value that is one field has words of its own; of several fields, each has. */
const valueName = (name: string, { properties }: Json): string => (properties ? name : join(name, '~value'));

const isPlainText = ({ type, properties, oneOf: one, anyOf }: Json): boolean =>
  type === 'string' && !properties && !one && !anyOf;

/** Names end with their unit, so the unit says how a number is written. */
const unitOf = (name: string): Leaf['is'] =>
  name.endsWith('Fen') ? 'money' : name.endsWith('Bps') ? bpsOf(name) : 'whole';
const bpsOf = (name: string): Leaf['is'] => (name.endsWith('payBps') ? 'discount' : 'percent');
const longFrom = 100;

function leafOf(name: string, json: Json): Pick<Leaf, 'is' | 'choices' | 'max'> {
  const none = { choices: [], max: json.maxLength ?? null };
  if (json.enum) return { is: 'choice', choices: json.enum, max: null };
  if (json.type === 'boolean') return { ...none, is: 'tick' };
  if (json.type === 'integer') return { ...none, is: unitOf(name) };
  if (json.type === 'number') return { ...none, is: 'decimal' };
  if (json.type === 'array')
    return json.items?.enum
      ? { is: 'choices', choices: json.items.enum, max: null }
      : { ...none, is: 'words' };
  if (json.format === 'date-time') return { ...none, is: 'moment' };
  if (name.endsWith('On')) return { ...none, is: 'day' };
  return {
    ...none,
    is: (json.maxLength ?? 0) > longFrom && !/(^|\.)(name|id|\w*Id)$/.test(name) ? 'long' : 'text',
  };
}
