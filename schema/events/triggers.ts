/** 触发 as an event: something happened to a member that campaigns answer. */
import type { EventBase } from './base.ts';
import type { MemberId } from '../plain/ids.ts';

/** Made by us: something happened to a member for which campaigns may give. */
export type TriggerMet = EventBase & {
  readonly type: 'trigger.met';
  /** Its kind in decide/triggers. */
  readonly trigger: string;
  readonly memberId: MemberId;
  readonly storeId: string | null;
  /** Which of the happenings of its kind it is: a level, a day, a year; empty where there is one in a life. */
  readonly occurrence: string;
  /** What the trigger brings besides the member. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** The id whose seed its gifts are drawn from. */
  readonly seedOf: string;
  /** Keyed: what is given for it is given once to whom it stands for, though their record goes. */
  readonly digest?: string;
};
