/** 导购离职 and 回来: what happens at once when an associate leaves; her members follow a page at a time (commands/jobs/handovers.ts). */
import * as z from 'zod';
import { AssociateId, type Associate, type Handover } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { DbError } from '../../db/db.ts';
import { associateById } from '../../db/shop/associates.ts';
import { comeBackNow, countMembersOf, leaveNow } from '../../db/people/handovers.ts';
import { newId } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';

export const LeaveInput = z.strictObject({
  successorId: AssociateId.nullable().meta({
    description: 'Who takes over her members and whatever waits for her; null leaves them to the shop.',
  }),
  codes: z.enum(['successor', 'end']).meta({
    description: 'Her printed codes bring people to the successor, or end. Without a successor they end.',
  }),
  tellMembers: z.boolean().default(false).meta({ description: 'Each of her members is told once.' }),
});
type Leaving = z.infer<typeof LeaveInput>;

export type Left = Draft<Handover> & { readonly before: Associate };

export async function leave(
  db: Db,
  id: AssociateId,
  { successorId, codes, tellMembers }: Leaving,
  { by, now }: { readonly by: string; readonly now: number },
): Promise<Left | Problem> {
  const before = (await associateById(db, id))?.associate;
  if (!before) return unknownAssociate;
  if (before.endedAt !== null) return hasLeft;
  if (successorId === id)
    return invalidField('successorId', 'is she who leaves; name somebody else, or null');
  const successor = successorId === null ? null : (await associateById(db, successorId))?.associate;
  if (successor === undefined || (successor !== null && successor.endedAt !== null))
    return invalidField('successorId', 'is no associate who works here; name one, or null for the shop');
  const row: Handover = {
    id: newId('ho'),
    fromId: id,
    toId: successorId,
    tells: tellMembers,
    members: await countMembersOf(db, id),
    moved: 0,
    stage: 'members',
    cursor: '',
    startedAt: now,
    endedAt: null,
    by,
  };
  return { row, before, statements: leaveNow(before, row, codes === 'successor'), rings: 'jobsBell' };
}

export async function comeBack(db: Db, id: AssociateId, now: number): Promise<Draft<Associate> | Problem> {
  const found = await associateById(db, id);
  if (!found) return unknownAssociate;
  const row: Associate = { ...found.associate, endedAt: null, successorId: null, codesGoOn: false };
  return { row, statements: comeBackNow(id, now) };
}

/** Somebody was quicker: she, or whoever takes over, is not as they were read. */
export const isOutdated = (error: unknown): boolean =>
  error instanceof DbError && error.message.includes('reading_is_current');

export const outdated: Problem = {
  status: 409,
  code: 'in_progress',
  detail: 'the associate was changed at the same moment; look again',
  retryAfterSeconds: 1,
};

const hasLeft: Problem = {
  status: 409,
  code: 'associate_left',
  detail: 'the associate has left already; see how far the handover has come',
};

export const unknownAssociate: Problem = {
  status: 404,
  code: 'unknown_associate',
  detail: 'no associate has this id',
};
