/** 标准字段: what the events of ours hold, field by field, read from their own schema; a new field needs no work here. */
import * as z from 'zod';
import { ToldEvent } from '../../../../../schema/index.ts';

export type EventField = {
  /** `lines.sku`, without numbers. */
  readonly name: string;
  readonly kind:
    | 'object'
    | 'list'
    | 'texts'
    | 'fen'
    | 'whole'
    | 'qty'
    | 'moment'
    | 'day'
    | 'yes'
    | 'enum'
    | 'phone'
    | 'id'
    | 'text';
  /** Without it there is no event; a part of something that may be left out may be left out itself. */
  readonly isRequired: boolean;
  readonly values: readonly string[];
  readonly inner: readonly EventField[];
};

type Json = {
  readonly type?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
};

let known: ReadonlyMap<string, readonly EventField[]> | null = null;

/** Of `data`; nothing for a type that is none of ours, or that only is. */
export function fieldsOfType(type: string): readonly EventField[] {
  if (known === null) {
    const { oneOf = [] } = z.toJSONSchema(ToldEvent, { io: 'output', unrepresentable: 'any' }) as Json;
    known = new Map(
      oneOf.map(({ properties = {} }) => [
        properties['type']?.const ?? '',
        properties['data'] ? fieldsIn(properties['data'], '', true) : [],
      ]),
    );
  }
  return known.get(type) ?? [];
}

const fieldsIn = ({ properties = {}, required = [] }: Json, above: string, isNeeded: boolean): EventField[] =>
  Object.entries(properties).map(([last, json]) =>
    fieldOf(above + last, json, isNeeded && required.includes(last) && json.default === undefined),
  );

function fieldOf(name: string, given: Json, isRequired: boolean): EventField {
  const json = given.anyOf?.find(({ type }) => type !== 'null') ?? given;
  const { items, properties } = json;
  const common = { name, isRequired, values: json.enum ?? [], inner: [] };
  if (properties) return { ...common, kind: 'object', inner: fieldsIn(json, `${name}.`, isRequired) };
  if (items?.properties) return { ...common, kind: 'list', inner: fieldsIn(items, `${name}.`, isRequired) };
  return { ...common, kind: items ? 'texts' : kindOf(name, json) };
}

const byName: readonly (readonly [RegExp, EventField['kind']])[] = [
  [/Fen$/, 'fen'],
  [/(^|\.)quantity$/, 'qty'],
  [/(At|Until)$/, 'moment'],
  [/(^|\.)phone$/, 'phone'],
  [/((^|\.)(id|sku|item)|No|Id|Code)$/, 'id'],
];

function kindOf(name: string, { type, format, enum: values }: Json): EventField['kind'] {
  if (values) return 'enum';
  if (type === 'boolean') return 'yes';
  if (format === 'date') return 'day';
  const named = byName.find(([shape]) => shape.test(name))?.[1];
  return named ?? (type === 'integer' || type === 'number' ? 'whole' : 'text');
}
