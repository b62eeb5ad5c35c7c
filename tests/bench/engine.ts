/** The engine of one deployment, driven here instead of in a Worker: the same code on any database port. */
import { configCache } from '../../workers/db/world/config.ts';
import type { Db } from '../../workers/db/db.ts';
import { storeEvents, type ReceivedEvent } from '../../workers/db/inbox/inbox.ts';
import { sourceCache } from '../../workers/db/sources/sources.ts';
import type { WechatSender } from '../../workers/deliver/channels/define.ts';
import { drain, leaseMs, type Delivery } from '../../workers/deliver/drain.ts';
import { tokens, type TokenAccount } from '../../workers/deliver/account/tokens.ts';
import type { Engine } from '../../workers/engine/engine.ts';
import { openHand } from '../../workers/engine/hand.ts';
import { processPending } from '../../workers/engine/process.ts';
import { plans } from '../../workers/platform/plans.ts';
import { normaliseRows } from '../../workers/receive/normalise.ts';
import { seedMaker } from '../../workers/engine/seeds.ts';
import { seed } from './shop.ts';

/** Answers every message at once. */
const taken = async () => ({ ok: true, reply: { errcode: 0, errmsg: 'ok', rid: null, msgid: '1' } }) as const;
const sender: WechatSender = { sendTemplate: taken, sendCustom: taken, sendSubscription: taken };
const account: TokenAccount = {
  id: 'wx',
  ask: async () => ({
    ok: true,
    reply: { errcode: 0, errmsg: 'ok', rid: null, token: { value: 'token', expiresInSeconds: 7200 } },
  }),
  force: null,
};

export type Driver = {
  readonly engine: Engine;
  readonly store: (events: readonly ReceivedEvent[]) => Promise<unknown>;
  /** Decides up to `limit`; with fewer waiting, what is to be said at once is in hand for `deliver`, as in a deployment. */
  readonly decide: (limit: number) => Promise<number>;
  readonly deliver: (limit: number) => Promise<number>;
};

export function driver(db: Db, clock: () => number): Driver {
  const config = configCache(db);
  const sources = sourceCache(db);
  const engine = {
    db,
    config,
    normalise: (rows: Parameters<typeof normaliseRows>[0]) => normaliseRows(rows, sources),
    seeds: seedMaker(seed),
  };
  const delivery: Delivery = {
    wechat: { sender, tokens: tokens({ db, account, clock }) },
    wecom: null,
    sms: null,
    db,
    config,
    clock,
    jitter: () => 0.5,
  };
  let hand = openHand(plans.paid, 0);
  return {
    engine,
    store: (events) => storeEvents(db, events),
    decide: (limit) => {
      hand = openHand(plans.paid, clock() + leaseMs);
      return processPending(engine, limit, clock(), hand);
    },
    deliver: (limit) => drain(delivery, limit, clock(), undefined, hand.messages.splice(0)),
  };
}
