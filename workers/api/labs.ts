/** 实验室: one real request or one payload is tried out. Nothing is stored, and nothing of it is logged. */
import * as z from 'zod';
import { defaultTimezone, Instant } from '../../schema/index.ts';
import { isTimezone } from '../decide/dates.ts';
import type { Problem } from '../problem.ts';
import { invalidField } from './check.ts';
import { namedAnswer, namedBody, ok, route, type Outcome } from './define.ts';
import type { Labs } from './lab-ports.ts';

/** Hundreds of digests are made of it. */
const tried = { bodyMax: 32_000, headersMax: 60, headerMax: 4_000, secretMax: 4_000, trialsShown: 30 };
const payloadMax = 100_000;
const eventsShown = 100;

const common = { method: 'POST', tag: 'Labs', scope: 'admin', statuses: [200], takesKey: false } as const;

const HeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is not the name of a header');
const HeaderValue = z
  .string()
  .max(tried.headerMax)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'is not the value of a header');
const Secret = z.string().min(1).max(tried.secretMax);

const signature = route({
  ...common,
  path: '/labs/signature',
  summary: 'Which signature scheme verifies a request',
  description:
    'Paste one real request and its secret. Every scheme we know is tried in its usual manner and in some hundred variants; what matches comes first, then what came nearest, with the reason why not. Nothing is stored or logged.',
  refusals: { 503: ['no_labs'] },
  body: namedBody(
    'SignatureTrial',
    z
      .strictObject({
        method: z.enum(['POST', 'GET', 'PUT']).default('POST'),
        url: z.url().max(2_000).meta({ description: 'As registered with the sender.' }),
        headers: z
          .record(HeaderName, HeaderValue)
          .default({})
          .refine((headers) => Object.keys(headers).length <= tried.headersMax, 'are too many'),
        body: z.string().max(tried.bodyMax).optional().meta({ description: 'As text, exactly as it was sent.' }),
        bodyBase64: z
          .base64()
          .max(tried.bodyMax)
          .optional()
          .meta({ description: 'For what is not UTF-8 text.' }),
        secret: z
          .union([Secret, z.record(z.string().max(60), Secret)])
          .meta({ description: 'One, or several with their names, such as client_id and client_secret.' }),
        at: Instant.transform((instant) => Date.parse(instant))
          .optional()
          .meta({ description: 'When it was sent; now unless given. An old request is stale.' }),
      })
      .refine(({ body, bodyBase64 }) => body === undefined || bodyBase64 === undefined, {
        path: ['bodyBase64'],
        message: 'give body or bodyBase64, not both',
      }),
  ),
  answer: namedAnswer(
    'SignatureAnswer',
    z.strictObject({
      matches: z.int(),
      tried: z.int(),
      schemes: z.array(
        z.strictObject({
          scheme: z.string(),
          params: z
            .record(z.string(), z.unknown())
            .optional()
            .meta({ description: 'The settings a source would need.' }),
          matches: z.boolean(),
          why: z.string(),
        }),
      ),
    }),
  ),
  handle: ({ deps, now, body }) =>
    inLab(deps.labs, async (labs) => {
      const { method, url, headers, secret } = body;
      const request = {
        method,
        url,
        query: new URL(url).searchParams,
        headers: new Headers(headers),
        body: bytesOf(body),
      };
      const trials = await labs.signature(request, secret, Math.floor((body.at ?? now) / 1000));
      return ok({
        matches: trials.filter(({ matches }) => matches).length,
        tried: trials.length,
        schemes: trials.slice(0, tried.trialsShown).map(({ scheme, params, matches, why }) => ({
          scheme,
          ...(params && { params: { ...params } }),
          matches,
          why,
        })),
      });
    }),
});

function bytesOf({ body = '', bodyBase64 }: { body?: string | undefined; bodyBase64?: string | undefined }): Uint8Array {
  if (bodyBase64 === undefined) return new TextEncoder().encode(body);
  return Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0));
}

const mapping = route({
  ...common,
  path: '/labs/mapping',
  summary: 'What a mapping makes of a payload',
  description:
    'The canonical event as far as it could be filled in, and what is missing of it, in the till’s words and in ours. Nothing is stored or logged.',
  refusals: { 503: ['no_labs'] },
  body: namedBody(
    'MappingTrial',
    z.strictObject({
      spec: z.unknown().meta({ description: 'As in `config.mapping.spec` of a source.' }),
      payload: z.string().min(1).max(payloadMax).meta({ description: 'The body exactly as the till sends it.' }),
      zone: z.string().max(60).refine(isTimezone, 'is not a time zone').default(defaultTimezone),
    }),
  ),
  answer: namedAnswer(
    'MappingAnswer',
    z.strictObject({
      unreadable: z.string().nullable().meta({ description: 'Why the payload as a whole cannot be read.' }),
      events: z.array(
        z.strictObject({
          outcome: z.enum(['event', 'ignored', 'parked']),
          type: z.string(),
          key: z.string().nullable().meta({ description: 'What tells it from every other event of the source.' }),
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
        return ok({ unreadable: answer.unreadable, events: events.map((event) => ({ ...event, missing: [...event.missing] })) });
      }
      const [first] = answer.problems;
      return invalidField(first?.path ? `spec.${first.path}` : 'spec', first?.message ?? 'cannot be used');
    }),
});

/** What goes wrong in here may quote what was put in, so it goes no further. */
async function inLab<Body>(
  labs: Labs | undefined,
  work: (labs: Labs) => Promise<Outcome<Body>>,
): Promise<Outcome<Body>> {
  if (!labs) return noLabs;
  try {
    return await work(labs);
  } catch {
    return invalidField('', 'this cannot be tried; shorten it to what matters');
  }
}

const noLabs: Problem = { status: 503, code: 'no_labs', detail: 'this deployment has no labs' };

export const labRoutes = [signature, mapping];
