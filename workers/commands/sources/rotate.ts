/** 换密钥: a new secret beside the old one, which stays valid for a while, so that no sale is lost in between. */
import type { Source } from '../../../schema/index.ts';
import { readSource, rotateSecret } from '../../db/sources/registered-sources.ts';
import { hourMs } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Draft } from '../draft.ts';
import { invalidField } from '../invalid.ts';
import { unknownSource, type SourceDesk } from './register.ts';
import type { Senders } from './sender-ports.ts';
import { noSenders } from './source-check.ts';
import { isSame, newSecret, type NewSecret, type SecretInput } from './source-secret.ts';

export type Rotation = {
  readonly id: string;
  readonly overlapHours: number;
  /** When none is given, one is made here. */
  readonly secret: SecretInput | undefined;
};

export type Rotated = {
  readonly source: Source;
  readonly senders: Senders;
  readonly fresh: NewSecret;
  readonly oldValidTo: number;
};

/** After writing, the cached senders are renewed, so that this isolate knows the new secret. */
export async function rotateSource(
  { db, senders }: SourceDesk,
  { id, overlapHours, secret }: Rotation,
  now: number,
): Promise<Draft<Rotated> | Problem> {
  const source = await readSource(db, id);
  if (!source) return unknownSource;
  if (!senders) return noSenders;
  const fresh = await newSecret(senders, source, secret);
  if ('code' in fresh) return fresh;
  const [newest] = source.secrets;
  if (newest && (await isSame(newest.secret, fresh.stored)))
    return invalidField('secret', 'is the one it has already');
  const oldValidTo = now + overlapHours * hourMs;
  return {
    row: { source, senders, fresh, oldValidTo },
    statements: [rotateSecret(source.id, fresh.stored, now, oldValidTo)],
  };
}
