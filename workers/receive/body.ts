/** Request bodies: bounded, and text only if they are UTF-8. */
import { readAtMost } from '../platform/read-at-most.ts';

export const bodyBytesMax = 1_000_000;

/** Null when it is too large; stops reading at the limit, whatever content-length says. */
export async function readBody(request: Request): Promise<Uint8Array | null> {
  if (!request.body) return new Uint8Array();
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > bodyBytesMax) return null;
  if (declared > 0) {
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.length > bodyBytesMax ? null : whole;
  }
  return readAtMost(request.body, bodyBytesMax);
}

export function decodeUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return null;
  }
}
