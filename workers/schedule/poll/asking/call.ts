/** 出站请求: one request to another system, bounded in time and size, never redirected; it returns a verdict. */
import type { Http } from '../../../engine/ports.ts';
import { readAtMost } from '../../../platform/read-at-most.ts';
import { refuseAddress } from './address.ts';
import type { Outgoing } from './outgoing.ts';
import { isJson } from '../kernel/slices.ts';

const timeoutMs = 10_000;
/** A page of a hundred tickets is some 300 KB. */
const answerBytesMax = 2_000_000;

export type Called =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: string; readonly retryAfterMs: number | null };

export type Line = { readonly http: Http; readonly allowPrivate: boolean };

export async function call({ http, allowPrivate }: Line, outgoing: Outgoing, now: number): Promise<Called> {
  const { url, method, headers, body } = outgoing;
  const refused = refuseAddress(url, allowPrivate);
  if (refused !== null) return failed(refused);
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const request = new Request(url, {
      method,
      headers: { ...headers },
      ...(body === null ? {} : { body }),
      // A redirect could lead to an address that is not allowed.
      redirect: 'manual',
      signal,
    });
    const response = await http(request);
    if (response.status >= 300 && response.status < 400)
      return failed('it answered with a redirect, which is not followed');
    if (!response.ok) {
      await response.body?.cancel();
      return failed(
        `it answered HTTP ${response.status}`,
        retryAfter(response.headers.get('retry-after'), now),
      );
    }
    const text = await readAnswer(response, signal);
    if (text === null) return failed(`its answer is longer than ${answerBytesMax} bytes`);
    return isJson(text) ? { ok: true, text } : failed('its answer is not JSON');
  } catch (error) {
    // The platform's message may contain the URL with its query; the kind of failure is enough.
    const isTimeout = signal.aborted || (error instanceof Error && error.name === 'TimeoutError');
    return failed(isTimeout ? `it did not answer within ${timeoutMs} ms` : 'it could not be reached');
  }
}

const failed = (why: string, retryAfterMs: number | null = null): Called => ({
  ok: false,
  why,
  retryAfterMs,
});

/** Reading stops at the limit, whatever content-length says; old systems still send GBK. */
async function readAnswer(response: Response, signal: AbortSignal): Promise<string | null> {
  const whole = await readAtMost(response.body, answerBytesMax, signal);
  if (whole === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(whole);
  } catch {
    return new TextDecoder('gb18030').decode(whole);
  }
}

/** `retry-after` as seconds or a date; null when it is neither. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,8}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
