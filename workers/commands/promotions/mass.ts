/** 群发: one text or article for many followers; WeChat allows four a calendar month for each person. */
import * as z from 'zod';
import {
  defaultTimezone,
  GroupId,
  Instant,
  StoreId,
  type MassAudience,
  type MassContent,
} from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { insertMass } from '../../db/mass/mass-messages.ts';
import { stopMass } from '../../db/mass/mass-pages.ts';
import { readMass, type MassProgress } from '../../db/mass/mass-views.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import { newId } from '../../platform/digest.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';

/** The most openids of one request; WeChat takes 10,000 in one call. */
const listMax = 5_000;
const textLengthMax = 600;
const aheadDaysMax = 30;

const listed = z.array(z.string().trim().min(1).max(128)).min(1).max(listMax);
const Audience = z
  .union(
    [
      z.strictObject({ all: z.literal(true) }),
      z.strictObject({ tag: z.string().trim().min(1).max(128) }),
      z.strictObject({ group: GroupId }),
      z.strictObject({ storeId: StoreId }),
      z.strictObject({ openids: listed }),
      z.strictObject({ memberIds: listed }),
    ],
    'give one of {"all":true}, {"tag": …}, {"group": …}, {"storeId": …}, {"openids": […]} and {"memberIds": […]}',
  )
  .meta({
    description:
      'Known followers: all, those whose member has a tag, is in a group or of a store, or those listed.',
  });

export const MassInput = z
  .strictObject({
    text: z.string().trim().min(1).max(textLengthMax).optional(),
    mediaId: z.string().trim().min(1).max(128).optional().meta({ description: 'Of a draft (草稿箱).' }),
    to: Audience,
    at: Instant.optional().meta({
      description:
        'Now, unless given; 30 days ahead at most. Between 21:00 and 9:00 in Shanghai it waits for the morning, and the answer says when.',
    }),
  })
  .refine(({ text, mediaId }) => (text === undefined) !== (mediaId === undefined), {
    path: ['text'],
    error: 'give a text or a mediaId, one of them',
  });
export type MassInput = z.infer<typeof MassInput>;

/** `id` is given by whoever may send the same form twice. */
export function sendMass(
  input: MassInput,
  now: number,
  id: string = newId('mm'),
): Draft<MassProgress> | Problem {
  const askedAt = input.at === undefined ? now : Math.max(now, Date.parse(input.at));
  const dueAt = whenAwake(askedAt, defaultTimezone);
  if (askedAt > now + aheadDaysMax * dayMs)
    return invalidField('at', `is more than ${aheadDaysMax} days ahead`);
  const mass = {
    id,
    content: contentOf(input),
    audience: input.to satisfies MassAudience,
    state: 'waiting',
    dueAt,
    cursor: '',
    pages: 0,
    recipients: 0,
    overLimit: 0,
    isListed: false,
    note: null,
    createdAt: now,
    endedAt: null,
  } as const;
  return { row: { mass, pages: [] }, statements: [insertMass(mass)] };
}

const contentOf = ({ text, mediaId }: MassInput): MassContent =>
  text === undefined ? { mediaId: mediaId ?? '' } : { text };

/** WeChat sends the pages it already has; everybody else keeps their monthly four. */
export async function stop(db: Db, id: string, now: number): Promise<MassProgress | Problem> {
  const found = await readMass(db, id);
  if (!found) return unknownMass;
  if (found.mass.endedAt !== null) return alreadyEnded;
  await db.batch(stopMass(id, '已手动停止', now));
  return (await readMass(db, id)) ?? unknownMass;
}

export const unknownMass: Problem = {
  status: 404,
  code: 'unknown_mass_message',
  detail: 'no mass message has this id',
};
const alreadyEnded: Problem = {
  status: 409,
  code: 'already_ended',
  detail: 'this mass message has ended already',
};
