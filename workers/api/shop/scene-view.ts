/** A scene as the API shows it: what it stands for, its picture, and how often it was used. */
import * as z from 'zod';
import { sceneKinds, type Scene } from '../../../schema/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const SceneAnswer = namedAnswer(
  'Scene',
  z.strictObject({
    id: z.string(),
    kind: z.enum(sceneKinds),
    targetId: z.string(),
    name: z.string(),
    permanent: z.boolean(),
    renewed: z.boolean().meta({ description: 'A new code replaces the old one before it expires.' }),
    expiresAt: At.nullable(),
    ticket: z.string().nullable(),
    imageUrl: z.string().nullable().meta({ description: 'The picture of the code, served by WeChat.' }),
    url: z.string().nullable().meta({ description: 'The URL to draw as a QR code for printing.' }),
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

export const unknownScene: Problem = { status: 404, code: 'unknown_scene', detail: 'no scene has this id' };
