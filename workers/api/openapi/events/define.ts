/** 标准单据的说明: what the reference says of an event that tills tell. */
import type { CanonicalEvent } from '../../../../schema/index.ts';
import type { Json } from '../fields/define.ts';

export type EventType = CanonicalEvent['type'];

export type EventWords = {
  readonly summary: string;
  /** When to send it, what Huike does with it, and what makes it count once: two or three sentences. */
  readonly description: string;
  /** `id` as the sender numbers it, and `data`; the rest of the body is the same for all. */
  readonly example: { readonly id: string; readonly data: Json };
};

export type EventsWords = Partial<Record<EventType, EventWords>>;
