/** 提醒方案: which goods run out, and who is told. */
import * as z from 'zod';
import { PlanId, type ReminderPlan } from '../../../schema/index.ts';
import { fromNewest } from '../../db/paging.ts';
import { insertPlan, listPlans, readPlan, replacePlan } from '../../db/shop/reminder-plans.ts';
import { anyKind } from '../../decide/plain/registry.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalid } from '../../commands/invalid.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { newId } from '../../platform/digest.ts';
import { mergePatch } from '../call/merge-patch.ts';
import { cut, listOf, NewestFirstCursor, paged, pageQuery } from '../call/paging.ts';
import { At, instant } from '../call/shapes.ts';

/** Every kind parses itself; all of them can be switched off. */
const PlanInput = namedBody('ReminderPlanInput', anyKind(reminderKinds));
const Switch = z.looseObject({ enabled: z.boolean().default(true) });

const PlanAnswer = namedAnswer(
  'ReminderPlan',
  z.looseObject({ id: z.string(), kind: z.string(), enabled: z.boolean(), createdAt: At }).meta({
    description: 'With everything that was given for its kind.',
  }),
);
type PlanAnswer = z.infer<typeof PlanAnswer>;

const view = ({ id, enabled, definition, createdAt }: ReminderPlan): PlanAnswer => ({
  ...definition,
  id,
  kind: String(definition['kind']),
  enabled,
  createdAt: instant(createdAt),
});

function toPlan(definition: object, id: PlanId, createdAt: number): ReminderPlan {
  const { enabled, ...rest } = Switch.parse(definition);
  return { id, enabled, definition: { ...rest, enabled }, createdAt };
}

const common = { tag: 'Reminders', scope: 'admin' } as const;

const create = route({
  ...common,
  method: 'POST',
  path: '/reminder-plans',
  summary: 'Create a reminder plan',
  description: 'Where several enabled plans cover a product, the newest one runs.',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  body: PlanInput,
  answer: PlanAnswer,
  handle: (call) => {
    const plan = toPlan(call.body, PlanId.parse(newId('p')), call.now);
    return commit(call, insertPlan(plan), created(view(plan)));
  },
});

const list = route({
  ...common,
  method: 'GET',
  path: '/reminder-plans',
  summary: 'Reminder plans, newest first',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('ReminderPlanList', PlanAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: NewestFirstCursor,
        start: fromNewest,
        read: async (before, limit) => {
          const found = await listPlans(deps.db, before, limit + 1);
          return cut(found, limit, ({ createdAt, id }) => ({ at: createdAt, id: id as string }));
        },
      },
      view,
    ),
});

const attemptsMax = 3;

const patch = route({
  ...common,
  method: 'PATCH',
  path: '/reminder-plans/{id}',
  summary: 'Change a reminder plan, or switch it off',
  description:
    'A JSON merge patch (RFC 7396). Reminders that wait for a plan which is off pass to the next one.',
  statuses: [200],
  refusals: { 404: ['unknown_plan'], 409: ['changed_meanwhile'] },
  params: z.strictObject({ id: PlanId }),
  body: z.record(z.string(), z.unknown()),
  documentedBody: namedBody(
    'ReminderPlanPatch',
    z.looseObject({ enabled: z.boolean().optional() }).meta({ description: 'Any field of the plan.' }),
  ),
  answer: PlanAnswer,
  handle: async ({ deps, params: { id }, body }) => {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const current = await readPlan(deps.db, id);
      if (!current) return unknownPlan;
      const parsed = PlanInput.safeParse(mergePatch(current.definition, body));
      if (!parsed.success) return invalid(parsed.error);
      const next = toPlan(parsed.data, id, current.createdAt);
      if (await replacePlan(deps.db, next, current)) return ok(view(next));
    }
    return changedMeanwhile;
  },
});

const unknownPlan: Problem = { status: 404, code: 'unknown_plan', detail: 'no reminder plan has this id' };
const changedMeanwhile: Problem = {
  status: 409,
  code: 'changed_meanwhile',
  detail: 'others keep changing this plan; look at it again, then send the change again',
};

export const reminderPlanRoutes = [create, list, patch];
