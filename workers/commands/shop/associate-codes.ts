/** 导购专属码 and 导购绑定邀请: the code that gives an associate new fans, and the code that binds an associate's own WeChat. */
import type { AssociateId, Scene } from '../../../schema/index.ts';
import { putScene, readCode } from '../../db/shop/scenes.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { newId, sha256Hex } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import { makeCode } from '../account/official-account.ts';
import type { Draft } from '../draft.ts';
import { unknownAssociate } from './leaving.ts';
import { enterScene, SceneId, withTicket, type CodeDesk } from './scenes.ts';

const codeDays = 30;
const expiresInSeconds = codeDays * 86_400;
const invitationSeconds = 10 * 60;
const hashDigits = 40;

/** The present code while it is valid; otherwise a new one replaces it. */
export async function associateCode(
  { db, account }: CodeDesk,
  id: AssociateId,
  now: number,
): Promise<Scene | Problem> {
  const sceneId = await sceneOf(id);
  const { associate, scene: before } = await readCode(db, id, sceneId);
  if (!associate || associate.endedAt !== null) return unknownAssociate;
  const { name } = associate;
  if (before && isGood(before, now)) return before;
  const ticket = await makeCode(account, { scene: sceneId, expiresInSeconds }, now);
  if ('code' in ticket) return ticket;
  const createdAt = before?.createdAt ?? now;
  const renewalDays = codeDays;
  const scene = { id: sceneId, kind: 'associate', targetId: id, name, createdAt, renewalDays } as const;
  const written = withTicket(scene, ticket, before);
  await db.batch([putScene(written)]);
  return written;
}

/** True for a permanent code, or one that is valid for another day. */
const isGood = ({ ticket, expiresAt }: Scene, now: number): boolean =>
  ticket !== null && (expiresAt === null || expiresAt - dayMs > now);

/** `adv_12`; an id that WeChat would refuse is replaced. */
async function sceneOf(id: AssociateId): Promise<string> {
  const plain = SceneId.safeParse(`adv_${id}`);
  return plain.success ? plain.data : `adv-${(await sha256Hex(id)).slice(0, hashDigits)}`;
}

/** 海报上的码: printed, so it never ends; scans of a code that was made before count on. */
export async function posterCode(desk: CodeDesk, id: AssociateId, now: number): Promise<Scene | Problem> {
  const sceneId = await sceneOf(id);
  const { associate, scene: before } = await readCode(desk.db, id, sceneId);
  if (!associate || associate.endedAt !== null) return unknownAssociate;
  if (before && before.ticket !== null && before.expiresAt === null) return before;
  const { name } = associate;
  const lasting = { permanent: true, days: codeDays, renewed: false };
  return enterScene(desk, { id: sceneId, kind: 'associate', targetId: id, name, ...lasting }, now);
}

/** Works once and for ten minutes. */
export async function inviteAssociate(
  { db, account }: CodeDesk,
  targetId: AssociateId,
  now: number,
): Promise<Draft<Scene> | Problem> {
  const id = newId('staff');
  const { associate } = await readCode(db, targetId, id);
  if (!associate || associate.endedAt !== null) return unknownAssociate;
  const ticket = await makeCode(account, { scene: id, expiresInSeconds: invitationSeconds }, now);
  if ('code' in ticket) return ticket;
  const { name } = associate;
  const scene = { id, kind: 'staff', targetId, name, createdAt: now, renewalDays: null } as const;
  const row = withTicket(scene, ticket, null);
  return { row, statements: [putScene(row)] };
}
