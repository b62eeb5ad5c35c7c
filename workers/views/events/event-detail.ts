/** 事件详情 for every face: one event as received and as understood, masked, and what its other revision changed. */
import type { EventId, InboxEvent } from '../../../schema/index.ts';
import { readRevisions } from '../../db/inbox/event-revisions.ts';
import type { Engine, Normalised } from '../../engine/engine.ts';
import { parseExact } from '../../lossless/exact.ts';
import { maskBody, maskSubject } from '../mask.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { viewCanonical } from './canonical.ts';
import { toCurl } from './event-copy.ts';
import { changesBetween, type FieldChange, type Side } from './event-diff.ts';

export type EventDetail = {
  readonly event: InboxEvent;
  /** The other revisions of it, newest first. */
  readonly others: readonly InboxEvent[];
  /** As received, without personal data; empty when its time was up. */
  readonly body: string;
  /** Null when the body was not understood. */
  readonly canonical: Readonly<Record<string, unknown>> | null;
  /** Against the revision before; null for the first, or when one cannot be read. */
  readonly diff: readonly FieldChange[] | null;
  /** To send it again by hand; null when the body is not shown. */
  readonly curl: string | null;
};

/** The comparison is made before the masking. One query finds all revisions by the beginning of the id. */
export async function readEventDetail({ db, normalise }: Engine, id: EventId): Promise<EventDetail | null> {
  const found = await readRevisions(db, id);
  if (!found) return null;
  const { event, previous, others } = found;
  const sides = await normalise([event, ...(previous ? [previous] : [])].filter(hasBody));
  const normalised = hasBody(event) ? sides[0] : undefined;
  const side = sideOf(event);
  const body = side ? JSON.stringify(side.masked) : hasBody(event) ? maskBody(event.body, event.type) : '';
  return {
    event,
    others,
    body,
    canonical: normalised && 'event' in normalised ? viewCanonical(normalised.event) : null,
    diff: previous && diffOf(previous, event, sides),
    curl: side ? toCurl(event, body) : null,
  };
}

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
