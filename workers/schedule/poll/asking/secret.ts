/** 密钥 of a polled source: stored in its signature scheme's form: one value, or a vendor's several as JSON. */

/** The value called `name`, or the secret itself when it is a single value. */
export function valueIn(secret: string, name: string): string {
  if (!secret.startsWith('{')) return secret;
  try {
    const value: unknown = Reflect.get(Object(JSON.parse(secret)), name);
    return typeof value === 'string' ? value : secret;
  } catch {
    return secret;
  }
}

/** Settings are visible to everybody who may see the source; this placeholder stands for the secret. */
const secretWord = '{secret}';
export const fillsSecret = (settings: unknown): boolean => JSON.stringify(settings).includes(secretWord);

const secretNames =
  /^(proxy-)?authorization$|^cookie$|secret|passw|pwd|token|(api|access|private)[-_]?key|^x-.*key$/i;

/** Fields and headers that seem to contain a secret in clear. */
export const secretsWrittenOut = (settings: unknown): string[] =>
  typeof settings === 'object' && settings !== null
    ? Object.entries(settings).flatMap(([name, value]: [string, unknown]) =>
        secretNames.test(name) && typeof value === 'string' && value !== '' && !fillsSecret(value)
          ? [name]
          : [],
      )
    : [];
