/** 导购专属码 and 导购绑定邀请: the code that gives an associate new fans, and the code that binds an associate's own WeChat. */
import * as z from 'zod';
import { AssociateId } from '../../../schema/index.ts';
import { associateCode, inviteAssociate } from '../../commands/shop/associate-codes.ts';
import { accountRefusals } from '../account/official-account.ts';
import { commit } from '../call/commit.ts';
import { created, ok, route } from '../call/define.ts';
import { SceneAnswer, viewScene } from './scene-view.ts';

const common = {
  tag: 'Scenes',
  scope: 'admin',
  params: z.strictObject({ id: AssociateId }),
  answer: SceneAnswer,
} as const;

const code = route({
  ...common,
  method: 'GET',
  path: '/associates/{id}/code',
  summary: 'The associate’s own code',
  description:
    'Whoever follows through it, or scans it, belongs to this associate from then on. Made when first asked for; it lasts 30 days, and a day before it ends a fresh one takes its place.',
  statuses: [200],
  refusals: { ...accountRefusals, 404: ['unknown_associate'] },
  handle: async ({ deps, now, params: { id } }) => {
    const scene = await associateCode(deps, id, now);
    return 'code' in scene ? scene : ok(viewScene(scene));
  },
});

const invitation = route({
  ...common,
  method: 'POST',
  path: '/associates/{id}/invitation',
  summary: 'A code that binds the associate’s own WeChat',
  description: 'Works once and for ten minutes: whoever scans it first gets this associate’s messages.',
  statuses: [201],
  refusals: { ...accountRefusals, 404: ['unknown_associate'] },
  handle: async (call) => {
    const draft = await inviteAssociate(call.deps, call.params.id, call.now);
    return 'code' in draft ? draft : commit(call, draft, created(viewScene(draft.row)));
  },
});

export const associateCodeRoutes = [code, invitation];
