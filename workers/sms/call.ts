/** 一次请求: one message to a provider, bounded in time, and what came back. */
import type { SmsSettings, SmsVerdict } from './define.ts';

export type ProviderAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly verdict: SmsVerdict };

const busy: ReadonlySet<number> = new Set([429, 503]);

/** The body as JSON, or a verdict when there is none. */
export async function ask({ http, timeoutMs }: SmsSettings, request: Request): Promise<ProviderAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  let status: number;
  let text: string;
  try {
    const response = await http(new Request(request, { redirect: 'manual', signal }));
    status = response.status;
    text = await response.text();
  } catch {
    // The message of `fetch` may quote the URL, which contains the phone number.
    return unknown(signal.aborted ? `${timeoutMs} 毫秒内没有回答` : '连接中断');
  }
  const body = jsonOf(text);
  // Providers explain refusals in JSON, whatever the HTTP status.
  if (body !== null) return { ok: true, body };
  if (!busy.has(status)) return unknown(`HTTP ${status}`);
  return {
    ok: false,
    verdict: { verdict: 'retry', afterSeconds: null, why: `短信服务商忙（HTTP ${status}）` },
  };
}

export const unknown = (what: string): Extract<ProviderAnswer, { ok: false }> => ({
  ok: false,
  verdict: { verdict: 'park', why: `不知道短信是否已经发出，为避免重复不再自动重发（${what}）` },
});

function jsonOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
