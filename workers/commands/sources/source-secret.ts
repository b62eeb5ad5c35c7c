/** 密钥: the vendor's secret, checked, or one made here. A token in the URL is stored only as its digest. */
import type { Source, SourceSecret } from '../../../schema/index.ts';
import * as z from 'zod';
import type { Problem } from '../../platform/problem.ts';
import { invalidFields } from '../invalid.ts';
import { sha256Hex } from '../../platform/digest.ts';
import type { Sender, Senders } from './sender-ports.ts';

const valueLengthMax = 1000;
const namesMax = 10;
const Value = z.string().min(1).max(valueLengthMax);

/** One secret, or a vendor's several by name. */
export const SecretInput = z
  .union([Value, z.record(z.string().min(1).max(60), Value)], {
    error: `is a text, or an object of texts, each of 1 to ${valueLengthMax} characters`,
  })
  .refine(
    (secret) => typeof secret === 'string' || Object.keys(secret).length <= namesMax,
    'has too many values',
  )
  .meta({
    description:
      'The one that the sender’s console shows, such as {"client_id": "…", "client_secret": "…"}. Left out, one is made here where that is possible.',
  });
export type SecretInput = z.infer<typeof SecretInput>;

/** The secret to store, and the one to show once to the caller. */
export type NewSecret = {
  readonly stored: string;
  readonly secret: string | null;
  readonly token: string | null;
};

export async function newSecret(
  senders: Senders,
  sender: Sender,
  given: SecretInput | undefined,
): Promise<NewSecret | Problem> {
  if (given === undefined) return made(senders, sender);
  const stored = typeof given === 'string' ? given : JSON.stringify(given);
  const fault = senders.secretFault(sender, stored);
  return fault ? invalidFields([fault], 'secret') : { stored, secret: null, token: null };
}

async function made(senders: Senders, sender: Sender): Promise<NewSecret | Problem> {
  const fresh = await senders.newSecret(sender);
  const form = senders.verifier(sender)?.secret;
  if (!fresh) {
    const looksLike = form ? `: ${form.looksLike}` : '';
    return invalidFields(
      [{ path: '', message: `is shown by the sender’s console; paste it here${looksLike}` }],
      'secret',
    );
  }
  const { stored, shown } = fresh;
  return form?.form === 'address'
    ? { stored, secret: null, token: shown }
    : { stored, secret: shown, token: null };
}

export type Secrets = { readonly secrets: readonly SourceSecret[] } & Omit<NewSecret, 'stored'>;

/** The secrets of a source that is registered again: they stay while the signing scheme is the same. */
export async function secretsFor(
  senders: Senders,
  after: Sender,
  before: Source | null,
  given: SecretInput | undefined,
): Promise<Secrets | Problem> {
  const current = before && currentSecret(senders, before, after);
  if (before && current !== null && given === undefined) return kept(before);
  const fresh = await newSecret(senders, after, given);
  if ('code' in fresh) return fresh;
  if (before && current !== null) {
    if (await isSame(current, fresh.stored)) return kept(before);
    if (schemeOf(senders, before) === schemeOf(senders, after)) return rotateInstead;
  }
  return { ...fresh, secrets: [{ secret: fresh.stored, validTo: null }] };
}

const kept = ({ secrets }: Source): Secrets => ({ secrets, secret: null, token: null });

/** Null when the stored secret cannot verify the new scheme. */
function currentSecret(senders: Senders, before: Source, after: Sender): string | null {
  const [newest] = before.secrets;
  if (!newest) return null;
  const [was, is] = [senders.verifier(before), senders.verifier(after)];
  // A token's digest cannot sign, and a signing secret is no token digest, so neither can be kept for the other.
  const hasChanged = (was?.secret.form === 'address') !== (is?.secret.form === 'address');
  if (hasChanged) return null;
  if (is?.secret.form === 'address') return newest.secret;
  return senders.secretFault(after, newest.secret) === null ? newest.secret : null;
}

const schemeOf = (senders: Senders, sender: Sender): string | undefined => senders.verifier(sender)?.scheme;

/** Compares digests, so that timing reveals nothing of the secret. */
export const isSame = async (one: string, other: string): Promise<boolean> =>
  (await sha256Hex(one)) === (await sha256Hex(other));

const rotateInstead: Problem = {
  status: 409,
  code: 'secret_is_kept',
  detail:
    'this source has a secret; POST /sources/{id}/rotate gives it another, and the old one time to run out',
  field: 'secret',
};
