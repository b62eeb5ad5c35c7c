/** 验签实验室: one real request and one secret; says which scheme verifies it, and why each of the others does not. */
import type { Reason, Secret, SignedRequest, Trust } from '../define.ts';
import { schemes } from '../index.ts';
import { secretFault } from '../kernel/secret-forms.ts';
import { labVariants } from './lab-variants.ts';

/** `content`, `fields` and `ambiguous` mean that scheme and secret fit, but the request must not be trusted. */
export type Explanation = {
  readonly scheme: string;
  /** The settings a source would need; absent where the scheme needs none. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What a source would say of this secret, such as that it is too short; null where it would take it. */
  readonly secretFault: string | null;
} & ({ readonly matches: true; readonly why: Trust } | { readonly matches: false; readonly why: Reason });

/** Schemes defined entirely by settings are tried through the variants. */
const configured = new Set(['hmac', 'kv-digest', 'pieces-digest']);

const nearest: readonly Reason[] = [
  'content',
  'fields',
  'ambiguous',
  'foreign',
  'stale',
  'downgrade',
  'mismatch',
];
const rankOf = ({ matches, why }: Explanation): number => {
  if (matches) return -1;
  const rank = nearest.indexOf(why);
  return rank < 0 ? nearest.length : rank;
};

/** Matches come first, then the nearest misses. Bounded: see `labVariants`. */
export async function explainSignature(
  request: SignedRequest,
  secret: Secret,
  nowSeconds: number,
): Promise<readonly Explanation[]> {
  const explanations: Explanation[] = [];
  for (const scheme of schemes) {
    if (configured.has(scheme.name)) continue;
    explanations.push({
      scheme: scheme.name,
      secretFault: faultOf(scheme, secret),
      ...outcomeOf(await scheme.verify(request, [secret], nowSeconds)),
    });
  }
  for (const { scheme, params } of labVariants(request)) {
    const verification = await scheme.verify(request, [secret], nowSeconds, params);
    explanations.push({
      scheme: scheme.name,
      params,
      secretFault: faultOf(scheme, secret, params),
      ...outcomeOf(verification),
    });
  }
  return explanations.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** The rule by which a source is saved. Where the address holds the secret, it is made here and not given. */
function faultOf(scheme: (typeof schemes)[number], secret: Secret, params: unknown = {}): string | null {
  const form = scheme.secretForm(params);
  if (form === null || form.form === 'address') return null;
  const fault = secretFault(form, secret);
  return fault && `secret${fault.path && `.${fault.path}`} ${fault.message}`;
}

function outcomeOf(
  verification: Awaited<ReturnType<(typeof schemes)[number]['verify']>>,
): { matches: true; why: Trust } | { matches: false; why: Reason } {
  return verification.ok
    ? { matches: true, why: verification.trust }
    : { matches: false, why: verification.reason };
}
