/** 事件编号: derived from the source, the sender's id and the body, so that a duplicate differs from a new revision. */
import { EventId } from '../../schema/index.ts';
import { base32 } from '../platform/base32.ts';
import { eventKeyLength } from '../db/inbox/inbox.ts';

const idPrefix = 'ev_';
const bodyDigits = 16;

/** The same sender's id and body give the same event id; the same id with another body is a new revision. */
export async function eventIdOf(sourceId: string, senderId: string, body: string): Promise<EventId> {
  const [key, digits] = await Promise.all([eventKeyOf(sourceId, senderId), digest(body)]);
  return EventId.parse(key + base32(digits, bodyDigits));
}

/** The common prefix of all revisions. */
export const eventKeyOf = async (sourceId: string, senderId: string): Promise<string> =>
  idPrefix + base32(await digest(`${sourceId}\n${senderId}`), eventKeyLength - idPrefix.length);

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
