/** 密钥: the secrets of a source in the form its scheme needs; a secret of another form is left out. */
import type { Secret } from '../define.ts';

/** The plain ones, and of the named ones the value called `name`. Never empty: an empty key signs for everyone. */
export function valuesOf(secrets: readonly Secret[], name?: string): string[] {
  return secrets
    .map((secret) => (typeof secret === 'string' ? secret : name === undefined ? '' : (secret[name] ?? '')))
    .filter((value) => value !== '');
}

/** The named ones that have every name. */
export function namedOf<Name extends string>(
  secrets: readonly Secret[],
  names: readonly Name[],
): Readonly<Record<Name, string>>[] {
  return secrets.filter(
    (secret): secret is Readonly<Record<Name, string>> =>
      typeof secret !== 'string' && names.every((name) => (secret[name] ?? '') !== ''),
  );
}

/** As stored with a source: a JSON object of strings is a vendor's named values, anything else is the secret itself. */
export function parseSecret(stored: string): Secret {
  if (!stored.startsWith('{')) return stored;
  try {
    const value: unknown = JSON.parse(stored);
    const parts = Object.entries(value ?? {});
    if (parts.length === 0 || !parts.every(([, part]) => typeof part === 'string')) return stored;
    return Object.fromEntries(parts);
  } catch {
    return stored;
  }
}
