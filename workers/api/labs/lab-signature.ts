/** 验签实验室: one real request and its secret; which scheme verifies it, and why the others do not. */
import * as z from 'zod';
import { Instant } from '../../../schema/index.ts';
import { bodyMax, trySignature } from '../../commands/sources/try-signature.ts';
import { namedAnswer, namedBody, ok, route } from '../call/define.ts';
import { inLab, labRoute } from './in-lab.ts';

/** Its body is hashed hundreds of times. */
const tried = { headersMax: 60, headerMax: 4_000, secretMax: 4_000, trialsShown: 30 };

const HeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is not the name of a header');
const HeaderValue = z
  .string()
  .max(tried.headerMax)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'is not the value of a header');
const Secret = z.string().min(1).max(tried.secretMax);

export const signatureLab = route({
  ...labRoute,
  path: '/labs/signature',
  summary: 'Which signature scheme verifies a request',
  description:
    'Paste one real request and its secret. Every scheme we know is tried in its usual manner and in some hundred variants; what matches comes first, then what came nearest, with the reason why not. Nothing is stored or logged.',
  body: namedBody(
    'SignatureTrial',
    z
      .strictObject({
        method: z.enum(['POST', 'GET', 'PUT']).default('POST'),
        url: z
          .url('must be an address such as https://shop.example.cn/hooks/erp/till')
          .max(2_000)
          .meta({ description: 'As registered with the sender.' }),
        headers: z
          .record(HeaderName, HeaderValue)
          .default({})
          .refine((headers) => Object.keys(headers).length <= tried.headersMax, 'are too many'),
        body: z.string().max(bodyMax).optional().meta({ description: 'As text, exactly as it was sent.' }),
        bodyBase64: z
          .base64('must be base64 text, such as eyJvcmRlciI6MX0=')
          .max(bodyMax)
          .optional()
          .meta({ description: 'For what is not UTF-8 text.' }),
        secret: z
          .union(
            [Secret, z.record(z.string().max(60), Secret)],
            'must be a text, or an object of texts by name',
          )
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
          secretFault: z.string().nullable().meta({
            description: 'Why a source would not be saved with this secret, such as that it is too short.',
          }),
          why: z.string(),
        }),
      ),
    }),
  ),
  handle: ({ deps, now, body }) =>
    inLab(deps.labs, async (labs) => {
      const { method, url, headers, secret } = body;
      const trials = await trySignature(labs, {
        method,
        url,
        headers: new Headers(headers),
        body: bytesOf(body),
        secret,
        at: body.at ?? now,
      });
      return ok({
        matches: trials.filter(({ matches }) => matches).length,
        tried: trials.length,
        schemes: trials.slice(0, tried.trialsShown).map(({ scheme, params, matches, secretFault, why }) => ({
          scheme,
          ...(params && { params: { ...params } }),
          matches,
          secretFault,
          why,
        })),
      });
    }),
});

function bytesOf({
  body = '',
  bodyBase64,
}: {
  body?: string | undefined;
  bodyBase64?: string | undefined;
}): Uint8Array {
  if (bodyBase64 === undefined) return new TextEncoder().encode(body);
  return Uint8Array.from(atob(bodyBase64), (character) => character.charCodeAt(0));
}
