/** 有界读取: reads a body up to a limit, whatever its headers say. */

/** Null when the body is larger. When the platform does not abort the body with its signal, reading stops at the next chunk. */
export async function readAtMost(
  body: AsyncIterable<Uint8Array> | null,
  bytesMax: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    signal?.throwIfAborted();
    length += chunk.length;
    if (length > bytesMax) return null;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
