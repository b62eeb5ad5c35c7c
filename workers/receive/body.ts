/** Request bodies: bounded, and text only if they are UTF-8, but for what Tencent cut in the middle of a character. */
import { readAtMost } from '../platform/read-at-most.ts';

export const bodyBytesMax = 1_000_000;
/** Of what Tencent pushes: one message or notice, a few KB of it. */
export const callbackBytesMax = 128 * 1024;

/** Null when it is too large; stops reading at the limit, whatever content-length says. */
export async function readBody(request: Request, bytesMax = bodyBytesMax): Promise<Uint8Array | null> {
  if (!request.body) return new Uint8Array();
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > bytesMax) return null;
  if (declared > 0) {
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.length > bytesMax ? null : whole;
  }
  return readAtMost(request.body, bytesMax);
}

export function decodeUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return null;
  }
}

/** With U+FFFD for what is no text. */
export const decodeAnyway = (body: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: false, ignoreBOM: false }).decode(body);
