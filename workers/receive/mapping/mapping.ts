/** 映射: a specification ready to read payloads; built once while the source's configuration is cached. */
import type { Fault } from '../../../schema/index.ts';
import type { Tree } from '../../lossless/json.ts';
import { valueAt } from '../lossless/tree.ts';
import { compileConditions, compileNode, type Test } from './compile.ts';
import { decodeBody, keysOf, type Decoded } from './values/decode.ts';
import type { Scope } from './paths.ts';
import { newRun, type Maker } from './run.ts';
import type { MappingSpec, Rule } from './spec.ts';

export type Mapping = {
  readonly decode: (text: string) => Decoded;
  readonly read: (document: Tree) => Mapped;
};

/** The result of the first matching rule. */
export type Mapped = {
  /** `unknown` when no rule matches. */
  readonly type: Rule['type'] | 'unknown';
  readonly id: string | null;
  readonly version: string | null;
  readonly isTest: boolean;
  readonly note: string | null;
  /** The canonical event before validation, and the faults of reading it. */
  readonly event: () => {
    readonly event: CanonicalDraft;
    readonly faults: readonly Fault[];
    readonly unreadPhones: readonly string[];
  };
};
export type CanonicalDraft = {
  readonly type: string;
  readonly occurredAt?: unknown;
  readonly data?: unknown;
};

type Compiled = {
  readonly rule: Rule;
  readonly holds: Test;
  readonly isTest: Test;
  readonly id: Maker;
  readonly version: Maker | null;
  readonly occurredAt: Maker | null;
  readonly data: Maker | null;
};

export function compileMapping(spec: MappingSpec, zone: string): Mapping {
  const rules = spec.events.map((rule): Compiled => ({
    rule,
    holds: compileConditions(rule.when),
    isTest: rule.test ? compileConditions(rule.test) : () => false,
    id: compileNode(rule.id, zone),
    version: rule.version ? compileNode(rule.version, zone) : null,
    occurredAt: rule.occurredAt ? compileNode(rule.occurredAt, zone) : null,
    data: rule.data ? compileNode(rule.data, zone) : null,
  }));
  return {
    decode: (text) => decodeBody(text, spec.decode, spec.each),
    read: (document) => {
      const scope = scopeOf(document, spec.each);
      const found = rules.find(({ holds }) => holds(scope));
      return found ? readWith(found, scope) : unmatched;
    },
  };
}

const unmatched: Mapped = {
  type: 'unknown',
  id: null,
  version: null,
  isTest: false,
  note: null,
  event: () => ({ event: { type: 'unknown' }, faults: [], unreadPhones: [] }),
};

/** Reads inside one element of the list, with the payload as the level above. */
function scopeOf(document: Tree, each: MappingSpec['each']): Scope {
  const top = { tree: document, above: null };
  if (each === undefined) return top;
  const path = keysOf(each);
  const element = valueAt(document, [...(path[0] === '.' ? [] : path), '0']);
  // Records polled one by one come without their list.
  return element === undefined ? { tree: document, above: null } : { tree: element, above: top };
}

function readWith(found: Compiled, scope: Scope): Mapped {
  const { rule, id, version, occurredAt, data } = found;
  const key = newRun();
  const versionText = textOrNull(version?.(scope, key));
  return {
    type: rule.type,
    id: textOrNull(id(scope, key)),
    version: versionText,
    isTest: found.isTest(scope),
    note: rule.note ?? null,
    event: () => {
      const run = newRun();
      const at = occurredAt?.(scope, run) ?? null;
      const made = withVersion(rule.type, data?.(scope, run) ?? null, versionText);
      const event = {
        type: rule.type,
        ...(at !== null && { occurredAt: at }),
        ...(made !== null && { data: made }),
      };
      return { event, faults: [...key.faults, ...run.faults], unreadPhones: run.unreadPhones };
    },
  };
}

/** A sale's data holds its version, so the id does not repeat it. */
function withVersion(type: Rule['type'], data: unknown, version: string | null): unknown {
  if (type !== 'sale.completed' || version === null || typeof data !== 'object' || data === null) return data;
  return 'version' in data ? data : { ...data, version };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
