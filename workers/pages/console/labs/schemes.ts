/** 换成这种签名: the settings of a source that verifies in another way; null where its kind leaves no choice. */
import type { Source } from '../../../../schema/index.ts';
import type { Visit } from '../kit/visit.ts';

export type AskedScheme = { readonly scheme: string; readonly params?: unknown };

export function schemeTakenInto(
  { deps: { desk } }: Visit,
  { adapter, config }: Source,
  { scheme, params }: AskedScheme,
): NonNullable<Source['config']> | null {
  const kind = desk.senders.kinds().find(({ name }) => name === adapter);
  if (!kind?.schemes.some((one) => one.scheme === scheme)) return null;
  const with_ = params === undefined ? {} : { params };
  if (adapter === 'mapping') return { ...config, verifier: { scheme, ...with_ } };
  const { signature: _, ...rest } = config ?? {};
  const signature = params === undefined ? {} : { signature: params };
  if (adapter === 'hmac') return { ...rest, signedBy: scheme, ...signature };
  // A vendor signs in one way: only its settings can be others.
  const isSame = desk.senders.verifier({ adapter, config })?.scheme === scheme;
  return isSame && params !== undefined ? { ...rest, ...signature } : null;
}
