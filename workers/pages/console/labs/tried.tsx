/** 拿来试的: one request that the till sent, or one that somebody pasted; it is tried, and nothing of it is kept. */
import type { FC } from 'hono/jsx';
import type { EventId, InboxEvent, Source } from '../../../../schema/index.ts';
import { readEvent } from '../../../db/inbox/events.ts';
import { searchEvents } from '../../../db/inbox/event-search.ts';
import { endOfTime } from '../../../db/paging.ts';
import { Select } from '../form/select.tsx';
import type { Typed } from '../form/typed.ts';
import { moment } from '../kit/format.ts';
import type { Visit } from '../kit/visit.ts';
import { maskBody } from '../../../views/mask.ts';
import { stateNames, typeName } from '../words/events.ts';
import { labWords } from '../words/labs/labs.ts';

const shownMax = 12;
/** A form of the console holds 256 KB, and each character is up to nine of its bytes. */
const payloadMax = 20_000;
/** In place of an event's id. */
const pasted = 'pasted';

export type Tried = {
  /** The events to choose from. */
  readonly events: readonly InboxEvent[];
  readonly event: InboxEvent | null;
  readonly pasted: string;
  /** Empty where there is nothing to try. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly isDecoded: boolean;
};

/** What waits for a mapping comes first. */
export async function triedOf(visit: Visit, source: Source, typed: Typed): Promise<Tried> {
  const filter = { state: null, source: source.id, type: null, code: null, text: null, from: null, to: null };
  const { items } = await searchEvents(visit.db, filter, endOfTime, shownMax);
  const events = items.filter(({ body }) => body !== '');
  const text = (typed.get('payload') ?? '').slice(0, payloadMax);
  const asked = typed.get('event');
  // Whoever pastes something wants that to be tried, whatever stands above it.
  const event =
    text.trim() !== '' || asked === pasted
      ? null
      : asked === null
        ? (events.find(({ state }) => state === 'parked') ?? events[0] ?? null)
        : await eventOf(visit, source, events, asked);
  if (!event) return { events, event, pasted: text, text, headers: {}, isDecoded: false };
  return { events, event, pasted: text, ...visit.deps.desk.labs.asItCame(event.body) };
}

/** One of this source's and of no other. */
async function eventOf({ db }: Visit, { id }: Source, near: readonly InboxEvent[], asked: string) {
  const found = near.find((event) => event.id === asked) ?? (await readEvent(db, asked as EventId));
  return found?.sourceId === id && found.body !== '' ? found : null;
}

const beginningMax = 30;
/** Two that came in one minute are told apart by how they begin. */
const beginning = (body: string): string =>
  maskBody(body, '')
    .replace(/^.*"(undecoded|unmapped)":/, '')
    .slice(0, beginningMax);

export const Which: FC<{ tried: Tried; now: number }> = ({ tried: { events, event, pasted: text }, now }) => (
  <>
    <div class="field">
      <label for="event">{labWords.which}</label>
      <span class="help">{labWords.whichHelp}</span>
      <Select
        name="event"
        value={event?.id ?? pasted}
        options={[
          ...events.map(({ id, receivedAt, type, state, body }) => ({
            value: id,
            label: [moment(receivedAt, now), typeName(type), stateNames[state].label, beginning(body)].join(
              ' · ',
            ),
          })),
          { value: pasted, label: labWords.pasted },
        ]}
      />
    </div>
    <div class="field">
      <label for="payload">{labWords.payload}</label>
      <span class="help">{labWords.payloadHelp}</span>
      <textarea id="payload" name="payload" rows={3} maxlength={payloadMax}>
        {text}
      </textarea>
    </div>
  </>
);
