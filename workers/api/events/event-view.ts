/** An event of the inbox as it may be shown: body and canonical event without personal data. */
import * as z from 'zod';
import { eventStates, trusts, type InboxEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import { reasonCodes, reasonWords } from '../../words/reasons.ts';
import { namedAnswer } from '../call/define.ts';
import { maskBody, maskText } from '../../views/mask.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';
import { viewCanonical } from '../../views/events/canonical.ts';

export const EventSummary = z.strictObject({
  id: z.string(),
  source: z.string(),
  senderId: z.string().meta({ description: 'The sender’s own id of the event.' }),
  type: z.string(),
  revision: z.int().meta({ description: '2 and more: the same id came again with another body.' }),
  state: z.enum(eventStates),
  receivedAt: At,
  decidedAt: At.nullable(),
  attempts: z.int(),
  trust: z.enum(trusts).nullable().meta({
    description:
      'signed: by a holder of the secret, as it stands; weak: by a digest that can be extended or re-split; token: sent to a secret address, unsigned; null: asked for, or read from a file.',
  }),
  error: z.string().nullable().meta({ description: 'Why it is parked, ignored or waiting, in Chinese.' }),
  code: z.enum(reasonCodes).nullable().meta({ description: 'The same as a code that stays as it is.' }),
  waitsFor: z.string().nullable().meta({ description: 'The sale it waits for.' }),
  memberId: z.string().nullable().meta({
    description: 'The member it is about, whatever became of it; null when it names nobody who is known.',
  }),
  effects: z.record(z.string(), z.unknown()).nullable().meta({ description: 'What followed from it.' }),
});
type EventSummary = z.infer<typeof EventSummary>;

export const EventAnswer = namedAnswer(
  'Event',
  EventSummary.extend({
    body: z.string().meta({ description: 'As received, with names, phones and WeChat ids masked.' }),
    canonical: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The canonical event, masked as well; null when the body was not understood.' }),
  }),
);
export type EventAnswer = z.infer<typeof EventAnswer>;

export const viewSummary = (row: InboxEvent): EventSummary => ({
  id: row.id,
  source: row.sourceId,
  senderId: row.senderId,
  type: row.type,
  revision: row.revision,
  state: row.state,
  receivedAt: instant(row.receivedAt),
  decidedAt: instantOrNull(row.decidedAt),
  attempts: row.attempts,
  trust: row.trust,
  error: row.note && maskText(reasonWords(row.note)),
  code: row.note && row.note.code,
  waitsFor: row.waitsFor,
  memberId: row.memberId,
  effects: row.outcome && { ...(row.memberId !== null && { memberId: row.memberId }), ...row.outcome },
});

export const viewEvent = (row: InboxEvent, normalised: Normalised | undefined): EventAnswer => ({
  ...viewSummary(row),
  body: maskBody(row.body, row.type),
  canonical: normalised && 'event' in normalised ? viewCanonical(normalised.event) : null,
});
