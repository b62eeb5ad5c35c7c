/** 试运行: what a source's latest events would become under other settings; nothing is saved. */
import * as z from 'zod';
import { eventStates, type InboxEvent } from '../../../schema/index.ts';
import { unanswered, type Normalised } from '../../engine/engine.ts';
import { reasonWords } from '../../words/reasons.ts';
import { dryRunOf } from '../../commands/sources/dry-run.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { viewEvent } from '../events/event-view.ts';
import { labRoute } from './in-lab.ts';
import { maskText } from '../../views/mask.ts';

const eventsMax = 50;

const Event = z.strictObject({
  id: z.string(),
  senderId: z.string(),
  state: z.enum(eventStates).meta({ description: 'As it is now.' }),
  outcome: z
    .enum(['event', 'ignored', 'parked'])
    .meta({ description: 'As it would be read: `event` would be decided.' }),
  why: z.string().nullable().meta({ description: 'Of one that would be ignored or parked.' }),
  canonical: z.record(z.string(), z.unknown()).nullable(),
});

export const dryRun = route({
  ...labRoute,
  path: '/labs/dry-run',
  summary: 'What the last events of a source would become under other settings',
  description:
    'The settings are checked as in PUT /sources/{id}; then the newest stored events are read by them. Nothing is stored, and nobody gets points. Left out, `adapter` and `config` are those of the source.',
  refusals: { 503: ['no_senders'] },
  body: namedBody(
    'DryRun',
    z.strictObject({
      source: z.string().min(1).max(40),
      adapter: z.string().min(1).max(40).optional(),
      config: z.record(z.string(), z.unknown()).nullable().optional(),
      state: z.enum(eventStates).optional().meta({ description: 'Only those, for example `parked`.' }),
      limit: z.int().min(1).max(eventsMax).default(20),
    }),
  ),
  answer: namedAnswer(
    'DryRunAnswer',
    z.strictObject({
      read: z.int(),
      events: z.int().meta({ description: 'Of these, how many would be decided.' }),
      ignored: z.int(),
      parked: z.int(),
      items: z.array(Event),
    }),
  ),
  handle: async ({ deps, body }) => {
    const tried = await dryRunOf(deps, body);
    if ('code' in tried) return tried;
    const { rows, read } = tried;
    const items = rows.map((row, place) => view(row, read[place] ?? unanswered));
    const count = (outcome: string): number => items.filter((item) => item.outcome === outcome).length;
    return ok({
      read: items.length,
      events: count('event'),
      ignored: count('ignored'),
      parked: count('parked'),
      items,
    });
  },
});

function view(row: InboxEvent, normalised: Normalised): z.infer<typeof Event> {
  const { id, senderId, state } = row;
  const { canonical } = viewEvent(row, normalised);
  const shown = { id, senderId, state, canonical };
  if ('event' in normalised) return { ...shown, outcome: 'event', why: null };
  return 'ignored' in normalised
    ? { ...shown, outcome: 'ignored', why: maskText(reasonWords(normalised.ignored)) }
    : { ...shown, outcome: 'parked', why: maskText(reasonWords(normalised.parked)) };
}
