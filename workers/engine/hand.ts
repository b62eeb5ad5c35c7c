/** 手里的消息: what the invocation that decides also sends, without leasing what it has just written. */
import type { Message } from '../../schema/index.ts';
import type { Statement } from '../db/db.ts';
import { holdMessages } from '../db/outbox/in-hand.ts';
import type { Changes } from '../decide/changes.ts';
import type { Plan } from '../platform/plans.ts';

export type Hand = {
  /** At most so many are held; the others are sent by whoever leases them. */
  readonly messagesMax: number;
  /** Until then nobody else sends them. */
  readonly leaseUntil: number;
  /** Those that were written: an invocation that gives a hand sends them, or says that it did not. */
  readonly messages: Message[];
};

/** So many can be sent in a second, six at a time: more would have to be let go again. */
const inHandMax = 60;

export const openHand = (
  { messagesPerInvocation }: Pick<Plan, 'messagesPerInvocation'>,
  leaseUntil: number,
): Hand => ({ messagesMax: Math.min(messagesPerInvocation, inHandMax), leaseUntil, messages: [] });

type Taken = { readonly changes: Changes; readonly held: Statement | null };

/** What is due at once goes into the hand, as far as there is room. */
export function takeInHand(changes: Changes, hand: Hand | null, now: number): Taken {
  const room = hand === null ? 0 : hand.messagesMax - hand.messages.length;
  const due = changes.notes.messages.filter(({ dueAt }) => dueAt <= now).slice(0, Math.max(0, room));
  if (hand === null || due.length === 0) return { changes, held: null };
  const isHeld = new Set(due);
  const messages = changes.notes.messages.filter((message) => !isHeld.has(message));
  return {
    changes: { ...changes, notes: { ...changes.notes, messages } },
    held: holdMessages(due, hand.leaseUntil, now),
  };
}
