/** 提醒方案 in the database. */
import { reminderPlans, type PlanId, type ReminderPlan } from '../../../schema/index.ts';
import { bumpConfig } from '../world/apply.ts';
import { rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

export const insertPlan = (plan: ReminderPlan): Statement[] => [
  insertSet(reminderPlans, [plan]),
  bumpConfig(),
];

/** False when the plan is no longer as it was read. */
export async function replacePlan(db: Db, next: ReminderPlan, read: ReminderPlan): Promise<boolean> {
  const results = await db.batch([
    statement(
      `UPDATE reminder_plans SET enabled = ?2, definition = ?3 WHERE id = ?1 AND definition = ?4 RETURNING id`,
      next.id,
      next.enabled ? 1 : 0,
      JSON.stringify(next.definition),
      JSON.stringify(read.definition),
    ),
    bumpConfig(),
  ]);
  return rowsAt(results, 0).length > 0;
}

export async function readPlan(db: Db, id: PlanId): Promise<ReminderPlan | null> {
  const results = await db.batch([
    statement(`SELECT ${selectList(reminderPlans, 't')} FROM reminder_plans AS t WHERE t.id = ?1`, id),
  ]);
  return decodeAll(reminderPlans, rowsAt(results, 0))[0] ?? null;
}

export async function listPlans(db: Db, before: NewestFirst, limit: number): Promise<ReminderPlan[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(reminderPlans, 't')} FROM reminder_plans AS t
       WHERE (t.created_at, t.id) < (?1, ?2) ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return decodeAll(reminderPlans, rowsAt(results, 0));
}
