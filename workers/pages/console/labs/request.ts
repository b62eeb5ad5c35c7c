/** 试的请求: headers as lines, an address, a moment and a secret, as somebody typed them. */
import type { Source } from '../../../../schema/index.ts';
import { bodyMax, type AskedTrial } from '../../../commands/sources/try-signature.ts';
import { textIn } from './mapping/rule.ts';
import type { Typed } from '../form/typed.ts';
import { labWords } from '../words/labs/labs.ts';
import type { Tried } from './tried.tsx';

export type Faulty = ReadonlyMap<string, string>;

export function requestIn(
  form: Typed,
  tried: Tried,
  now: number,
): Omit<AskedTrial, 'secret'> | { readonly faults: Faulty } {
  const faults = new Map<string, string>();
  const url = textIn(form, 'url');
  if (!URL.canParse(url)) faults.set('url', labWords.badUrl);
  const headers = headersIn(form.get('headers') ?? '', tried.headers);
  if (!headers) faults.set('headers', labWords.badHeader);
  const body = new TextEncoder().encode(tried.text);
  if (body.length > bodyMax) faults.set('payload', labWords.tooMuch);
  if (!headers || faults.size > 0) return { faults };
  return { method: 'POST', url, headers, body, at: tried.event?.receivedAt ?? now };
}

/** Those that came with it, and over them what is typed. Null where a line is no header. */
function headersIn(text: string, came: Readonly<Record<string, string>>): Headers | null {
  try {
    const headers = new Headers(came);
    for (const line of text.split('\n').map((one) => one.trim())) {
      if (line === '') continue;
      const [, name = '', value = ''] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
      headers.set(name, value);
    }
    return headers;
  } catch {
    return null;
  }
}

/** One text, or several values by name; without one it is the source's own, where that is no digest of an address. */
export function secretIn(form: Typed, source: Source | null): AskedTrial['secret'] {
  const text = textIn(form, 'secret') || (source?.secrets[0]?.secret ?? '');
  if (!text.startsWith('{')) return text;
  try {
    const named: unknown = JSON.parse(text);
    return typeof named === 'object' && named !== null
      ? Object.fromEntries(Object.entries(named).map(([name, value]) => [name, String(value)]))
      : text;
  } catch {
    return text;
  }
}
