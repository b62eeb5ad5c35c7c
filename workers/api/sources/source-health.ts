/** 来源健康: whether each till sends, and how much of it is understood. */
import * as z from 'zod';
import type { Poll } from '../../../schema/index.ts';
import { hoursShown, listHealth, readHealth, type SourceHealth } from '../../db/sources/source-health.ts';
import { upkeepOf } from '../../db/sources/source-upkeep.ts';
import { unknownSource } from '../../commands/sources/register.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { maskText } from '../../views/mask.ts';
import { byId, listOf, paged, pageQuery } from '../call/paging.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

const Bps = z.int().min(0).max(10_000).meta({ description: 'In hundredths of a percent: 250 is 2.5 %.' });

const PollState = z.strictObject({
  stream: z.string(),
  readTo: At.meta({ description: 'Everything before this was read.' }),
  nextAt: At,
  lastOkAt: At.nullable(),
  lastEventAt: At.nullable(),
  failures: z.int().meta({ description: 'How often it failed in a row.' }),
  backOffUntil: At.nullable(),
  lastError: z.string().nullable(),
});

const Health = namedAnswer(
  'SourceHealth',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    lastEventAt: At.nullable().meta({ description: 'Null when it is older than the search goes back.' }),
    silentSince: At.nullable().meta({ description: 'Set while the silence alarm stands.' }),
    silenceAlarmMinutes: z.int().nullable(),
    lastDay: z.strictObject({
      events: z.int(),
      done: z.int(),
      parked: z.int(),
      ignored: z.int(),
      waiting: z.int(),
      received: z.int().meta({ description: 'Not decided yet.' }),
      parkedBps: Bps,
      ignoredBps: Bps,
    }),
    perHour: z
      .array(z.int())
      .length(hoursShown)
      .meta({ description: 'Events of the last 24 hours, the oldest hour first.' }),
    oldestWaiting: z
      .strictObject({ id: z.string(), receivedAt: At, waitsFor: z.string().nullable() })
      .nullable()
      .meta({ description: 'Waits for a sale.' }),
    polls: z.array(PollState).meta({ description: 'Empty for a source that pushes.' }),
  }),
);
type Health = z.infer<typeof Health>;

const shareBps = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part * 10_000) / whole);

function view(health: SourceHealth): Health {
  const { source, counts, perHour, oldestWaiting } = health;
  const count = (state: string): number => counts.get(state) ?? 0;
  const events = perHour.reduce((sum, hour) => sum + hour, 0);
  return {
    id: source.id,
    name: source.name,
    lastEventAt: instantOrNull(health.lastEventAt),
    silentSince: instantOrNull(health.silentSince),
    silenceAlarmMinutes: upkeepOf(source.config).silenceAlarmMinutes ?? null,
    lastDay: {
      events,
      done: count('done'),
      parked: count('parked'),
      ignored: count('ignored'),
      waiting: count('waiting'),
      received: count('received'),
      parkedBps: shareBps(count('parked'), events),
      ignoredBps: shareBps(count('ignored'), events),
    },
    perHour: [...perHour],
    oldestWaiting: oldestWaiting && { ...oldestWaiting, receivedAt: instant(oldestWaiting.receivedAt) },
    polls: health.polls.map(viewPoll),
  };
}

const viewPoll = (poll: Poll): Health['polls'][number] => ({
  stream: poll.stream,
  readTo: instant(poll.readTo),
  nextAt: instant(poll.nextAt),
  lastOkAt: instantOrNull(poll.lastOkAt),
  lastEventAt: instantOrNull(poll.lastEventAt),
  failures: poll.failures,
  backOffUntil: instantOrNull(poll.backOffUntil),
  lastError: poll.lastError === null ? null : maskText(poll.lastError),
});

const common = { method: 'GET', tag: 'Sources', scope: 'admin', statuses: [200] } as const;

const get = route({
  ...common,
  path: '/sources/{id}/health',
  summary: 'How a source has been doing',
  description:
    'Derived from the inbox in one round trip: no sale pays for it. It reads the events of the last 24 hours, the newest 50,000 at most.',
  refusals: { 404: ['unknown_source'] },
  params: z.strictObject({ id: z.string().min(1).max(40) }),
  answer: Health,
  handle: async ({ deps, now, params: { id } }) => {
    const health = await readHealth(deps.db, id, now);
    return health ? ok(view(health)) : unknownSource;
  },
});

const list = route({
  ...common,
  path: '/source-health',
  summary: 'How all sources have been doing, by id',
  description: 'The same as GET /sources/{id}/health for each of them.',
  query: z.strictObject(pageQuery),
  answer: listOf('SourceHealthList', Health),
  handle: ({ deps, now, query }) =>
    paged(
      query,
      byId(
        (after, limit) => listHealth(deps.db, after, limit, now),
        ({ source }) => source.id,
      ),
      view,
    ),
});

export const sourceHealthRoutes = [get, list];
