/** 这一分钟: what the clock's chores have at hand. */
import type { Workshop } from '../work.ts';
import type { Renewal } from './chores/codes.ts';
import type { MassSending } from './mass/mass.ts';
import type { PollDeps } from './poll/poll.ts';

/** Without `poll`, nothing is asked of systems that do not push; without the other two, nothing of WeChat but messages. */
export type Round = Workshop & {
  readonly poll?: PollDeps;
  readonly mass?: MassSending;
  readonly renewal?: Renewal;
};
