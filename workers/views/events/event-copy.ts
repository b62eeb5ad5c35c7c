/** 复制为 curl: the request, ready to be sent again by hand, without secrets and personal data. */
import type { InboxEvent } from '../../../schema/index.ts';

/** Headers are not stored, so a new signature has to be made; `body` is already masked. */
export function toCurl({ sourceId }: Pick<InboxEvent, 'sourceId'>, body: string): string {
  return [
    '# 签名没有保存，个人信息和密钥已打码：改好正文、用来源的密钥重新签名后再发送。',
    `curl -X POST "$HUIKE_URL/hooks/erp/${encodeURIComponent(sourceId)}" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H 'webhook-signature: ****' \\`,
    `  --data-raw ${quoted(body)}`,
  ].join('\n');
}

/** Inside single quotes a shell changes nothing but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
