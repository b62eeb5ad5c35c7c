/** 读单: a payload read field by field into our units; each unreadable field is noted once, under the sender's name. */
import { defaultTimezone, type Fault } from '../../../schema/index.ts';
import {
  fenOfYuan,
  toBool,
  toDate,
  toFen,
  toId,
  toInstant,
  toMemberId,
  toMilli,
  toPhone,
  toQuantity,
  toText,
  type Converted,
  type NumberOptions,
} from '../mapping/values/convert.ts';
import { isUnreadPhone } from '../../decide/plain/phones.ts';
import type { TimeFormat } from '../mapping/values/instant.ts';
import type { Tree } from '../../lossless/json.ts';
import { listOf, textOf, valueAt, type Path } from './tree.ts';

/** `a.b` is a path, `a|b` the first of two names that is there. Every method returns null when nothing was given. */
export type Reader = {
  readonly tree: Tree;
  /** Shared by all readers of one payload. */
  readonly faults: Fault[];
  /** Fields that should have held a phone; shared as well. */
  readonly unreadPhones: string[];
  readonly raw: (names: string) => Tree | undefined;
  readonly has: (names: string) => boolean;
  readonly text: (names: string, lengthMax?: number) => string | null;
  readonly id: (names: string) => string | null;
  /** Null also for a number that means nobody, such as 0. */
  readonly memberId: (names: string) => string | null;
  readonly fenOfYuan: (names: string, options?: NumberOptions) => number | null;
  readonly fen: (names: string, options?: NumberOptions) => number | null;
  readonly milli: (names: string, options?: NumberOptions) => number | null;
  readonly quantity: (names: string, options?: NumberOptions) => string | null;
  readonly bool: (names: string) => boolean | null;
  readonly instant: (names: string, format?: TimeFormat) => string | null;
  readonly date: (names: string) => string | null;
  readonly phone: (names: string) => string | null;
  readonly at: (names: string) => Reader;
  readonly each: (names: string) => readonly Reader[];
};

export type Place = {
  readonly zone?: string;
  readonly name?: string;
  readonly faults?: Fault[];
  readonly unreadPhones?: string[];
};

export function readerOf(tree: Tree, place: Place = {}): Reader {
  const { zone = defaultTimezone, name = '', faults = [], unreadPhones = [] } = place;
  const raw = (names: string): Tree | undefined => {
    for (const path of pathsOf(names)) {
      const value = valueAt(tree, path);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  };
  const take = <Value>(names: string, converted: Converted<Value>): Value | null => {
    if (converted.ok) return converted.value;
    faults.push({ field: `${name}${names}`, says: converted.why });
    return null;
  };
  const inner = (value: Tree | undefined, names: string): Reader =>
    readerOf(value ?? null, { zone, faults, unreadPhones, name: `${name}${names}.` });
  return {
    tree,
    faults,
    unreadPhones,
    raw,
    has: (names) => raw(names) !== undefined,
    text: (names, lengthMax) => take(names, toText(raw(names), lengthMax)),
    id: (names) => take(names, toId(raw(names))),
    memberId: (names) => take(names, toMemberId(raw(names))),
    fenOfYuan: (names, options) => take(names, fenOfYuan(raw(names), options)),
    fen: (names, options) => take(names, toFen(raw(names), options)),
    milli: (names, options) => take(names, toMilli(raw(names), { ...weighed, ...options })),
    quantity: (names, options) => take(names, toQuantity(raw(names), { ...weighed, ...options })),
    bool: (names) => take(names, toBool(raw(names))),
    instant: (names, format) => take(names, toInstant(raw(names), zone, format)),
    date: (names) => take(names, toDate(raw(names), zone)),
    phone: (names) => {
      const given = raw(names);
      const phone = take(names, toPhone(given));
      if (phone === null && isUnreadPhone(textOf(given))) unreadPhones.push(`${name}${names}`);
      return phone;
    },
    at: (names) => inner(raw(names), names),
    each: (names) => listOf(raw(names)).map((value, index) => inner(value, `${names}[${index}]`)),
  };
}

/** 称重: scales tell more decimals than a gram; a sale is not refused for the rest. */
const weighed: NumberOptions = { rounding: 'half_up' };

const known = new Map<string, readonly Path[]>();
const knownMax = 2_000;

/** Names are literals in adapters, so there are few. */
function pathsOf(names: string): readonly Path[] {
  let paths = known.get(names);
  if (!paths) {
    paths = names.split('|').map((path) => path.split('.'));
    if (known.size < knownMax) known.set(names, paths);
  }
  return paths;
}
