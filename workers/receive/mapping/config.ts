/** 映射来源的设置: how its requests are verified and mapped, which answer the till expects, and samples with their expected events. */
import * as z from 'zod';
import { CommonSettings } from '../erp/kernel/settings.ts';
import { schemeNamed } from '../verify/index.ts';
import { MappingSpec } from './spec.ts';

const contentType = z
  .string()
  .regex(/^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/, 'is a content type such as text/plain');
const Answer = z.strictObject({
  body: z.string().max(1000),
  contentType: contentType.default('application/json'),
});

const Sample = z.strictObject({
  name: z.string().max(100).optional(),
  /** The body exactly as the till sends it. */
  body: z.string().min(1).max(100_000),
  /** The canonical event it must become; a list for a batch; `{"ignored": true}` for what is not acted on. */
  expected: z
    .unknown()
    .refine(
      (expected) => typeof expected === 'object' && expected !== null,
      'is an event, or a list of events',
    ),
});
export type Sample = z.infer<typeof Sample>;

export const MappingConfig = CommonSettings.omit({ signature: true, payments: true, store: true }).extend({
  verifier: z.strictObject({
    scheme: z
      .string()
      .min(1)
      .max(60)
      .refine((name) => schemeNamed(name) !== null, 'is no signature scheme that we know'),
    params: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Until there is a mapping, bodies are stored, parked and shown, so that the mapping can be made from them. */
  mapping: z
    .strictObject({
      version: z.int().min(1).max(1_000_000),
      spec: MappingSpec.meta({ description: 'docs/connect-your-erp.md, "The parts of a mapping"' }),
      samples: z
        .array(Sample)
        .min(1, 'has at least one sample: a body as the till sends it and the event it must become')
        .max(20),
    })
    .optional(),
  answer: z
    .strictObject({ success: Answer, failure: Answer.optional() })
    .default({ success: { body: '{"ok":true}', contentType: 'application/json' } }),
});
export type MappingConfig = z.infer<typeof MappingConfig>;
