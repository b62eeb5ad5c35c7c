/** 回复会员: an associate, or the shop itself, writes to one person; it is recorded and sent at once. */
import type { AssociateId, AssociateWrote, Contact, EventId } from '../../../schema/index.ts';
import { readContact, type Person } from '../../db/conversations/thread-messages.ts';
import type { Refusal } from '../../decide/refusals.ts';
import type { Engine } from '../../engine/engine.ts';
import { resultOf, run } from '../run.ts';

export type Writing = {
  readonly id: EventId;
  readonly person: Person;
  /** Null is the shop itself. */
  readonly associateId: AssociateId | null;
  readonly text: string;
};

export type Written =
  | { readonly contact: Contact }
  | { readonly refusal: Refusal }
  /** The outcome is unknown; repeated with the same id, it is written once. */
  | { readonly undecided: true };

export async function writeTo(
  engine: Engine,
  { id, person, associateId, text }: Writing,
  now: number,
): Promise<Written> {
  const event: AssociateWrote = {
    type: 'associate.wrote',
    id,
    namespace: '',
    occurredAt: now,
    associateId,
    memberId: person.memberId,
    openid: person.openids[0] ?? null,
    text,
  };
  const ran = await run(engine, event, now, () => readContact(engine.db, person, `${id}/chat`));
  if (ran.verdict === 'refused') return { refusal: ran.refusal };
  const contact = resultOf(ran);
  return contact ? { contact } : { undecided: true };
}
