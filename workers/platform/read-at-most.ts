/** 有界读取: the bytes of a body, and never more of them than is allowed, whatever its headers say. */

/** Null when there are more. Where the platform does not end a body with its signal, the next chunk is the last one read. */
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
