/** 查询条件 of a search: the bounds of a range of numbers, and what has to be asked of each row in it. */
import type { EventState, ReasonCode } from '../../../schema/index.ts';
import type { Value } from '../db.ts';
import { arrivalSlackMs, lastBefore } from '../shop/numbering.ts';

export type EventFilter = {
  readonly state: EventState | null;
  readonly source: string | null;
  readonly type: string | null;
  /** Received at or after this instant, … */
  readonly from: number | null;
  /** … and before this one. */
  readonly to: number | null;
  readonly code: ReasonCode | null;
  /** Part of what the reason names, whatever its capitals. */
  readonly text: string | null;
};

/** These have a partial index, found by its own words: the state is written out, one of five of ours. */
const indexed: ReadonlySet<EventState> = new Set(['received', 'waiting', 'parked']);

/** SQL under construction: parameters are numbered as they come. Of two bounds in one place, SQLite would use only the first. */
export type Conditions = {
  readonly above: string[];
  readonly upTo: string[];
  /** Found by an index, … */
  readonly indexed: string[];
  /** … and not. */
  readonly rest: string[];
  readonly params: Value[];
};

export function conditionsOf({ state, source, type, code, from, to, text }: EventFilter): Conditions {
  const above: string[] = [];
  const upTo: string[] = [];
  const byIndex: string[] = [];
  const rest: string[] = [];
  const params: Value[] = [];
  const place = (value: Value): string => `?${params.push(value)}`;
  if (state !== null) (indexed.has(state) ? byIndex : rest).push(`t.state = '${state}'`);
  if (source !== null) rest.push(`t.source_id = ${place(source)}`);
  if (type !== null) rest.push(`t.type = ${place(type)}`);
  if (code !== null) rest.push(`t.note ->> '$.code' = ${place(code)}`);
  if (text !== null) rest.push(named(place(text)));
  if (from !== null) {
    above.push(lastBefore(place(from - arrivalSlackMs)));
    rest.push(`t.received_at >= ${place(from)}`);
  }
  if (to !== null) {
    upTo.push(lastBefore(place(to + arrivalSlackMs)));
    rest.push(`t.received_at < ${place(to)}`);
  }
  return { above, upTo, indexed: byIndex, rest, params };
}

/** A value of the reason, never the name of one: looking for "state" finds no row only because it has such a field. */
const named = (text: string): string =>
  `EXISTS (SELECT 1 FROM json_tree(t.note) AS n WHERE n.atom IS NOT NULL AND instr(lower(n.atom), lower(${text})) > 0)`;

export const rangeOf = ({ above, upTo, indexed: byIndex }: Conditions): string[] => [
  ...byIndex,
  ...above.slice(0, 1).map(() => `t.seq > ${outermost('max', above)}`),
  ...upTo.slice(0, 1).map(() => `t.seq <= ${outermost('min', upTo)}`),
];

/** With one argument, max and min would be something else. */
const outermost = (name: 'max' | 'min', bounds: readonly string[]): string =>
  bounds.length === 1 ? bounds.join() : `${name}(${bounds.join(', ')})`;

export const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
