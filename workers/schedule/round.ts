/** 这一分钟: what chores get from the deployment. */
import type { Db } from '../db/db.ts';
import type { WithoutToken } from '../engine/wechat-account.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { Workshop } from '../work.ts';
import type { MassSending } from './mass/mass.ts';
import type { PollDeps } from './poll/kernel/poll.ts';

/** Renews temporary codes. */
export type Renewal = {
  readonly db: Db;
  readonly createQr: WithoutToken<WechatClient['createQr']>;
  readonly codesPerTick: number;
};

/** Without `poll` no system is polled; without the other two WeChat is called only for messages. */
export type Round = Workshop & {
  readonly poll?: PollDeps;
  readonly mass?: MassSending;
  readonly renewal?: Renewal;
};
