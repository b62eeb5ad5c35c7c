/**
 * 人员管理: colleagues are let in, change their role, and leave. One who may do everything always stays. Whom a reminder reaches is
 * part of the configuration, which is read anew after each change.
 */
import * as z from 'zod';
import { roles, StoreId, type Person, type PersonId } from '../../../schema/index.ts';
import { DbError, type Db } from '../../db/db.ts';
import { endSessionsOf } from '../../db/people/entries.ts';
import { anOwnerStays, dropOpenid, peopleMax, putPerson, readPerson } from '../../db/people/people.ts';
import { bumpConfig } from '../../db/world/apply.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';
import { newPerson } from './sign-in.ts';

const storesMax = 200;

export const PersonInput = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    role: z.enum(roles),
    storeIds: z.array(StoreId).min(1).max(storesMax).nullable().default(null),
  })
  .refine(({ role, storeIds }) => storeIds === null || role === 'manager' || role === 'cashier', {
    path: ['storeIds'],
    message: 'only a manager or a cashier is bound to stores',
  });
export type PersonInput = z.infer<typeof PersonInput>;

export function enterPerson(
  { name, role, storeIds }: PersonInput,
  known: number,
  now: number,
): Draft<Person> | Problem {
  if (known >= peopleMax) return invalidField('name', `at most ${peopleMax} people`);
  const row = newPerson({ name, role, storeIds }, now);
  return { row, statements: [putPerson(row)] };
}

export async function changePerson(
  db: Db,
  id: PersonId,
  input: PersonInput,
): Promise<(Draft<Person> & { readonly before: Person }) | Problem> {
  const before = await readPerson(db, id);
  if (!before) return unknownPerson;
  const row: Person = { ...before, ...input };
  return { row, before, statements: [putPerson(row), anOwnerStays(), bumpConfig()] };
}

/** From the next request on they are out, wherever they are signed in. */
export async function dismiss(
  db: Db,
  id: PersonId,
  now: number,
): Promise<(Draft<Person> & { readonly before: Person }) | Problem> {
  const before = await readPerson(db, id);
  if (!before) return unknownPerson;
  const row: Person = { ...before, endedAt: now, openid: null };
  return { row, before, statements: [putPerson(row), endSessionsOf(id, now), anOwnerStays(), bumpConfig()] };
}

/** The account stands under one person only: whoever had it before has it no longer. */
export const bindWechat = (person: Person, openid: string): Draft<Person> => {
  const row: Person = { ...person, openid };
  return { row, statements: [dropOpenid(openid, person.id), putPerson(row), bumpConfig()] };
};

/** The last owner cannot leave, nor become something else. */
export const isLastOwner = (error: unknown): boolean =>
  error instanceof DbError && error.message.includes('reading_is_current');

const unknownPerson: Problem = { status: 404, code: 'unknown_person', detail: 'no person has this id' };
