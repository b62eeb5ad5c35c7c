/** 记下来: what somebody changed is written together with who did it, with what it was before and after. */
import { ringFor, type Writing } from '../../../commands/draft.ts';
import { insertAudit } from '../../../db/people/audit.ts';
import type { Act } from '../words/acts.ts';
import type { Visit } from './visit.ts';

export type Record = {
  readonly act: Act;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
};

/** `draft` is what the command would write; a command that has written already is only recorded. */
export async function record(
  { db, person, now, deps }: Visit,
  { act, subject, before, after }: Record,
  draft: Writing = { statements: [] },
): Promise<void> {
  const row = {
    at: now,
    personId: person.id,
    by: person.name,
    act,
    subject,
    before: plain(before),
    after: plain(after),
  };
  await db.batch([...draft.statements, insertAudit(row)]);
  ringFor(draft, deps);
}

const secretNames = /secret|token$|password|privateKey|openid/i;

/** As JSON holds it, and without anything that opens a door. */
export const plain = (value: unknown): unknown =>
  value === undefined || value === null
    ? null
    : JSON.parse(
        JSON.stringify(value, (name, part: unknown) =>
          secretNames.test(name) && part !== null ? '***' : part,
        ),
      );
