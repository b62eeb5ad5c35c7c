/** 读懂: stored bodies as events, and the members whom codes on them name. */
import type { InboxEvent } from '../../schema/index.ts';
import { unanswered, type Engine, type Normalised } from './engine.ts';
import { namedByCode } from './member-codes/on-sales.ts';

/** Each row's `seq` with its normalised event. */
export async function normalise(
  engine: Engine,
  rows: readonly InboxEvent[],
): Promise<[number, Normalised][]> {
  const normalised = await namedByCode(engine, rows, await engine.normalise(rows));
  return rows.map(({ seq }, place) => [seq, normalised[place] ?? unanswered]);
}
