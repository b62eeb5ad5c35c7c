/** 映射实验室: one payload and one mapping; the canonical event, and what is missing from it. */
import * as z from 'zod';
import { defaultTimezone } from '../../../schema/index.ts';
import { isTimezone } from '../../decide/plain/dates.ts';
import { invalidField } from '../../commands/invalid.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { inLab, labRoute } from './in-lab.ts';

const payloadMax = 100_000;
const eventsShown = 100;

export const mappingLab = route({
  ...labRoute,
  path: '/labs/mapping',
  summary: 'What a mapping makes of a payload',
  description:
    'The canonical event as far as it could be filled in, and what is missing of it, in the till’s words and in ours. Nothing is stored or logged.',
  body: namedBody(
    'MappingTrial',
    z.strictObject({
      spec: z
        .unknown()
        .refine((spec) => spec !== undefined, 'is required and not there')
        .meta({ description: 'As in `config.mapping.spec` of a source.' }),
      payload: z
        .string()
        .min(1)
        .max(payloadMax)
        .meta({ description: 'The body exactly as the till sends it.' }),
      zone: z
        .string()
        .max(60)
        .refine(isTimezone, 'is not an IANA timezone, such as Asia/Shanghai')
        .default(defaultTimezone),
    }),
  ),
  answer: namedAnswer(
    'MappingAnswer',
    z.strictObject({
      unreadable: z.string().nullable().meta({ description: 'Why the payload as a whole cannot be read.' }),
      decoded: z.string().meta({
        description: 'What the steps of `decode` made of the payload, as JSON, as far as they came.',
      }),
      start: z.string().meta({
        description: 'Where a path without `$.` or `^.` begins: `$`, or one element of the list at `each`.',
      }),
      elements: z.int().nullable().meta({
        description: 'How many elements stand at `each`; null without it, and where nothing stands there.',
      }),
      events: z.array(
        z.strictObject({
          outcome: z.enum(['event', 'ignored', 'parked']),
          type: z.string(),
          key: z.string().nullable().meta({ description: 'Its id within the source.' }),
          event: z.unknown(),
          missing: z.array(z.string()),
        }),
      ),
    }),
  ),
  handle: ({ deps, body: { spec, payload, zone } }) =>
    inLab(deps.labs, async (labs) => {
      const answer = labs.mapping(spec, zone, payload);
      if (!('problems' in answer)) {
        const events = answer.events.slice(0, eventsShown);
        return ok({
          unreadable: answer.unreadable,
          decoded: answer.decoded,
          start: answer.start,
          elements: answer.elements,
          events: events.map((event) => ({ ...event, missing: [...event.missing] })),
        });
      }
      const [first] = answer.problems;
      return invalidField(first?.path ? `spec.${first.path}` : 'spec', first?.message ?? 'cannot be used');
    }),
});
