/**
 * 登记数据来源: a system that may send, its adapter, and the secret it signs with; everything is checked before anything is stored.
 */
import * as z from 'zod';
import type { Source } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { insertSource, readSource, updateSource } from '../../db/sources/registered-sources.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../invalid.ts';
import type { Polls, Senders } from './sender-ports.ts';
import { checkNumbering } from './numbering.ts';
import { checkSender, noSenders } from './source-check.ts';
import { SecretInput, secretsFor, type NewSecret } from './source-secret.ts';

export const slug = (what: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, `${what} is 1 to 40 of a-z, 0-9 and -, and does not begin with -`);

export const SourceInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  adapter: z.string().min(1).max(40).meta({ description: 'One of GET /source-adapters.' }),
  namespace: slug('a namespace').optional(),
  config: z.record(z.string(), z.unknown()).nullable().optional(),
  secret: SecretInput.optional(),
});
export type SourceInput = z.infer<typeof SourceInput>;

/** Where sources are stored, and the port that knows adapters. */
export type SourceDesk = { readonly db: Db; readonly senders?: Senders; readonly polls?: Polls };

export type RegisteredSource = {
  readonly source: Source;
  readonly senders: Senders;
  /** The secret, when it was made here and has to be shown once. */
  readonly shown: Omit<NewSecret, 'stored'>;
  readonly isNew: boolean;
};

export async function registerSource(
  { db, senders, polls }: SourceDesk,
  { id, ...input }: SourceInput & { readonly id: string },
  now: number,
): Promise<RegisteredSource | Problem> {
  if (!senders) return noSenders;
  if (senders.reservedIds.includes(id)) return invalidField('id', 'is taken by Huike itself');
  const before = await readSource(db, id);
  const { name, adapter, namespace = before?.namespace ?? id, secret: given } = input;
  if (before && namespace !== before.namespace) return namespaceIsFixed(before.namespace);
  const config = input.config === undefined ? (before?.config ?? null) : input.config;
  const problem =
    (await checkSender({ senders, polls }, { adapter, config }, before)) ??
    (await checkNumbering(db, { id, namespace, config }, before));
  if (problem) return problem;
  const chosen = await secretsFor(senders, { adapter, config }, before, given);
  if ('code' in chosen) return chosen;

  const { secrets, ...shown } = chosen;
  const createdAt = before?.createdAt ?? now;
  const source: Source = { id, name, adapter, namespace, config, secrets, createdAt };
  const isStored = before ? await updateSource(db, before, source) : await insertSource(db, source);
  if (!isStored) return changedMeanwhile;
  await senders.renew();
  return { source, senders, shown, isNew: before === null };
}

export const unknownSource: Problem = {
  status: 404,
  code: 'unknown_source',
  detail: 'no source has this id',
};
const namespaceIsFixed = (namespace: string): Problem => ({
  status: 409,
  code: 'namespace_is_fixed',
  detail: `everything this source sent is kept under ${namespace}; register another source for another namespace`,
  field: 'namespace',
});
const changedMeanwhile: Problem = {
  status: 409,
  code: 'changed_meanwhile',
  detail: 'somebody else changed this source at the same moment; look at it, and send it again',
};
