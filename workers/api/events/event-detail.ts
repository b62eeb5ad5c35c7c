/** 事件详情: one event as received and as understood, what its other revision changed, and the reason of its state. */
import * as z from 'zod';
import { EventId, type InboxEvent } from '../../../schema/index.ts';
import { readRevisions } from '../../db/inbox/event-revisions.ts';
import type { Normalised } from '../../engine/engine.ts';
import { parseExact } from '../../lossless/exact.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { changesBetween, FieldChange, type Side } from './event-diff.ts';
import { toCurl } from './event-copy.ts';
import { EventAnswer, EventSummary, viewEvent, viewSummary } from './event-view.ts';
import { whyOf } from './event-why.ts';
import { unknownEvent } from '../../commands/inbox/replay.ts';
import { maskSubject } from '../call/mask.ts';
import { maskSecrets } from '../call/mask-secrets.ts';

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
    const found = await readRevisions(deps.db, id);
    if (!found) return unknownEvent;
    const { event, previous, others } = found;
    const sides = await deps.engine.normalise([event, ...(previous ? [previous] : [])].filter(hasBody));
    const normalised = hasBody(event) ? sides[0] : undefined;
    const view = viewEvent(event, normalised);
    const side = sideOf(event);
    const body = side ? JSON.stringify(side.masked) : hasBody(event) ? view.body : '';
    return ok({
      ...view,
      body,
      why: whyOf(event),
      revisions: others.map(viewSummary),
      diff: previous && diffOf(previous, event, sides),
      curl: side ? toCurl(event, body) : null,
    });
  },
});

const hasBody = ({ body }: InboxEvent): boolean => body !== '';

/** Compares the bodies when both are JSON, otherwise the canonical events: a till may send XML or a form. */
function diffOf(
  previous: InboxEvent,
  event: InboxEvent,
  understood: readonly Normalised[],
): FieldChange[] | null {
  const before = sideOf(previous);
  const after = sideOf(event);
  if (before && after) return changesBetween(before, after);
  const [is, was] = understood;
  if (!is || !was || !('event' in is) || !('event' in was)) return null;
  return changesBetween(toSide(was.event, previous.type), toSide(is.event, event.type));
}

function sideOf({ body, type }: InboxEvent): Side | null {
  const parsed = parseExact(body);
  return parsed.ok ? toSide(parsed.value, type) : null;
}

const toSide = (real: unknown, type: string): Side => ({
  real,
  masked: maskSecrets(maskSubject(real, type)),
});
