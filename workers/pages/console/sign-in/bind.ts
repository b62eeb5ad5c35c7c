/** 绑定微信: whose name a code ties a WeChat account to. The browser that shows it says so, in a row that holds for two minutes. */
import type { Entry, Person } from '../../../../schema/index.ts';
import { scanMs } from '../../../commands/people/sign-in.ts';
import type { Statement } from '../../../db/db.ts';
import { insertEntry, readEntry } from '../../../db/people/entries.ts';
import { readPerson } from '../../../db/people/people.ts';
import { sha256Hex } from '../../../platform/digest.ts';
import type { PageDeps } from '../../ports.ts';

/** Beside the key of the code itself, which stays free for the answer. */
const ownerKey = (key: string): Promise<string> => sha256Hex(`bind\n${key}`);

/** Written by the page that shows the code: only a person who is signed in has one. */
export async function offerBinding(key: string, person: Person, now: number): Promise<Statement> {
  const entry: Entry = {
    key: await ownerKey(key),
    kind: 'scan',
    personId: person.id,
    // No browser comes in by it.
    state: 'taken',
    createdAt: now,
    expiresAt: now + scanMs,
  };
  return insertEntry(entry);
}

export async function boundTo(
  { engine: { db } }: PageDeps,
  key: string,
  now: number,
): Promise<Person | null> {
  const entry = await readEntry(db, await ownerKey(key));
  if (!entry?.personId || entry.expiresAt <= now) return null;
  const person = await readPerson(db, entry.personId);
  return person && person.endedAt === null ? person : null;
}
