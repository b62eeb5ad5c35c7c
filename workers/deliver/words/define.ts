/** 消息: what every kind of message declares. */
import { hourMs } from '../../decide/plain/dates.ts';
import type { Age } from './good-until.ts';

/**
 * transaction: about something the person did. service: something they need to know. chat: what one person says to another.
 * marketing: what the shop would like them to do.
 */
export type Purpose = 'transaction' | 'service' | 'chat' | 'marketing';

/** How long after its creation a message that did not arrive is tried by another channel. */
export const worthAnotherWayMs: Readonly<Record<Purpose, number>> = {
  transaction: 24 * hourMs,
  service: 48 * hourMs,
  chat: 2 * hourMs,
  marketing: 24 * hourMs,
};

/** The texts of one message, by the names that a merchant's template fields use. */
export type Slots = Readonly<Record<string, string>>;

export type MessageFacts = {
  readonly payload: Readonly<Record<string, unknown>>;
  readonly shopName: string;
  readonly storeName: (storeId: string) => string;
};

export type MessageKind = {
  readonly purpose: Purpose;
  /** The channels that may carry it. The cheapest open one is used; of those that cost the same, the first. */
  readonly channels: readonly string[];
  /** The member's page that a card opens, below `publicUrl`, slots in braces; null opens none. */
  readonly page: string | null;
  readonly slots: (facts: MessageFacts) => Slots;
  readonly text: (slots: Slots) => string;
  /** 过时: after this moment it is not sent any more. Without it there is no such moment. */
  readonly goodUntil?: (age: Age) => number;
};
