/** The console over a shop of one's own: somebody of each role who is signed in. */
import { linkFor, newPerson } from '../../../workers/commands/people/sign-in.ts';
import { putPerson } from '../../../workers/db/people/people.ts';
import type { Person, Role, StoreId } from '../../../schema/index.ts';
import { openPages, tokenIn, type Answered, type Pages, type Setup, type Visitor } from '../support.ts';

let words = 0;
const nextWord = (): string => `word${String((words += 1)).padStart(22, '0')}`;

/** A link that lets in whoever it names; null is the first run. */
export async function linkOf({ shop }: Pages, person: Person | null, forMs = 600_000): Promise<string> {
  const word = nextWord();
  await shop.db.batch([await linkFor(person?.id ?? null, word, { now: shop.clock.now, forMs })]);
  return `/console/enter/${word}`;
}

export async function employ(
  { shop }: Pages,
  role: Role,
  given: { readonly name?: string; readonly storeIds?: readonly string[]; readonly openid?: string } = {},
): Promise<Person> {
  const storeIds = given.storeIds ? (given.storeIds as readonly StoreId[]) : null;
  const person = {
    ...newPerson({ name: given.name ?? role, role, storeIds }, shop.clock.now),
    openid: given.openid ?? null,
  };
  await shop.db.batch([putPerson(person)]);
  return person;
}

export async function signInAs(pages: Pages, person: Person, visitor = pages.visitor()): Promise<Visitor> {
  await visitor.post(await linkOf(pages, person), {});
  return visitor;
}

export type Console = Pages & {
  readonly owner: Visitor;
  readonly boss: Person;
  /** Opens a page, and sends its form with these fields. */
  readonly send: (path: string, fields: Readonly<Record<string, string>>, by?: Visitor) => Promise<Answered>;
};

export async function openConsole(setup: Setup = {}): Promise<Console> {
  const pages = await openPages(setup);
  const boss = await employ(pages, 'owner', { name: '陈老板' });
  const owner = await signInAs(pages, boss);
  const send: Console['send'] = async (path, fields, by = owner) => {
    const token = tokenIn(await by.get('/console/'));
    return by.post(path, { token, ...fields });
  };
  return { ...pages, owner, boss, send };
}
