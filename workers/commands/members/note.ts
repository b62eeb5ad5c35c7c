/** 沟通记录 and 主管指导: what was said over the phone or in the store, and a supervisor's guidance. */
import type { AssociateId, Contact } from '../../../schema/index.ts';
import { insertContact, threadsOf, type Person } from '../../db/conversations/thread-messages.ts';
import { newId } from '../../platform/digest.ts';
import type { Draft } from '../draft.ts';

/** Where each kind of contact takes place. */
const channels = { call: 'phone', visit: 'store', guidance: 'office' } as const;

export type Note = {
  readonly kind: keyof typeof channels;
  readonly text: string;
  readonly associateId?: AssociateId | undefined;
};

export function note(
  person: Person,
  { kind, text, associateId }: Note,
  at: number,
): Draft<Omit<Contact, 'seq'>> {
  const row = {
    thread: threadsOf(person)[0] ?? '',
    memberId: person.memberId,
    associateId: associateId ?? null,
    direction: 'note',
    channel: channels[kind],
    kind,
    text,
    cause: newId('note'),
    at,
    readAt: null,
  } as const;
  return { row, statements: [insertContact(row)] };
}
