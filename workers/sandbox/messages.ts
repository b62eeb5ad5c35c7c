/** 聊天记录: what the account wrote to a person and what they wrote back, newest first. */
import { offsetTime } from './time.ts';
import { templateOf } from './templates.ts';

/** WeChat remembers a `client_msg_id` for this long. */
const dedupeMs = 10 * 60_000;

export type NewMessage = {
  readonly openid: string;
  readonly sender: 'account' | 'person';
  /** As WeChat names them: template, text, image, news; `reply` is a text that answered a callback. */
  readonly kind: string;
  readonly text: string;
  readonly data: unknown;
  readonly templateId?: string;
  readonly url?: string | undefined;
  readonly clientMsgId?: string | undefined;
};

type Row = {
  seq: number;
  openid: string;
  sender: NewMessage['sender'];
  at: number;
  kind: string;
  text: string;
  data: string;
  msgid: string | null;
  template_id: string | null;
  url: string | null;
};

/** The message's id, 64 bits as text; the former id when the same `client_msg_id` was delivered lately. */
export async function deliver(db: D1Database, message: NewMessage): Promise<string> {
  const at = Date.now();
  const clientMsgId = message.clientMsgId ?? null;
  const since = at - dedupeMs;
  const inserted = await db
    .prepare(
      `INSERT INTO messages (openid, sender, at, kind, text, data, msgid, template_id, url, client_msg_id)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
       WHERE NOT EXISTS (SELECT 1 FROM messages WHERE openid = ?1 AND client_msg_id = ?10 AND at > ?11)
       RETURNING msgid`,
    )
    .bind(
      message.openid,
      message.sender,
      at,
      message.kind,
      message.text,
      JSON.stringify(message.data),
      newMessageId(),
      message.templateId ?? null,
      message.url ?? null,
      clientMsgId,
      since,
    )
    .first<string>('msgid');
  return inserted ?? (await deliveredAs(db, message.openid, clientMsgId)) ?? '';
}

/** The id under which a `client_msg_id` was delivered in the last ten minutes. */
export async function deliveredAs(
  db: D1Database,
  openid: string,
  clientMsgId: string | null,
): Promise<string | null> {
  if (clientMsgId === null) return null;
  return db
    .prepare('SELECT msgid FROM messages WHERE openid = ? AND client_msg_id = ? AND at > ? ORDER BY seq DESC')
    .bind(openid, clientMsgId, Date.now() - dedupeMs)
    .first<string>('msgid');
}

export async function templatesSince(db: D1Database, since: number): Promise<number> {
  const count = await db
    .prepare("SELECT count(*) AS count FROM messages WHERE kind = 'template' AND at >= ?")
    .bind(since)
    .first<number>('count');
  return count ?? 0;
}

/** `sender` null gives both sides of the chat. */
export async function listMessages(
  db: D1Database,
  which: { openid: string | null; sender: NewMessage['sender'] | null; limit: number },
) {
  const { results } = await db
    .prepare(
      `SELECT seq, openid, sender, at, kind, text, data, msgid, template_id, url FROM messages
       WHERE (?1 IS NULL OR openid = ?1) AND (?2 IS NULL OR sender = ?2) ORDER BY seq DESC LIMIT ?3`,
    )
    .bind(which.openid, which.sender, which.limit)
    .all<Row>();
  return results.map(publicMessage);
}

function publicMessage(row: Row) {
  const data: unknown = JSON.parse(row.data);
  const template = row.template_id === null ? null : templateOf(row.template_id);
  return {
    seq: row.seq,
    openid: row.openid,
    sender: row.sender,
    at: offsetTime(row.at),
    kind: row.kind,
    text: row.text,
    data,
    msgid: row.msgid,
    templateId: row.template_id,
    title: template?.title ?? null,
    labels: template?.fields.map(({ key, label }) => ({ key, label })) ?? [],
    url: row.url,
  };
}

/** Past 2^53, as real ones may be: whoever reads it as a number finds out here. */
function newMessageId(): string {
  const [random = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return String(4_000_000_000_000_000_000n + (random >> 2n));
}
