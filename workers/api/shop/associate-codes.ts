/** 导购专属码 and 导购绑定邀请: the code by which followers become theirs, and the one by which they become ours. */
import * as z from 'zod';
import { AssociateId, type Scene } from '../../../schema/index.ts';
import { putScene, readCode } from '../../db/shop/scenes.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { commit } from '../call/commit.ts';
import { created, ok, route } from '../call/define.ts';
import { newId, sha256Hex } from '../../platform/digest.ts';
import { accountRefusals, makeCode } from '../account/official-account.ts';
import { SceneAnswer, SceneId, unknownAssociate, viewScene, withTicket } from './scene-view.ts';

const codeDays = 30;
const expiresInSeconds = codeDays * 86_400;
const invitationSeconds = 10 * 60;
const hashDigits = 40;

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
    const sceneId = await sceneOf(id);
    const { associate, scene: before } = await readCode(deps.db, id, sceneId);
    if (!associate) return unknownAssociate;
    const { name } = associate;
    if (before && isGood(before, now)) return ok(viewScene(before));
    const ticket = await makeCode(deps.account, { scene: sceneId, expiresInSeconds }, now);
    if ('code' in ticket) return ticket;
    const createdAt = before?.createdAt ?? now;
    const renewalDays = codeDays;
    const scene = { id: sceneId, kind: 'associate', targetId: id, name, createdAt, renewalDays } as const;
    const written = withTicket(scene, ticket, before);
    await deps.db.batch([putScene(written)]);
    return ok(viewScene(written));
  },
});

/** One that the merchant made permanent, or that lasts for another day. */
const isGood = ({ ticket, expiresAt }: Scene, now: number): boolean =>
  ticket !== null && (expiresAt === null || expiresAt - dayMs > now);

/** `adv_12`; a name that WeChat would not take is stood in for. */
async function sceneOf(id: AssociateId): Promise<string> {
  const plain = SceneId.safeParse(`adv_${id}`);
  return plain.success ? plain.data : `adv-${(await sha256Hex(id)).slice(0, hashDigits)}`;
}

const invitation = route({
  ...common,
  method: 'POST',
  path: '/associates/{id}/invitation',
  summary: 'A code that binds the associate’s own WeChat',
  description: 'Works once and for ten minutes: whoever scans it first gets this associate’s messages.',
  statuses: [201],
  refusals: { ...accountRefusals, 404: ['unknown_associate'] },
  handle: async (call) => {
    const { deps, now } = call;
    const { id: targetId } = call.params;
    const id = newId('staff');
    const { associate } = await readCode(deps.db, targetId, id);
    if (!associate) return unknownAssociate;
    const ticket = await makeCode(deps.account, { scene: id, expiresInSeconds: invitationSeconds }, now);
    if ('code' in ticket) return ticket;
    const { name } = associate;
    const scene = { id, kind: 'staff', targetId, name, createdAt: now, renewalDays: null } as const;
    const written = withTicket(scene, ticket, null);
    return commit(call, [putScene(written)], created(viewScene(written)));
  },
});

export const associateCodeRoutes = [code, invitation];
