/** 验签: what a signature scheme is asked, and the closed set of things it may answer. */
import type * as z from 'zod';
import type { Trust } from '../../../schema/index.ts';
import { freeText, type SecretForm } from './kernel/secret-forms.ts';

/** A request as it came; nothing is parsed before it is verified. */
export type SignedRequest = {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** As registered with the sender, where the address is signed: proxies change what a request shows. */
  readonly url: string;
  readonly query: URLSearchParams;
  /** The sender's address as the platform saw it (`cf-connecting-ip`); null when it is not known. */
  readonly address?: string | null;
  /** The last part of the path, for sources whose address is the secret. */
  readonly token?: string | null;
};

/** One value, or the vendor's named ones (`client_id` and `client_secret`, …). */
export type Secret = string | Readonly<Record<string, string>>;

export type { Trust };

export const reasons = [
  /** Nobody answers to the scheme's name. */
  'unknown-scheme',
  /** The source's settings for this scheme cannot be used. */
  'bad-params',
  /** No active secret of the form this scheme needs. */
  'no-secret',
  /** A header or field with the signature, or one that it covers, is not there. */
  'missing',
  /** Not whole hex, strict base64, digits; more parts than anyone sends; or nothing that carries a signature here. */
  'malformed',
  /** The signed timestamp is too far from now, either way. */
  'stale',
  /** Signed with another secret, or changed on the way. */
  'mismatch',
  /** Only a weaker code than the source must use. */
  'downgrade',
  /** The digest is right, but the content is not strictly what this scheme carries: UTF-8, JSON, no key twice. */
  'content',
  /** The digest is right, but the fields are not the agreed ones. */
  'fields',
  /** The digest is right, but the same signed text can be read as other fields. */
  'ambiguous',
  /** Sealed for another receiver. */
  'foreign',
  /** From an address that is not on the source's list. */
  'address',
] as const;
export type Reason = (typeof reasons)[number];

export type Verified = {
  readonly ok: true;
  readonly trust: Trust;
  /** What the body says once opened or decoded; absent when it is the body itself, as UTF-8. */
  readonly text?: string;
  /** The signed values beside the body, or the signed pairs. Without `text`, nothing else may be read. */
  readonly fields?: ReadonlyMap<string, string>;
};
export type Refused = { readonly ok: false; readonly reason: Reason };
export type Verification = Verified | Refused;

export type Scheme = {
  readonly name: string;
  readonly params: z.ZodType;
  /** Everything that is wrong with settings for this scheme, before they are saved. */
  readonly paramsFaults: (params: unknown) => readonly z.core.$ZodIssue[];
  /** Null where the settings cannot be used. */
  readonly secretForm: (params: unknown) => SecretForm | null;
  /** `params` are the source's settings for the scheme; ones that it cannot use refuse every request. */
  readonly verify: (
    request: SignedRequest,
    secrets: readonly Secret[],
    nowSeconds: number,
    params?: unknown,
  ) => Promise<Verification>;
};

export const refuse = (reason: Reason): Refused => ({ ok: false, reason });

/** Settings are checked once for as long as their object lives, which is as long as the source is cached. */
export function defineScheme<Params>(scheme: {
  readonly name: string;
  readonly params: z.ZodType<Params>;
  /** Any text, unless the scheme or its settings say otherwise. */
  readonly secret?: (params: Params) => SecretForm;
  readonly verify: (
    request: SignedRequest,
    secrets: readonly Secret[],
    nowSeconds: number,
    params: Params,
  ) => Promise<Verification> | Verification;
}): Scheme {
  const usable = new WeakMap<object, Params>();
  const parse = (params: unknown): { params: Params } | null => {
    const given = params ?? {};
    if (typeof given !== 'object') return null;
    const known = usable.get(given);
    if (known !== undefined) return { params: known };
    const parsed = scheme.params.safeParse(given);
    if (!parsed.success) return null;
    usable.set(given, parsed.data);
    return { params: parsed.data };
  };
  return {
    name: scheme.name,
    params: scheme.params,
    paramsFaults: (params) => scheme.params.safeParse(params ?? {}).error?.issues ?? [],
    secretForm: (params) => {
      const settings = parse(params);
      return settings && (scheme.secret?.(settings.params) ?? freeText);
    },
    verify: async (request, secrets, nowSeconds, params) => {
      const settings = parse(params);
      if (settings === null) return refuse('bad-params');
      if (secrets.length === 0) return refuse('no-secret');
      return await scheme.verify(request, secrets, nowSeconds, settings.params);
    },
  };
}
