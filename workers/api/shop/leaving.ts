/** 导购离职: she leaves at once, her members follow a page at a time, and how far they have come can be asked. */
import * as z from 'zod';
import { AssociateId, handoverStages, type Handover } from '../../../schema/index.ts';
import { comeBack, isOutdated, leave, LeaveInput, outdated } from '../../commands/shop/leaving.ts';
import { latestHandover } from '../../db/people/handovers.ts';
import type { Problem } from '../../platform/problem.ts';
import { commit } from '../call/commit.ts';
import { created, namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const HandoverAnswer = namedAnswer(
  'Handover',
  z.strictObject({
    associateId: z.string(),
    successorId: z.string().nullable(),
    stage: z.enum(handoverStages),
    members: z.int().meta({ description: 'How many were hers when she left.' }),
    moved: z.int(),
    tellsMembers: z.boolean(),
    startedAt: At,
    endedAt: At.nullable(),
  }),
);
const viewHandover = ({ fromId, toId, stage, members, moved, tells, startedAt, endedAt }: Handover) => ({
  associateId: fromId,
  successorId: toId,
  stage,
  members,
  moved,
  tellsMembers: tells,
  startedAt: instant(startedAt),
  endedAt: instantOrNull(endedAt),
});

const common = {
  tag: 'Shop',
  scope: 'admin',
  path: '/associates/{id}/departure',
  params: z.strictObject({ id: AssociateId }),
} as const;

const depart = route({
  ...common,
  method: 'POST',
  summary: 'An associate leaves',
  description:
    'From that moment the successor, or the shop, serves her members; her WeChat and her role are let go. The members themselves are moved a page at a time. What she sold, and her commission, stay hers.',
  statuses: [201],
  refusals: { 404: ['unknown_associate'], 409: ['associate_left', 'in_progress'] },
  body: namedBody('DepartureInput', LeaveInput),
  answer: HandoverAnswer,
  handle: async (call) => {
    const { deps, params, body, token, now } = call;
    const draft = await leave(deps.db, params.id, body, { by: token.name, now });
    if ('code' in draft) return draft;
    try {
      return await commit(call, draft, created(viewHandover(draft.row)));
    } catch (error) {
      if (isOutdated(error)) return outdated;
      throw error;
    }
  },
});

const howFar = route({
  ...common,
  method: 'GET',
  summary: 'How far the handover of an associate has come',
  description: 'Of the latest departure: how many members were hers, and how many of them have moved.',
  statuses: [200],
  refusals: { 404: ['no_departure'] },
  answer: HandoverAnswer,
  handle: async ({ deps, params: { id } }) => {
    const found = await latestHandover(deps.db, id);
    return found ? ok(viewHandover(found)) : noDeparture;
  },
});

const back = route({
  ...common,
  method: 'DELETE',
  summary: 'An associate is back',
  description: 'Members who were moved stay where they are.',
  statuses: [200],
  refusals: { 404: ['unknown_associate'] },
  answer: namedAnswer('AssociateBack', z.strictObject({ id: z.string(), name: z.string() })),
  handle: async (call) => {
    const draft = await comeBack(call.deps.db, call.params.id, call.now);
    if ('code' in draft) return draft;
    const { id, name } = draft.row;
    return commit(call, draft, ok({ id, name }));
  },
});

const noDeparture: Problem = {
  status: 404,
  code: 'no_departure',
  detail: 'the associate is not known, or has never left',
};

export const leavingRoutes = [depart, howFar, back];
