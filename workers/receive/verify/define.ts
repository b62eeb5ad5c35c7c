/** 验签: the question to a signature scheme, and the closed set of its verdicts. */
import type * as z from 'zod';
import type { Trust } from '../../../schema/index.ts';
import { freeText, type SecretForm } from './kernel/secret-forms.ts';

/** A request as received; nothing is parsed before it is verified. */
export type SignedRequest = {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The URL as registered with the sender, for schemes that sign it: proxies change the visible one. */
  readonly url: string;
  readonly query: URLSearchParams;
  /** The sender's IP address as the platform saw it (`cf-connecting-ip`); null when unknown. */
  readonly address?: string | null;
  /** The last part of the path, for sources whose URL contains the secret. */
  readonly token?: string | null;
};

/** One value, or the vendor's named ones (`client_id` and `client_secret`, …). */
export type Secret = string | Readonly<Record<string, string>>;

export type { Trust };

export const reasons = [
  /** The scheme's name is unknown. */
  'unknown-scheme',
  /** The source's settings for this scheme cannot be used. */
  'bad-params',
  /** No active secret of the form this scheme needs. */
  'no-secret',
  /** A header or field with the signature, or one that it covers, is missing. */
  'missing',
  /** Malformed: no whole hex, strict base64 or digits; too many parts; or no signature of this form. */
  'malformed',
  /** The signed timestamp is too far from now, before or after. */
  'stale',
  /** Signed with another secret, or changed on the way. */
  'mismatch',
  /** Only a weaker signature than the source requires. */
  'downgrade',
  /** The digest is right, but the content is not valid: UTF-8, JSON, no duplicate key. */
  'content',
  /** The digest is right, but the fields are not the agreed ones. */
  'fields',
  /** The digest is right, but the signed text could also be split into other fields. */
  'ambiguous',
  /** Encrypted for another receiver. */
  'foreign',
  /** Sent from an address that is not on the source's list. */
  'address',
] as const;
export type Reason = (typeof reasons)[number];

export type Verified = {
  readonly ok: true;
  readonly trust: Trust;
  /** The decrypted or decoded body; absent when it is the body itself as UTF-8. */
  readonly text?: string;
  /** The signed values besides the body, or the signed pairs. Without `text` nothing else may be read. */
  readonly fields?: ReadonlyMap<string, string>;
};
export type Refused = { readonly ok: false; readonly reason: Reason };
export type Verification = Verified | Refused;

export type Scheme = {
  readonly name: string;
  readonly params: z.ZodType;
  /** The faults of settings for this scheme, before they are saved. */
  readonly paramsFaults: (params: unknown) => readonly z.core.$ZodIssue[];
  /** Null when the settings cannot be used. */
  readonly secretForm: (params: unknown) => SecretForm | null;
  /** `params` are the source's settings for the scheme; invalid settings refuse every request. */
  readonly verify: (
    request: SignedRequest,
    secrets: readonly Secret[],
    nowSeconds: number,
    params?: unknown,
  ) => Promise<Verification>;
};

export const refuse = (reason: Reason): Refused => ({ ok: false, reason });

/** Settings are parsed once for as long as the source is cached. */
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
