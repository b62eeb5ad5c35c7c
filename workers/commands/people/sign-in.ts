/** 登录: who may come in, by a link that was handed over or by a code that was scanned; every way works once. */
import type { Entry, Person, PersonId } from '../../../schema/index.ts';
import type { Db, Statement } from '../../db/db.ts';
import { insertAudit } from '../../db/people/audit.ts';
import { insertEntry, insertSession, readEntry, takeEntry } from '../../db/people/entries.ts';
import { hasOwner, putPerson, readPerson } from '../../db/people/people.ts';
import { newId, sha256Hex } from '../../platform/digest.ts';

/** A code on a screen, and the number beside it, are good for this long. */
export const scanMs = 2 * 60_000;
/** A link that a colleague is sent: she may read it in the evening. */
export const inviteMs = 24 * 3_600_000;
/** A browser that nobody used for this long has to sign in again. */
export const idleMs = 7 * 86_400_000;

/** What stands in the cookie is nowhere in the database. */
export const keyOfWord = (word: string): Promise<string> => sha256Hex(`console\n${word}`);

export type Browser = { readonly word: string; readonly device: string; readonly place: string | null };

/** `firstRun`: nobody works here yet, and whoever comes becomes the owner. */
export type LinkState = { readonly person: Person } | { readonly firstRun: true } | { readonly over: true };

/** Looks, and takes nothing: a link is opened by previews and scanners before the person comes. */
export async function lookAtLink(db: Db, word: string, now: number): Promise<LinkState> {
  const entry = await readEntry(db, await keyOfWord(word));
  if (!entry || entry.kind !== 'link' || entry.state !== 'open' || entry.expiresAt <= now)
    return { over: true };
  if (entry.personId === null) return (await hasOwner(db)) ? { over: true } : { firstRun: true };
  const person = await readPerson(db, entry.personId);
  return person && person.endedAt === null ? { person } : { over: true };
}

/** Null when the link is over. */
export async function enterByLink(
  db: Db,
  word: string,
  browser: Browser,
  now: number,
): Promise<Person | null> {
  const entry = await takeEntry(db, { key: await keyOfWord(word), kind: 'link' }, now);
  return entry?.personId ? startSession(db, entry.personId, browser, now) : null;
}

/** The first person. Null when the link is over, or somebody else came first. */
export async function enterAsOwner(
  db: Db,
  { word, name }: { readonly word: string; readonly name: string },
  browser: Browser,
  now: number,
): Promise<Person | null> {
  if (await hasOwner(db)) return null;
  const entry = await takeEntry(db, { key: await keyOfWord(word), kind: 'link' }, now);
  if (!entry || entry.personId !== null) return null;
  const owner = newPerson({ name, role: 'owner', storeIds: null }, now);
  await db.batch([
    putPerson(owner),
    insertAudit({
      at: now,
      personId: owner.id,
      by: name,
      act: 'people.first',
      subject: owner.id,
      before: null,
      after: { name },
    }),
  ]);
  return startSession(db, owner.id, browser, now);
}

export const newPerson = (given: Pick<Person, 'name' | 'role' | 'storeIds'>, now: number): Person => ({
  id: newId('u') as PersonId,
  ...given,
  openid: null,
  createdAt: now,
  endedAt: null,
});

/** The word of a new link; the caller shows it once. */
export async function linkFor(
  personId: PersonId | null,
  word: string,
  { now, forMs }: { readonly now: number; readonly forMs: number },
): Promise<Statement> {
  const entry: Entry = {
    key: await keyOfWord(word),
    kind: 'link',
    personId,
    state: 'open',
    createdAt: now,
    expiresAt: now + forMs,
  };
  return insertEntry(entry);
}

/**
 * Somebody confirmed, or refused, on the phone what a screen shows. `key` is of the browser that shows it: nobody else can take
 * the entry. A second answer to the same code is refused by the key.
 */
export const answerScan = (
  {
    key,
    person,
    isRight,
    until,
  }: { readonly key: string; readonly person: Person; readonly isRight: boolean; readonly until: number },
  now: number,
): Statement =>
  insertEntry({
    key,
    kind: 'scan',
    personId: person.id,
    state: isRight ? 'open' : 'refused',
    createdAt: now,
    expiresAt: until,
  });

export type ScanState = 'waiting' | 'refused' | { readonly person: Person };

/** The browser that shows the code asks whether it was confirmed, and comes in if so. */
export async function enterByScan(db: Db, shown: string, browser: Browser, now: number): Promise<ScanState> {
  const key = await keyOfWord(shown);
  const entry = await readEntry(db, key);
  if (!entry) return 'waiting';
  if (entry.state !== 'open') return 'refused';
  const taken = await takeEntry(db, { key, kind: 'scan' }, now);
  const person = taken?.personId ? await startSession(db, taken.personId, browser, now) : null;
  return person ? { person } : 'refused';
}

async function startSession(
  db: Db,
  personId: PersonId,
  { word, device, place }: Browser,
  now: number,
): Promise<Person | null> {
  const person = await readPerson(db, personId);
  if (!person || person.endedAt !== null) return null;
  const key = await keyOfWord(word);
  const began = { createdAt: now, lastAt: now, endedAt: null };
  await db.batch([insertSession({ key, personId, device, place, ...began })]);
  return person;
}
