/** 对会员说: one message of the shop or an associate, on record and on its way. */
import type { AssociateId, DomainEvent, MemberId } from '../../../schema/index.ts';
import type { Effect } from '../effects.ts';

type Saying = {
  readonly event: DomainEvent;
  readonly openid: string;
  readonly memberId: MemberId | null;
  readonly associateId: AssociateId | null;
  readonly text: string;
};

/** `payload` is what is sent; `otherwise` in it is said to the associate when it could not be. */
export function say(
  { event, openid, memberId, associateId, text }: Saying,
  payload: Readonly<Record<string, unknown>> = { text },
): readonly Effect[] {
  const cause = `${event.id}/chat`;
  const { occurredAt: at } = event;
  return [
    {
      type: 'contact.add',
      note: {
        thread: openid,
        memberId,
        associateId,
        direction: 'out',
        channel: 'wechat',
        kind: 'text',
        text,
        cause,
        at,
        readAt: null,
      },
    },
    {
      type: 'message.queue',
      note: { cause, kind: 'chat', memberId, associateId: null, openid, payload, dueAt: at },
    },
  ];
}
