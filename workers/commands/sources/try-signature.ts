/** 验签实验室: one real request and its secret, tried by every scheme that we know; nothing of it is kept. */
import type { Labs, SignatureTrial, TriedSecret } from './lab-ports.ts';

export type AskedTrial = {
  readonly method: string;
  /** As registered with the sender. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly secret: TriedSecret;
  /** When it was sent: an old request is stale. */
  readonly at: number;
};

/** Matches first, then the nearest misses. Its body is hashed hundreds of times: `bodyMax` bounds it where it is taken. */
export const bodyMax = 32_000;

export const trySignature = (
  labs: Labs,
  { secret, at, ...request }: AskedTrial,
): Promise<readonly SignatureTrial[]> =>
  labs.signature({ ...request, query: new URL(request.url).searchParams }, secret, Math.floor(at / 1000));
