/** 推送地址: where a system sends what it tells, as the person who sets it up pastes it. */
import type { Source } from '../../../schema/index.ts';
import type { Senders } from './sender-ports.ts';

const hidden = '****';

/** `token` is one that was just made; a token that is kept as its digest is not shown again. */
export function addressOf(
  senders: Pick<Senders, 'verifier'>,
  source: Pick<Source, 'id' | 'adapter' | 'config'>,
  origin: string,
  token: string | null = null,
): string {
  const registered = source.config?.['url'];
  // A sender that signs its URL signs the one that it was given.
  const bare = typeof registered === 'string' ? registered : hookOf(origin, source.id);
  const isSecret = senders.verifier(source)?.secret.form === 'address';
  return isSecret ? `${bare}?token=${token ?? hidden}` : bare;
}

export const hookOf = (origin: string, id: string): string => `${origin}/hooks/erp/${id}`;
