/** 提醒方案: what members are reminded of, and who is told. */
import * as z from 'zod';
import { reminderPlans } from '../../commands/definitions/reminder-plans.ts';
import { resource } from '../call/resource.ts';
import { At, instant } from '../call/shapes.ts';

export const reminderPlanRoutes = resource({
  definition: reminderPlans,
  path: '/reminder-plans',
  tag: 'Reminders',
  name: 'ReminderPlan',
  answer: z.looseObject({ id: z.string(), kind: z.string(), enabled: z.boolean(), createdAt: At }).meta({
    description: 'With all fields of its kind.',
  }),
  view: ({ id, enabled, definition, createdAt }) => ({
    ...definition,
    id,
    kind: String(definition['kind']),
    enabled,
    createdAt: instant(createdAt),
  }),
  create: {
    summary: 'Create a reminder plan',
    description: 'Where several enabled plans cover a product, the newest one runs.',
  },
  list: { summary: 'Reminder plans, newest first', description: 'Those that are switched off included.' },
  change: {
    summary: 'Change a reminder plan, or switch it off',
    description:
      'A JSON merge patch (RFC 7396). Reminders that wait for a plan which is off pass to the next one.',
    body: z.looseObject({ enabled: z.boolean().optional() }).meta({ description: 'Any field of the plan.' }),
  },
});
