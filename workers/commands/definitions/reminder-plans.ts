/** 提醒方案: what members are reminded of, and who is told. */
import * as z from 'zod';
import { PlanId, type ReminderPlan } from '../../../schema/index.ts';
import { insertPlan, listPlans, readPlan, replacePlan } from '../../db/shop/reminder-plans.ts';
import { anyKind, type OfSomeKind } from '../../decide/plain/registry.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import type { Changeable } from './define.ts';

/** Each kind parses its own plans; every plan can be switched off. */
const Switch = z.looseObject({ enabled: z.boolean().default(true) });

export const reminderPlans: Changeable<PlanId, OfSomeKind, ReminderPlan> = {
  label: '提醒方案',
  noun: 'plan',
  fullName: 'reminder plan',
  id: PlanId,
  idPrefix: 'p',
  input: anyKind(reminderKinds),
  draw: (definition, place) => {
    const { enabled, ...rest } = Switch.parse(definition);
    return { ...place, enabled, definition: { ...rest, enabled } };
  },
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  insert: insertPlan,
  list: listPlans,
  read: readPlan,
  inputOf: ({ definition }) => definition,
  replace: async (db, next, current) => ((await replacePlan(db, next, current)) ? 'replaced' : 'stale'),
};
