/** Seeds for draws: HMAC-SHA256 of the cause under the merchant's secret, so that a draw can be replayed but not guessed. */
import type { Seed } from '../decide/plain/random.ts';

export function seedMaker(secret: string): (causes: ReadonlySet<string>) => Promise<Map<string, Seed>> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return async (causes) => {
    const signing = await key;
    const seeds = await Promise.all(
      [...causes].map(async (cause): Promise<[string, Seed]> => {
        const words = new Uint32Array(await crypto.subtle.sign('HMAC', signing, encoder.encode(cause)));
        const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = words;
        return [cause, [a, b, c, d, e, f, g, h]];
      }),
    );
    return new Map(seeds);
  };
}
