/** 编码: bytes as text, after they were verified; old tills still write GBK. */

const utf8 = ['utf-8', 'utf8'];
const chinese = new Set(['gbk', 'gb2312', 'gb18030', 'cp936', 'x-gbk']);

/** The sender's charset, or the first that fits of UTF-8 and GB18030; null when neither fits. */
export function decodeText(body: Uint8Array, charset: string | null): string | null {
  const named = charset?.trim().toLowerCase().replaceAll(/^"|"$/g, '') ?? '';
  if (chinese.has(named)) return decodeAs('gb18030', body);
  // Senders claim UTF-8 and send GBK more often than any other charset.
  return decodeAs(utf8[0] ?? '', body) ?? decodeAs('gb18030', body);
}

export const charsetOf = (headers: Headers): string | null =>
  /;\s*charset=([^;]+)/i.exec(headers.get('content-type') ?? '')?.[1] ?? null;

function decodeAs(label: string, body: Uint8Array): string | null {
  try {
    // A byte order mark is dropped.
    return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(body);
  } catch {
    return null;
  }
}
