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

/** Where to look: a state and a reason stand in the decisions, an event without a decision in what is pending. */
type Base = 'decisions' | 'inbox' | 'pending' | 'events';

/** SQL under construction, on `t`: parameters are numbered as they come. Of two bounds in one place, SQLite would use only the first. */
export type Conditions = {
  readonly base: Base;
  readonly above: string[];
  readonly upTo: string[];
  /** Found by an index, … */
  readonly indexed: string[];
  /** … asked of each row looked at, … */
  readonly rest: string[];
  /** … and of its row in the inbox, which is called … */
  readonly ofInbox: string[];
  /** … so. */
  readonly inboxRow: 't' | 'i';
  readonly params: Value[];
};

export function conditionsOf(filter: EventFilter, base: Base = baseOf(filter)): Conditions {
  const { state, source, type, code, from, to, text } = filter;
  const above: string[] = [];
  const upTo: string[] = [];
  const byIndex: string[] = [];
  const rest: string[] = [];
  const ofInbox: string[] = [];
  const params: Value[] = [];
  const inboxRow = base === 'decisions' ? 'i' : 't';
  const place = (value: Value): string => `?${params.push(value)}`;
  if (state !== null && base !== 'pending') {
    // A partial index is found by its own words: the state is written out, one of five of ours.
    const isIndexed = base === 'decisions' && (state === 'parked' || state === 'waiting');
    (isIndexed ? byIndex : rest).push(`t.state = '${state}'`);
  }
  if (source !== null) rest.push(`t.source_id = ${place(source)}`);
  if (type !== null) ofInbox.push(`${inboxRow}.type = ${place(type)}`);
  // Nobody has said anything yet of what is pending.
  if (base === 'pending' && (code !== null || text !== null)) rest.push('false');
  else {
    if (code !== null) rest.push(`t.note ->> '$.code' = ${place(code)}`);
    if (text !== null) rest.push(named(place(text)));
  }
  if (from !== null) {
    above.push(lastBefore(place(from - arrivalSlackMs)));
    rest.push(`t.received_at >= ${place(from)}`);
  }
  if (to !== null) {
    upTo.push(lastBefore(place(to + arrivalSlackMs)));
    rest.push(`t.received_at < ${place(to)}`);
  }
  return { base, above, upTo, indexed: byIndex, rest, ofInbox, inboxRow, params };
}

function baseOf({ state, code, text }: EventFilter): Base {
  if (state === 'received') return 'pending';
  return state === null && code === null && text === null ? 'inbox' : 'decisions';
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
