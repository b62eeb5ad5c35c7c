/** 提醒方案 in the database. */
import { reminderPlans, type PlanId, type ReminderPlan } from '../../../schema/index.ts';
import { bumpConfig } from '../world/apply.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { insertSet } from '../set.ts';
import { listNewest, readOne } from './definitions.ts';

export const insertPlan = (plan: ReminderPlan): Statement[] => [
  insertSet(reminderPlans, [plan]),
  bumpConfig(),
];

/** False when the plan changed meanwhile. */
export async function replacePlan(db: Db, next: ReminderPlan, read: ReminderPlan): Promise<boolean> {
  const results = await db.batch([
    statement(
      `UPDATE reminder_plans SET enabled = ?2, definition = ?3 WHERE id = ?1 AND definition = ?4 RETURNING id`,
      next.id,
      next.enabled ? 1 : 0,
      json(next.definition),
      json(read.definition),
    ),
    bumpConfig(),
  ]);
  return rowsAt(results, 0).length > 0;
}

export const readPlan = (db: Db, id: PlanId): Promise<ReminderPlan | null> => readOne(db, reminderPlans, id);

export const listPlans = (db: Db, before: NewestFirst, limit: number): Promise<ReminderPlan[]> =>
  listNewest(db, reminderPlans, before, limit);
