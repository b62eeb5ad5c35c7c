/** 对接方式: the kinds of source, their settings, and the form of their secrets. */
import * as z from 'zod';
import { namedAnswer, ok, route } from '../call/define.ts';
import type { SenderKind } from '../../commands/sources/sender-ports.ts';
import { noSenders } from '../../commands/sources/source-check.ts';

const Schema = z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema.' });

const Secret = z.strictObject({
  form: z
    .enum(['text', 'named', 'address'])
    .meta({ description: 'One text; several values by name; or a token that is part of the address.' }),
  looksLike: z.string(),
  names: z.array(z.string()),
  madeBy: z
    .enum(['us', 'sender'])
    .meta({ description: 'Required when the sender makes it; otherwise one is made and shown once.' }),
});

const Adapter = z.strictObject({
  name: z.string(),
  label: z.string().meta({ description: 'As the console calls it.' }),
  schemes: z
    .array(z.strictObject({ scheme: z.string(), params: Schema, secret: Secret }))
    .meta({ description: 'By which its requests can be verified, the usual one first.' }),
  config: Schema,
});

export const sourceAdapters = route({
  method: 'GET',
  path: '/source-adapters',
  tag: 'Sources',
  scope: 'admin',
  statuses: [200],
  summary: 'What a source can be',
  description:
    'The adapters, for any till first; how each verifies, and what `config` and `secret` it takes.',
  refusals: { 503: ['no_senders'] },
  answer: namedAnswer(
    'SourceAdapterList',
    z.strictObject({ items: z.array(Adapter), next: z.string().nullable(), poll: Schema }),
  ),
  handle: async ({ deps: { senders, polls } }) =>
    senders
      ? ok({ items: senders.kinds().map(view), next: null, poll: { ...polls?.settings() } })
      : noSenders,
});

const view = ({ name, label, schemes, config }: SenderKind): z.infer<typeof Adapter> => ({
  name,
  label,
  schemes: schemes.map(({ scheme, params, secret }) => ({
    scheme,
    params: { ...params() },
    secret: { ...secret, names: [...secret.names] },
  })),
  config: { ...config() },
});
