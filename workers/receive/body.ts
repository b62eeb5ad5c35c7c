/** Request bodies: bounded, and text only if they are UTF-8. */

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
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > bodyBytesMax) return null;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

export function decodeUtf8(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return null;
  }
}
