/** Log lines in English key=value: never a body, a phone number, a token or a query string. */

export function log(
  level: 'info' | 'warn' | 'error',
  event: string,
  facts: Record<string, string | number> = {},
): void {
  const pairs = Object.entries(facts).map(
    ([key, value]) => `${key}=${String(value).replaceAll(/\s+/g, '_')}`,
  );
  console[level]([`event=${event}`, ...pairs].join(' '));
}
