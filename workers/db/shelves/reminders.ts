/** 提醒, with the member; the moments at which they are due stand in a table of their own. */
import { due, type Due, type Reminder } from '../../../schema/index.ts';
import { statement, type Statement } from '../db.ts';
import { insertSet } from '../set.ts';
import type { Leaving, Shelf } from './define.ts';

/** Of those that still wait the furthest leave first: a purchase until then plans them anew. */
const leaves = ({ state, sendAt }: Reminder): Leaving =>
  state === 'pending' ? { turn: 'waiting', order: -sendAt } : { turn: 'past', order: sendAt };

/** The moment it was set to before is not looked for: whoever is woken by it looks at the reminder. */
function wake(rows: readonly Reminder[], setAt: number): Statement[] {
  const moments = rows.flatMap(({ sendAt, memberId, planId, subject, kind, state }): Due[] =>
    state === 'pending' ? [{ sendAt, setAt, memberId, planId, subject, kind }] : [],
  );
  if (moments.length === 0) return [];
  const { sql, params } = insertSet(due, moments);
  return [statement(`${sql} WHERE true ON CONFLICT DO NOTHING`, ...params)];
}

export const reminderShelf: Shelf<'reminders'> = {
  kept: {
    in: 'member',
    field: 'reminders',
    places: { planId: 0, subject: 1, kind: 2, storeId: 3, basis: 4, dueAt: 5, sendAt: 6, state: 7 },
    leaves,
  },
  beside: wake,
};
