/** A source as it may be shown: how it is connected, with only the ends of its secrets. */
import * as z from 'zod';
import type { Source } from '../../../schema/index.ts';
import { namedAnswer } from '../call/define.ts';
import type { Conduct, Senders } from '../../commands/sources/sender-ports.ts';
import { addressOf } from '../../commands/sources/source-address.ts';
import { At, instant, instantOrNull } from '../call/shapes.ts';

export const SourceSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  adapter: z.string(),
  namespace: z.string(),
  config: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'What its adapter wants to know.' }),
  secrets: z.array(z.strictObject({ ending: z.string(), validTo: At.nullable() })).meta({
    description:
      'Newest first: the last characters, and until when it verifies. Of a token in the address, the end of its digest.',
  }),
  createdAt: At,
});

const Words = z.strictObject({ status: z.int(), contentType: z.string(), body: z.string() });

/** What the person who sets up the sending system has to know. */
export const Webhook = z.strictObject({
  address: z.string().meta({
    description:
      'To paste where the sender asks for it. A token in it is shown once, and is **** afterwards.',
  }),
  scheme: z.string().nullable().meta({ description: 'How requests are verified; null when they cannot be.' }),
  acknowledgement: Words.meta({ description: 'The answer that the sender expects.' }),
  refusal: Words.meta({ description: 'The answer to a wrong signature.' }),
  probe: Words.nullable().meta({ description: 'The answer to a GET; null when a GET is refused.' }),
});

export const SourceAnswer = namedAnswer(
  'Source',
  SourceSummary.extend({
    webhook: Webhook,
    secret: z.string().optional().meta({ description: 'Shown once, when it was made here.' }),
  }),
);

/** A short secret shows fewer characters: four of eight would be half of it. */
const endingLengthMax = 4;
const endingOf = (secret: string): string => {
  const bare = secret.replace(/"\}$/, '');
  return bare.slice(-Math.min(endingLengthMax, Math.floor(bare.length / 4)));
};

export const viewSource = ({ id, name, adapter, namespace, config, secrets, createdAt }: Source) => ({
  id,
  name,
  adapter,
  namespace,
  config: config && { ...config },
  secrets: secrets.map(({ secret, validTo }) => ({
    ending: endingOf(secret),
    validTo: instantOrNull(validTo),
  })),
  createdAt: instant(createdAt),
});

/** `token` is one that was just made. */
export async function viewWebhook(
  senders: Senders,
  source: Pick<Source, 'id' | 'adapter' | 'config'>,
  origin: string,
  token: string | null = null,
): Promise<z.infer<typeof Webhook>> {
  const verifier = senders.verifier(source);
  const conduct: Conduct = await senders.conduct(source);
  return {
    address: addressOf(senders, source, origin, token),
    scheme: verifier?.scheme ?? null,
    ...conduct,
  };
}
