/** 密钥 of a polled source: stored as its signature scheme wants it, one value or a vendor's several as JSON. */

/** The value called `name`, or the secret itself where it is a single one. */
export function valueIn(secret: string, name: string): string {
  if (!secret.startsWith('{')) return secret;
  try {
    const value: unknown = Reflect.get(Object(JSON.parse(secret)), name);
    return typeof value === 'string' ? value : secret;
  } catch {
    return secret;
  }
}

/** Settings are shown to whoever may see the source; this word in them stands for what is not. */
const secretWord = '{secret}';
export const fillsSecret = (settings: unknown): boolean => JSON.stringify(settings).includes(secretWord);

const secretNames =
  /^(proxy-)?authorization$|^cookie$|secret|passw|pwd|token|(api|access|private)[-_]?key|^x-.*key$/i;

/** Fields and headers that look like a secret written out. */
export const secretsWrittenOut = (settings: unknown): string[] =>
  typeof settings === 'object' && settings !== null
    ? Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
        secretNames.test(name) && typeof value === 'string' && value !== '' && !fillsSecret(value)
          ? [name]
          : [],
      )
    : [];
