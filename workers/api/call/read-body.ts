/** Reads a request's body, up to a limit. */
import { readStrict } from '../../lossless/strict.ts';
import type { Problem } from '../../platform/problem.ts';

export const bodyBytesMax = 256 * 1024;

const tooLarge: Problem = {
  status: 413,
  code: 'too_large',
  detail: `a body holds at most ${bodyBytesMax} bytes`,
};

const malformed = (detail: string, field?: string): Problem => ({
  status: 400,
  code: 'malformed',
  detail,
  ...(field !== undefined && { field }),
});

/** Stops at the limit, whatever content-length says. */
export async function readText(request: Request): Promise<string | Problem> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesMax) return tooLarge;
  if (!request.body) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > bodyBytesMax) return tooLarge;
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return malformed('the body is not UTF-8, or it broke off');
    throw error;
  }
}

export function parseJson(text: string): { readonly json: unknown } | Problem {
  const read = readStrict(text);
  return read.ok ? { json: read.value } : malformed(read.why, read.key);
}
