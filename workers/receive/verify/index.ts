/** The signature schemes. A new one is its file, its line here and its vectors. */
import { isNetwork, isOnList } from './kernel/address-list.ts';
import { refuse, type Scheme, type Secret, type SignedRequest, type Verification } from './define.ts';
import { hmacSchemes } from './hmac.ts';
import { hook0 } from './hook0.ts';
import { kingdee } from './kingdee.ts';
import { kvSchemes } from './kv-senders.ts';
import { piecesSchemes } from './pieces-senders.ts';
import { standardWebhooks, standardWebhooksEd25519 } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { urlToken } from './token.ts';
import { yonyouEvent } from './yonyou.ts';

export const schemes: readonly Scheme[] = [
  standardWebhooks,
  standardWebhooksEd25519,
  hook0,
  stripe,
  ...hmacSchemes,
  ...piecesSchemes,
  ...kvSchemes,
  yonyouEvent,
  kingdee,
  urlToken,
];

const byName = new Map(schemes.map((scheme) => [scheme.name, scheme]));

/** Null for an unknown name. */
export const schemeNamed = (name: string): Scheme | null => byName.get(name) ?? null;

/** How a source's requests are verified: set by the source, never by the request. */
export type VerifySettings = {
  readonly scheme: string;
  readonly params?: unknown;
  /** Networks that may send; absent means everyone, empty means nobody. */
  readonly addresses?: readonly string[];
};

/** Fails closed: an unknown scheme, unusable settings or no secret refuse every request. */
export async function verifyRequest(
  settings: VerifySettings,
  request: SignedRequest,
  secrets: readonly Secret[],
  nowSeconds: number,
): Promise<Verification> {
  const scheme = schemeNamed(settings.scheme);
  if (scheme === null) return refuse('unknown-scheme');
  const { addresses } = settings;
  if (addresses !== undefined && !addresses.every(isNetwork)) return refuse('bad-params');
  if (addresses !== undefined && !isOnList(request.address, addresses)) return refuse('address');
  return await scheme.verify(request, secrets, nowSeconds, settings.params);
}
