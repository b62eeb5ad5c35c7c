/** 提醒方案 in the database. */
import { reminderPlans, type PlanId, type ReminderPlan } from '../../../schema/index.ts';
import { byKind } from '../../decide/plain/registry.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import { bumpConfig } from '../world/apply.ts';
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { insertSet } from '../set.ts';
import { listNewest, readOne } from './definitions.ts';

export const insertPlan = (plan: ReminderPlan): Statement[] => [
  insertSet(reminderPlans, [plan]),
  bumpConfig(),
];

/** How many reminders of a plan that is switched off are looked at anew; the others are when their own day comes. */
const wokenMax = 20_000;

/** False when the plan changed meanwhile. What a plan leaves behind is looked at in the next minutes. */
export async function replacePlan(db: Db, next: ReminderPlan, read: ReminderPlan): Promise<boolean> {
  // Where every plan reminds for itself, nothing is left to another.
  const { isNewestOnly } = byKind(reminderKinds, String(read.definition['kind']));
  const isLeaving = isNewestOnly && read.enabled && !next.enabled;
  const results = await db.batch([
    statement(
      `UPDATE reminder_plans SET enabled = ?2, definition = ?3 WHERE id = ?1 AND definition = ?4 RETURNING id`,
      next.id,
      next.enabled ? 1 : 0,
      json(next.definition),
      json(read.definition),
    ),
    ...(isLeaving ? [wakeAllOf(next)] : []),
    bumpConfig(),
  ]);
  return rowsAt(results, 0).length > 0;
}

/** At the moment 0, which has come already. Who is woken finds the reminder put off, or its plan switched off. */
const wakeAllOf = ({ id }: ReminderPlan): Statement =>
  statement(
    `INSERT INTO due (send_at, set_at, member_id, plan_id, subject, kind)
     SELECT DISTINCT 0, 0, d.member_id, d.plan_id, d.subject, d.kind FROM due AS d
     WHERE d.plan_id = ?1
       AND EXISTS (SELECT 1 FROM reminder_plans AS p WHERE p.id = ?1 AND p.enabled = 0)
     LIMIT ${wokenMax} ON CONFLICT DO NOTHING`,
    id,
  );

export const readPlan = (db: Db, id: PlanId): Promise<ReminderPlan | null> => readOne(db, reminderPlans, id);

export const listPlans = (db: Db, before: NewestFirst, limit: number): Promise<ReminderPlan[]> =>
  listNewest(db, reminderPlans, before, limit);
