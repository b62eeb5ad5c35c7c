/** 复制为 curl: the request as it could be sent again by hand, without a secret or a person in it. */
import type { InboxEvent } from '../../../schema/index.ts';

/** Headers are not kept, so the signature has to be made anew; `body` is masked already. */
export function toCurl({ sourceId }: Pick<InboxEvent, 'sourceId'>, body: string): string {
  return [
    '# 签名没有保存，个人信息和密钥已打码：改好正文、用来源的密钥重新签名后再发送。',
    `curl -X POST "$HUIKE_URL/hooks/erp/${encodeURIComponent(sourceId)}" \\`,
    `  -H 'content-type: application/json' \\`,
    `  -H 'webhook-signature: ****' \\`,
    `  --data-raw ${quoted(body)}`,
  ].join('\n');
}

/** A shell takes everything between single quotes as it stands, but for the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
