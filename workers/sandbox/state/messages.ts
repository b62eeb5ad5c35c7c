/** 聊天记录: what the account wrote to a person and what they wrote back, newest first. */
import type { Here } from '../here.ts';
import { newMessageId } from '../plain/random.ts';
import { offsetTime } from '../plain/time.ts';

/** WeChat remembers a `client_msg_id` for this long. */
const dedupeMs = 10 * 60_000;

export type NewMessage = {
  readonly openid: string;
  readonly sender: 'account' | 'person';
  /**
   * As WeChat names them: template, text, image, news…; `passive` answered a callback, `subscription` used up a
   * consent, `mass` went to many, and `unavailable` is what WeChat says when Huike does not answer.
   */
  readonly kind: string;
  readonly text: string;
  readonly data: unknown;
  readonly card?: Card;
  readonly url?: string | undefined;
  readonly clientMsgId?: string | undefined;
};

/** What a template looks like: kept with the message, for a template may be deleted. */
export type Card = {
  readonly templateId: string;
  readonly title: string;
  readonly labels: readonly { readonly key: string; readonly label: string }[];
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
  card: string | null;
  url: string | null;
};

/** The message's id, 64 bits as text; null when the same `client_msg_id` was delivered lately. */
export async function deliver({ db, now }: Here, message: NewMessage): Promise<string | null> {
  return db
    .prepare(
      `INSERT INTO messages (openid, sender, at, kind, text, data, msgid, card, url, client_msg_id)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
       WHERE NOT EXISTS (SELECT 1 FROM messages WHERE openid = ?1 AND client_msg_id = ?10 AND at > ?11)
       RETURNING msgid`,
    )
    .bind(
      message.openid,
      message.sender,
      now,
      message.kind,
      message.text,
      JSON.stringify(message.data),
      newMessageId(),
      message.card === undefined ? null : JSON.stringify(message.card),
      message.url ?? null,
      message.clientMsgId ?? null,
      now - dedupeMs,
    )
    .first<string>('msgid');
}

/** The id under which a `client_msg_id` was delivered in the last ten minutes. */
export async function deliveredAs(
  { db, now }: Here,
  openid: string,
  clientMsgId: string | undefined,
): Promise<string | null> {
  if (clientMsgId === undefined) return null;
  return db
    .prepare('SELECT msgid FROM messages WHERE openid = ? AND client_msg_id = ? AND at > ? ORDER BY seq DESC')
    .bind(openid, clientMsgId, now - dedupeMs)
    .first<string>('msgid');
}

/** How many of that kind the account has sent to them since, delivered or not. */
export async function countSent(
  { db }: Here,
  which: { openid: string; kind: string; since: number },
): Promise<number> {
  const count = await db
    .prepare(
      `SELECT count(*) AS count FROM messages WHERE openid = ? AND sender = 'account' AND kind = ? AND at > ?`,
    )
    .bind(which.openid, which.kind, which.since)
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
      `SELECT seq, openid, sender, at, kind, text, data, msgid, card, url FROM messages
       WHERE (?1 IS NULL OR openid = ?1) AND (?2 IS NULL OR sender = ?2) AND hidden = 0
       ORDER BY seq DESC LIMIT ?3`,
    )
    .bind(which.openid, which.sender, which.limit)
    .all<Row>();
  return results.map(publicMessage);
}

/** Written by us alone, above. */
const cardOf = (text: string | null): Card | null => (text === null ? null : (JSON.parse(text) as Card));

function publicMessage({ card: cardText, data: dataText, at, ...row }: Row) {
  const card = cardOf(cardText);
  const data: unknown = JSON.parse(dataText);
  return {
    ...row,
    at: offsetTime(at),
    data,
    templateId: card?.templateId ?? null,
    title: card?.title ?? null,
    labels: card?.labels ?? [],
  };
}
