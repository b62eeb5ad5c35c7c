/** A source as it may be shown: of its secrets only the ends. */
import * as z from 'zod';
import type { Source } from '../../schema/index.ts';
import { namedAnswer } from './define.ts';
import { At, instant, instantOrNull } from './shapes.ts';

export const SourceSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  adapter: z.string(),
  namespace: z.string(),
  config: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'What its adapter wants to know.' }),
  secrets: z
    .array(z.strictObject({ ending: z.string(), validTo: At.nullable() }))
    .meta({ description: 'Newest first: the last 4 characters, and until when it verifies.' }),
  createdAt: At,
});
export const SourceAnswer = namedAnswer(
  'Source',
  SourceSummary.extend({
    secret: z.string().optional().meta({ description: 'Shown once, when it is new.' }),
  }),
);

const endingLength = 4;
export const viewSource = ({ id, name, adapter, namespace, config, secrets, createdAt }: Source) => ({
  id,
  name,
  adapter,
  namespace,
  config: config && { ...config },
  secrets: secrets.map(({ secret, validTo }) => ({
    ending: secret.slice(-endingLength),
    validTo: instantOrNull(validTo),
  })),
  createdAt: instant(createdAt),
});
