/** The bindings and settings of a deployment, checked once, and the ports made of them. */
import { waitUntil } from 'cloudflare:workers';
import * as z from 'zod';
import type { ApiDeps } from './api/index.ts';
import { configCache } from './db/config.ts';
import { sourceCache } from './db/sources.ts';
import { d1 } from './d1.ts';
import type { Delivery } from './deliver/drain.ts';
import { tokens } from './deliver/tokens.ts';
import { plans } from './plans.ts';
import type { Bell, Doorbell, Http } from './ports.ts';
import type { Engine } from './engine.ts';
import { adapters } from './receive/erp/index.ts';
import { files } from './receive/files/index.ts';
import { toInboxRows } from './receive/files/rows.ts';
import { splitRecord } from './receive/files/split.ts';
import type { Receiver } from './receive/hook.ts';
import { labs } from './receive/labs.ts';
import { normaliseRows } from './receive/normalise.ts';
import { digest, hmac } from './receive/verify/digest.ts';
import type { WechatReceiver } from './receive/wechat.ts';
import { stepsPerTick, type PollDeps } from './schedule/poll/poll.ts';
import type { Round } from './schedule/tick.ts';
import { seedMaker } from './seeds.ts';
import { wechatClient } from './wechat/client.ts';

export type Env = {
  readonly DB: D1Database;
  readonly DOORBELL: Queue<Bell>;
};

const Settings = z.object({
  PLAN: z.enum(['free', 'paid'], { error: 'PLAN is "free" or "paid"; set it in wrangler.toml' }),
  SEED: z
    .string({ error: 'SEED is missing; run `npm run setup`' })
    .min(32, 'SEED needs at least 32 characters'),
  WECHAT_API_BASE: z.url({ error: 'WECHAT_API_BASE is an address such as https://api.weixin.qq.com' }),
  WECHAT_APP_ID: z.string().default(''),
  WECHAT_APP_SECRET: z.string().default(''),
  WECHAT_TOKEN: z.string().default(''),
  WECHAT_ENCODING_AES_KEY: z.string().default(''),
  /** While the console's key is being changed, messages under the old one still arrive. */
  WECHAT_ENCODING_AES_KEY_BEFORE: z.string().default(''),
  /** Development only: lets the poller ask addresses of private networks. */
  POLL_PRIVATE: z.enum(['yes', 'no']).default('no'),
});

export type Deployment = {
  readonly receiver: Receiver & WechatReceiver;
  readonly workshop: Round;
  readonly api: ApiDeps;
};

const wechatTimeoutMs = 8_000;
const clock = (): number => Date.now();

export function deploy(env: Env): Deployment {
  const settings = Settings.parse(env);
  const db = d1(env.DB);
  const sources = sourceCache(db);
  const config = configCache(db);
  const engine: Engine = {
    db,
    config,
    normalise: (rows) => normaliseRows(rows, sources),
    seeds: seedMaker(settings.SEED),
  };
  const http: Http = (request) => fetch(request);
  const client = wechatClient({ http, baseUrl: settings.WECHAT_API_BASE, timeoutMs: wechatTimeoutMs });
  const account = { appId: settings.WECHAT_APP_ID, secret: settings.WECHAT_APP_SECRET };
  const delivery: Delivery = {
    db,
    config,
    client,
    tokens: tokens({ db, client, account, clock }),
    jitter: () => Math.random(),
  };
  const plan = plans[settings.PLAN];
  const callback = {
    appId: settings.WECHAT_APP_ID,
    token: settings.WECHAT_TOKEN,
    encodingAESKeys: [settings.WECHAT_ENCODING_AES_KEY, settings.WECHAT_ENCODING_AES_KEY_BEFORE].filter(
      Boolean,
    ),
  };
  const doorbell = doorbellOf(env.DOORBELL);
  const poll: PollDeps = {
    db,
    http,
    clock,
    doorbell,
    jitter: () => Math.random(),
    allowPrivate: settings.POLL_PRIVATE === 'yes',
    stepsPerTick: stepsPerTick[settings.PLAN],
    split: splitRecord,
    toInbox: toInboxRows,
    signing: {
      digest: (algorithm, text) => digest(algorithm, [text]),
      hmac: (algorithm, secret, text) => hmac(algorithm, secret, [text]),
    },
  };
  return {
    receiver: { db, sources, clock, callback, doorbell },
    workshop: { engine, delivery, plan, clock, doorbell, poll },
    api: { db, engine, doorbell, clock, adapters: adapters.map(({ name }) => name), labs, files },
  };
}

/** Rings within this time become one: a queue operation is what the free plan runs out of first. */
const coalesceMs = 100;
let ringingUntil = 0;

function doorbellOf(queue: Queue<Bell>): Doorbell {
  return {
    ring: () => {
      const now = Date.now();
      // Only the moment is shared between requests: an invocation must not wait for the work of another.
      if (now < ringingUntil) return;
      ringingUntil = now + 10 * coalesceMs;
      waitUntil(ringSoon(queue));
    },
    handOver: async (events) => {
      await queue.send({ stalled: events });
    },
  };
}

async function ringSoon(queue: Queue<Bell>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, coalesceMs));
  // From here on a new ring is a new message: what is stored after this may be missed by the one about to be sent.
  ringingUntil = 0;
  try {
    await queue.send({});
  } catch {
    // A ring that is lost costs a minute: the cron looks for what was left lying.
  }
}
