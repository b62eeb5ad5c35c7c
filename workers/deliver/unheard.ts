/** 没送到的话: what one person said to another and nobody heard. The other hears of it instead, and of a member's words the shop too. */
import { defaultTimezone, type Alert, type Message } from '../../schema/index.ts';
import type { Statement } from '../db/db.ts';
import type { MessageClosing } from '../db/outbox/outbox.ts';
import { queueReplies } from '../db/outbox/replies.ts';
import { insertAlerts } from '../db/upkeep/alerts.ts';
import type { QueuedMessage } from '../decide/notes/index.ts';
import { localDate } from '../decide/plain/dates.ts';

type Lost = { readonly message: Message; readonly closing: MessageClosing };

/** Nothing when everything was heard, or may still be. Repeated, it says nothing twice. */
export function unheard(lost: readonly Lost[], now: number): readonly Statement[] {
  const replies: QueuedMessage[] = [];
  const alerts = new Map<string, Alert>();
  for (const { message, closing } of lost) {
    const otherwise = closing.state === 'parked' ? otherwiseOf(message) : null;
    if (otherwise === null) continue;
    replies.push(insteadOf(message, otherwise, now));
    if (message.associateId === null) continue;
    const alert = unreachable(
      message.associateId,
      { name: otherwise.name, why: closing.lastError ?? '' },
      now,
    );
    alerts.set(alert.id, alert);
  }
  return [
    ...(replies.length > 0 ? [queueReplies(replies, now)] : []),
    ...(alerts.size > 0 ? [insertAlerts([...alerts.values()])] : []),
  ];
}

/** What the decision put aside for this, in the message itself; null when it put aside nothing. */
type Otherwise = { readonly text: string; readonly associateId: string | null; readonly name: string };

function otherwiseOf({ payload }: Message): Otherwise | null {
  const { otherwise } = payload;
  if (typeof otherwise !== 'object' || otherwise === null) return null;
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(otherwise, name);
    return typeof value === 'string' ? value : null;
  };
  const said = text('text');
  return said === null
    ? null
    : { text: said, associateId: text('associateId'), name: text('associateName') ?? '' };
}

/** Words of a member to an associate: the member is told. Words of an associate: she is, and the row still goes with the member. */
const insteadOf = (
  { cause, memberId, openid }: Message,
  { text, associateId }: Otherwise,
  now: number,
): QueuedMessage => ({
  cause: `${cause}/unheard`,
  kind: associateId === null ? 'reply' : 'told-associate',
  memberId: associateId === null ? memberId : null,
  // As the decision named her.
  associateId: associateId as QueuedMessage['associateId'],
  openid,
  payload: { text },
  dueAt: now,
});

/** Once a day for each associate. Members are not named: an alert outlives them. */
const unreachable = (
  associateId: string,
  { name, why }: { readonly name: string; readonly why: string },
  now: number,
): Alert => ({
  id: `unheard/${associateId}/${localDate(now, defaultTimezone)}`,
  kind: 'associate.unreachable',
  sourceId: 'deliver',
  text: `会员的话没有送到导购${name || associateId}（${why}）。系统先替店里回了一句，请到后台「聊天」里回复会员；请这位导购给公众号发一句话，48小时内的话就能转到。`,
  at: now,
});
