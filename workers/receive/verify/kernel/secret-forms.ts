/** 密钥的样子: the form of a scheme's secret, the faults of a given one, and a new one where we can make it. */
import { base64BytesLoose, toBase64 } from './bytes.ts';

export type SecretForm =
  | {
      readonly form: 'text';
      readonly looksLike: string;
      readonly fits: (text: string) => boolean;
      /** Absent when only the sender can make one. */
      readonly make?: () => string;
    }
  /** A vendor's own values, each by its name. */
  | { readonly form: 'named'; readonly parts: Readonly<Record<string, RegExp>> }
  /** The URL contains the secret: only the digest of a token made here is stored. */
  | { readonly form: 'address' };

const madeBytes = 32;
const randomBytes = (): Uint8Array => crypto.getRandomValues(new Uint8Array(madeBytes));

/** 43 letters, digits, `-` and `_`: they survive every shell, form and configuration file. */
export const randomText = (): string =>
  toBase64(randomBytes()).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Shorter secrets can be guessed; a space at an end comes from pasting. */
const free = /^[^\s\p{Cc}]\P{Cc}{6,510}[^\s\p{Cc}]$/u;

export const freeText: SecretForm = {
  form: 'text',
  looksLike: '8 to 512 characters that neither begin nor end with a space',
  fits: (text) => free.test(text),
  make: randomText,
};

/** The prefix, and base64 of so many bytes. */
const prefixed = (prefix: string, text: string, bytesMin: number, bytesMax: number): boolean => {
  if (!text.startsWith(prefix)) return false;
  const { length = 0 } = base64BytesLoose(text.slice(prefix.length)) ?? {};
  return length >= bytesMin && length <= bytesMax;
};

export const whsec: SecretForm = {
  form: 'text',
  looksLike: 'whsec_ and the base64 of 24 to 64 bytes',
  fits: (text) => prefixed('whsec_', text, 24, 64),
  make: () => `whsec_${toBase64(randomBytes())}`,
};

export const whpk: SecretForm = {
  form: 'text',
  looksLike: 'whpk_ and the base64 of the 32 bytes of the sender’s public key',
  fits: (text) => prefixed('whpk_', text, 32, 32),
};

const printable = /^[!-~]{1,256}$/;

export const named = (...names: readonly string[]): SecretForm => ({
  form: 'named',
  parts: Object.fromEntries(names.map((name) => [name, printable])),
});

/** The path within the secret and the fault, never a character of the secret. */
export type SecretFault = { readonly path: string; readonly message: string };

export function secretFault(
  form: SecretForm,
  secret: string | Readonly<Record<string, string>>,
): SecretFault | null {
  switch (form.form) {
    case 'address':
      return { path: '', message: 'is made here: whoever knows the address may send' };
    case 'text':
      if (typeof secret === 'string' && form.fits(secret)) return null;
      return { path: '', message: `is one text: ${form.looksLike}` };
    case 'named':
      return namedFault(form.parts, secret);
    default:
      return form satisfies never;
  }
}

function namedFault(
  parts: Readonly<Record<string, RegExp>>,
  secret: string | Readonly<Record<string, string>>,
): SecretFault | null {
  const names = Object.keys(parts);
  if (typeof secret === 'string') return { path: '', message: `is an object of ${names.join(', ')}` };
  const strange = Object.keys(secret).find((name) => !names.includes(name));
  if (strange !== undefined) return { path: '', message: `takes ${names.join(', ')} and nothing else` };
  for (const [name, shape] of Object.entries(parts)) {
    const value = secret[name];
    if (value === undefined || value === '') return { path: name, message: 'is missing' };
    if (!shape.test(value))
      return { path: name, message: 'is not of the form in which its console shows it' };
  }
  return null;
}
