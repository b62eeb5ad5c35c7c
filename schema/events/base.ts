/** 事件 in general: the three columns that every event has. */
import type { EventId } from '../plain/ids.ts';

export type EventBase = {
  readonly id: EventId;
  /** The source group the event's numbers belong to; it keeps two vendors' numbers apart. */
  readonly namespace: string;
  readonly occurredAt: number;
  /** 历史单据: told for the record. It counts, and gives and wakes nothing. */
  readonly isHistory?: true;
  /** Read from a file: whoever it names is no newcomer. */
  readonly isFromFile?: true;
};
