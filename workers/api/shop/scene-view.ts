/** A code as the API shows one: what it stands for, how to show it, and how often it was used. */
import * as z from 'zod';
import { sceneKinds, type Scene } from '../../../schema/index.ts';
import type { Ticket } from '../../db/shop/scenes.ts';
import type { Problem } from '../../platform/problem.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

/** What WeChat allows in the scene of a code; a scene it does not know would be scanned in vain. */
export const SceneId = z
  .string()
  .regex(/^[\w!#$&'()*+,/:;=?@.~-]{1,64}$/, "must be 1 to 64 letters, digits or any of !#$&'()*+,/:;=?@-._~");

export const SceneAnswer = namedAnswer(
  'Scene',
  z.strictObject({
    id: z.string(),
    kind: z.enum(sceneKinds),
    targetId: z.string(),
    name: z.string(),
    permanent: z.boolean(),
    renewed: z.boolean().meta({ description: 'A fresh code takes the place of the old one before it ends.' }),
    expiresAt: At.nullable(),
    ticket: z.string().nullable(),
    imageUrl: z.string().nullable().meta({ description: 'The picture of the code, served by WeChat.' }),
    url: z.string().nullable().meta({ description: 'What the code says, to be drawn by whoever prints it.' }),
    scans: z.int(),
    claims: z.int().meta({ description: 'Coupons handed out through it.' }),
    createdAt: At,
  }),
);
export type SceneAnswer = z.infer<typeof SceneAnswer>;

const imageAddress = 'https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=';

export function viewScene(scene: Scene): SceneAnswer {
  const { id, kind, targetId, name, ticket, url, scans, claims, expiresAt } = scene;
  return {
    id,
    kind,
    targetId,
    name,
    permanent: expiresAt === null,
    renewed: scene.renewalDays !== null,
    expiresAt: instantOrNull(expiresAt),
    ticket,
    imageUrl: ticket === null ? null : imageAddress + encodeURIComponent(ticket),
    url,
    scans,
    claims,
    createdAt: instant(scene.createdAt),
  };
}

/** As it stands after its code was made; what was counted before still counts. */
export const withTicket = (
  scene: Omit<Scene, keyof Ticket | 'scans' | 'claims'>,
  ticket: Ticket,
  before: Scene | null,
): Scene => ({ ...scene, ...ticket, scans: before?.scans ?? 0, claims: before?.claims ?? 0 });

export const unknownScene: Problem = { status: 404, code: 'unknown_scene', detail: 'no scene has this id' };
export const unknownAssociate: Problem = {
  status: 404,
  code: 'unknown_associate',
  detail: 'no associate has this id',
};
