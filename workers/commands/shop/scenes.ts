/** 场景二维码: stores what a code stands for, and fetches its picture from WeChat unless the present one is valid. */
import * as z from 'zod';
import { sceneKinds, type Scene } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { lookUpScene, putScene, type Ticket } from '../../db/shop/scenes.ts';
import type { Problem } from '../../platform/problem.ts';
import { makeCode, type CodeMaker } from '../account/official-account.ts';
import { invalidField } from '../invalid.ts';

const daysMax = 30;
const secondsPerDay = 86_400;
/** WeChat's own limit for one account. */
const permanentMax = 100_000;

/** The characters that WeChat allows in a scene; another scene could not be scanned. */
export const SceneId = z
  .string()
  .regex(/^[\w!#$&'()*+,/:;=?@.~-]{1,64}$/, "must be 1 to 64 letters, digits or any of !#$&'()*+,/:;=?@-._~");

export const SceneInput = z
  .strictObject({
    kind: z.enum(sceneKinds),
    targetId: z.string().trim().min(1).max(128).meta({
      description: 'The associate, store, coupon template or campaign; for a source, its own name.',
    }),
    name: z.string().trim().min(1).max(60),
    permanent: z.boolean().default(false),
    days: z.int().min(1).max(daysMax).default(daysMax).meta({ description: 'Of a temporary code.' }),
    renewed: z.boolean().default(true).meta({
      description: 'A new code replaces a temporary one before it expires; false lets it expire.',
    }),
  })
  .refine(({ kind, permanent }) => kind !== 'staff' || !permanent, {
    path: ['permanent'],
    error: 'a code that binds an associate must expire',
  });
export type SceneInput = z.infer<typeof SceneInput>;

/** Where codes are stored, and the port that makes them. */
export type CodeDesk = { readonly db: Db; readonly account?: CodeMaker };

export async function enterScene(
  { db, account }: CodeDesk,
  { id, ...input }: SceneInput & { readonly id: string },
  now: number,
): Promise<Scene | Problem> {
  const found = await lookUpScene(db, { id, ...input }, input.permanent);
  if (!found.isTargetKnown) return invalidField('targetId', `no ${targetNames[input.kind]} has this id`);
  if (input.kind === 'staff' && (found.scene?.scans ?? 0) > 0) return alreadyScanned;
  if (input.permanent && found.permanent >= permanentMax) return tooManyPermanent(found.permanent);
  const kept = keptTicket(input, found.scene, now);
  const expiresInSeconds = input.permanent ? null : input.days * secondsPerDay;
  const ticket = kept ?? (await makeCode(account, { scene: id, expiresInSeconds }, now));
  if ('code' in ticket) return ticket;
  const createdAt = found.scene?.createdAt ?? now;
  const { kind, targetId, name } = input;
  const scene = { id, kind, targetId, name, createdAt, renewalDays: renewalDaysOf(input) };
  const written = withTicket(scene, ticket, found.scene);
  await db.batch([putScene(written)]);
  return written;
}

const targetNames = {
  associate: 'associate',
  staff: 'associate',
  store: 'store',
  coupon: 'coupon template',
  campaign: 'campaign',
  source: 'source',
} as const;

const renewalDaysOf = ({ kind, permanent, renewed, days }: SceneInput): number | null =>
  permanent || !renewed || kind === 'staff' ? null : days;

/** The stored code when it is permanent or renewed automatically; null when a new one has to be made. */
function keptTicket(input: SceneInput, before: Scene | null, now: number): Ticket | null {
  const wasPermanent = before?.ticket != null && before.expiresAt === null;
  const isLookedAfter = renewalDaysOf(input) !== null && (before?.expiresAt ?? 0) > now;
  const isKept = input.permanent ? wasPermanent : isLookedAfter && before?.renewalDays === input.days;
  return before && isKept ? { ticket: before.ticket, url: before.url, expiresAt: before.expiresAt } : null;
}

/** The row after its code was made; its counts stay. */
export const withTicket = (
  scene: Omit<Scene, keyof Ticket | 'scans' | 'claims'>,
  ticket: Ticket,
  before: Scene | null,
): Scene => ({ ...scene, ...ticket, scans: before?.scans ?? 0, claims: before?.claims ?? 0 });

const alreadyScanned = invalidField(
  'kind',
  'a colleague’s code works once, and this one was scanned already',
);

const tooManyPermanent = (permanent: number): Problem => ({
  status: 409,
  code: 'too_many_permanent',
  detail: `an account has at most ${permanentMax} permanent codes; make this one temporary`,
  numbers: { permanent, limit: permanentMax },
});
