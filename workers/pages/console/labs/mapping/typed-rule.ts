/** 填回表里: a rule of a mapping as what stands in the form, where the form has a place for all that it says. */
import { yuanFigure } from '../../../../decide/plain/yuan.ts';
import type { Typed } from '../../form/typed.ts';
import { fieldsOfType, type EventField } from './fields.ts';
import { beside, lastOf, ownNumber, pathText, ruleOf, tests, type Json, type Rule } from './rule.ts';

/** Null for a rule that says what the form has no place for: it is changed as text. */
export function typeRule(rule: Rule): Typed | null {
  const typed = new URLSearchParams();
  const type = typeIn(rule);
  typed.set('type', type);
  const when = Array.isArray(rule['when']) ? rule['when'] : [];
  when.forEach((one: unknown, place) => typeCondition(jsonOf(one), String(place), typed));
  const data = jsonOf(jsonOf(rule['data'])['object']);
  const version = data['version'] ?? rule['version'];
  const whole = version === undefined ? data : { ...data, version };
  for (const field of fieldsOfType(type)) typeNode(field, whole[lastOf(field.name)], typed);
  typePath(typed, beside.at, rule['occurredAt']);
  const own = ownNumber(fieldsOfType(type), typed);
  const id = pathText(jsonOf(rule['id'])['path'] ?? '');
  if (id !== own) typed.set(`f:${beside.id}`, id);
  return said(ruleOf(typed)) === said(rule) ? typed : null;
}

export const jsonOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
export const typeIn = ({ type }: Rule): string => (typeof type === 'string' ? type : '');

function typePath(typed: Typed, name: string, node: unknown): void {
  const { path } = jsonOf(node);
  if (path !== undefined) typed.set(`f:${name}`, pathText(path));
}

function typeCondition(one: Json, place: string, typed: Typed): void {
  typed.set(`w:${place}`, pathText(one['path']));
  const test = one['present'] === false ? 'absent' : (tests.find((word) => one[word] !== undefined) ?? 'is');
  typed.set(`o:${place}`, test);
  if (test === 'is' || test === 'not') typed.set(`v:${place}`, [one[test]].flat().join(','));
}

function typeNode(field: EventField, given: unknown, typed: Typed): void {
  const { name, kind, inner } = field;
  const node = jsonOf(given);
  if (kind === 'object' || kind === 'list') {
    if (node['each'] !== undefined) typed.set(`f:${name}`, pathText(node['each']));
    const object = jsonOf(kind === 'list' ? jsonOf(node['map'])['object'] : node['object']);
    for (const one of inner) typeNode(one, object[lastOf(one.name)], typed);
    return;
  }
  if (node['const'] !== undefined) {
    const value = node['const'];
    typed.set(`f:${name}`, `=${kind === 'fen' ? yuanFigure(Number(value)) : textOf(value)}`);
    return;
  }
  const path = node['each'] ?? node['path'];
  if (path === undefined) return;
  typed.set(`f:${name}`, pathText(path));
  if (kind === 'fen' || kind === 'qty')
    typed.set(`u:${name}`, [node['as'], node['sign']].filter(Boolean).join(':'));
  if (node['times'] !== undefined) typed.set(`t:${name}`, pathText(node['times']));
  if (typeof node['default'] === 'string') typed.set(`d:${name}`, node['default']);
  if (Array.isArray(node['none'])) typed.set(`n:${name}`, node['none'].join(','));
  for (const [value, words] of Object.entries(jsonOf(node['values'])))
    typed.set(`e:${name}:${value}`, [words].flat().join(','));
}

/** The same for two ways to say one thing: the order of keys, and what goes without saying. */
function said(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(said).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const parts = Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'required' || (key === 'as' && inner === 'string') || (key === 'when' && said(inner) === '[]')
      ? []
      : [`${key}:${said(inner)}`],
  );
  return `{${parts.toSorted().join()}}`;
}
