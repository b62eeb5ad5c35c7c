/** 这一分钟: what the clock's chores have at hand. */
import type { Db } from '../db/db.ts';
import type { WithoutToken } from '../engine/wechat-account.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { Workshop } from '../work.ts';
import type { MassSending } from './mass/mass.ts';
import type { PollDeps } from './poll/kernel/poll.ts';

/** What renews the codes that end. */
export type Renewal = {
  readonly db: Db;
  readonly createQr: WithoutToken<WechatClient['createQr']>;
  readonly codesPerTick: number;
};

/** Without `poll`, nothing is asked of systems that do not push; without the other two, nothing of WeChat but messages. */
export type Round = Workshop & {
  readonly poll?: PollDeps;
  readonly mass?: MassSending;
  readonly renewal?: Renewal;
};
