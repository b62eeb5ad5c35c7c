/** 事件详情: one event as received and as understood, what its other revision changed, and the reason of its state. */
import * as z from 'zod';
import { EventId } from '../../../schema/index.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { FieldChange } from '../../views/events/event-diff.ts';
import { readEventDetail } from '../../views/events/event-detail.ts';
import { EventAnswer, EventSummary, viewSummary } from './event-view.ts';
import { whyOf } from '../../views/events/event-why.ts';
import { unknownEvent } from '../../commands/inbox/replay.ts';

const Detail = namedAnswer(
  'EventDetail',
  EventAnswer.extend({
    why: z.string().meta({ description: 'Its result, in plain Chinese.' }),
    revisions: z
      .array(EventSummary)
      .meta({ description: 'The others that came under the same id, newest first.' }),
    diff: z.array(FieldChange).nullable().meta({
      description:
        'What it changed against the revision before; null for the first, or when one cannot be read.',
    }),
    curl: z
      .string()
      .nullable()
      .meta({ description: 'To send it again by hand; null when the body is not shown.' }),
  }),
);

export const eventDetail = route({
  method: 'GET',
  path: '/events/{id}',
  tag: 'Events',
  scope: 'admin',
  statuses: [200],
  summary: 'One event: as received, as understood, and what it brought about',
  description:
    'Names, phones, WeChat ids, signatures and keys are masked everywhere; the comparison is made before the masking. One query finds all revisions by the beginning of the id.',
  refusals: { 404: ['unknown_event'] },
  params: z.strictObject({ id: EventId }),
  answer: Detail,
  handle: async ({ deps, params: { id } }) => {
    const found = await readEventDetail(deps.engine, id);
    if (!found) return unknownEvent;
    const { event, others, body, canonical, diff, curl } = found;
    return ok({
      ...viewSummary(event),
      body,
      canonical: canonical && { ...canonical },
      why: whyOf(event),
      revisions: others.map(viewSummary),
      diff: diff && [...diff],
      curl,
    });
  },
});
