/** The settings of a 中式签名 over sorted pairs: every variant that senders use, as settings of a source. */
import * as z from 'zod';
import { FieldRules } from '../kernel/fields.ts';
import { momentUnits, ToleranceSeconds, toleranceSecondsUsual } from '../kernel/moment.ts';

const plainAlgorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const;
const keyedAlgorithms = ['hmac-sha1', 'hmac-sha256', 'hmac-sha512'] as const;
export const keyedHash = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' } as const;

export const KvParams = z
  .strictObject({
    algorithm: z.enum([...plainAlgorithms, ...keyedAlgorithms]),
    pair: z.enum(['k=v', 'kv']),
    join: z.string().max(8).default(''),
    /** Before the first pair. */
    prefix: z.string().max(512).default(''),
    /** The registered address and `?` stand before the first pair. */
    coversUrl: z.boolean().default(false),
    /** The whole body stands after the last pair. */
    coversBody: z.boolean().default(false),
    skipEmpty: z.boolean().default(false),
    valueEncoding: z.enum(['none', 'form', 'rfc3986']).default('none'),
    secret: z.enum(['prefix', 'suffix', 'both', 'none']),
    /** Before a secret at the end. */
    secretGlue: z.string().max(64).default(''),
    /** Where the pairs are. `json` takes the plain values at the top of the body, in their own digits. */
    from: z.enum(['form', 'query', 'json']),
    signature: z.union(
      [
        z.strictObject({ header: z.string().regex(/^[A-Za-z0-9-]{1,128}$/) }),
        z.strictObject({ pair: z.string().min(1).max(64) }),
      ],
      'is {"header": …} or {"pair": …}',
    ),
    /** Pairs beside the signature that are not signed; they are not handed on either. */
    unsigned: z.array(z.string()).max(16).default([]),
    fields: FieldRules.optional(),
    moment: z
      .strictObject({
        pair: z.string(),
        unit: z.enum(momentUnits),
        toleranceSeconds: ToleranceSeconds.default(toleranceSecondsUsual),
      })
      .optional(),
  })
  .refine(({ algorithm, secret }) => algorithm.startsWith('hmac-') || secret !== 'none', {
    message: 'a digest without the secret proves nothing',
  });
export type KvParams = z.infer<typeof KvParams>;

export type KeyedAlgorithm = (typeof keyedAlgorithms)[number];
export const isKeyed = (algorithm: KvParams['algorithm']): algorithm is KeyedAlgorithm =>
  algorithm.startsWith('hmac-');
