/** A conversation as the API shows it: the person, the latest contact, and whether it can be answered. */
import * as z from 'zod';
import { arrivals, contactDirections, messageStates, type Contact } from '../../../schema/index.ts';
import type { ConversationHead, Standing } from '../../db/conversations/threads.ts';
import type { Spoken } from '../../db/conversations/thread-messages.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const Who = z.strictObject({ id: z.string(), name: z.string().nullable() });

const said = {
  id: z.string(),
  direction: z
    .enum(contactDirections)
    .meta({ description: 'in: from the person. out: from the shop. note: internal.' }),
  channel: z.string(),
  kind: z.string().meta({
    description:
      'text, image, voice … as WeChat names it; reply is automatic; call, visit, guidance and rebound (换绑) are notes.',
  }),
  text: z.string().nullable().meta({ description: 'Null for a picture, and once the person has left.' }),
  associateId: z.string().nullable(),
  at: At,
};

export const Window = z
  .strictObject({ isOpen: z.boolean(), messagesLeft: z.int(), until: At.nullable() })
  .meta({ description: 'WeChat lets us write only for a while after they did something.' });

export const viewWindow = (window: Standing['window']): z.infer<typeof Window> => ({
  isOpen: window !== null,
  messagesLeft: window?.messagesLeft ?? 0,
  until: instantOrNull(window?.until ?? null),
});

export const ContactAnswer = namedAnswer('Contact', z.strictObject(said));
type ContactAnswer = z.infer<typeof ContactAnswer>;

export const SpokenAnswer = namedAnswer(
  'ConversationMessage',
  z.strictObject({
    ...said,
    delivery: z
      .strictObject({
        state: z.enum(messageStates),
        arrival: z.enum(arrivals).nullable(),
        lastError: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'Of what was said by us, as far as it is known.' }),
    readAt: At.nullable(),
  }),
);
type SpokenAnswer = z.infer<typeof SpokenAnswer>;

export const ConversationAnswer = namedAnswer(
  'Conversation',
  z.strictObject({
    thread: z.string().meta({ description: 'The member’s id, or a sealed name of somebody who is none.' }),
    member: Who.nullable(),
    associate: Who.nullable(),
    last: ContactAnswer,
    unread: z
      .int()
      .meta({ description: 'Since the last answer, and since somebody said that they have read.' }),
    window: Window,
  }),
);
type ConversationAnswer = z.infer<typeof ConversationAnswer>;

export function viewContact({
  cause,
  direction,
  channel,
  kind,
  text,
  associateId,
  at,
}: Omit<Contact, 'seq'>): ContactAnswer {
  return { id: cause, direction, channel, kind, text, associateId, at: instant(at) };
}

export function viewSpoken(spoken: Spoken): SpokenAnswer {
  const { cause, direction, channel, kind, text, associateId, at, delivery, readAt } = spoken;
  return {
    id: cause,
    direction,
    channel,
    kind,
    text,
    associateId,
    at: instant(at),
    delivery,
    readAt: instantOrNull(readAt),
  };
}

export function viewConversation(
  thread: string,
  { member, associate, last }: ConversationHead,
  { unread, window }: Standing,
): ConversationAnswer {
  return {
    thread,
    member,
    associate: associate && { id: associate.id, name: associate.name },
    last: viewContact(last),
    unread,
    window: viewWindow(window),
  };
}
