/** 开关: how the simulated world behaves, as a tester sets it; a new database has what WeChat itself does. */
import * as z from 'zod';

/** WeChat's limit for an account with fewer than 100,000 followers. */
const templateQuotaPerDay = 100_000;
/** More than a shop has to say to anybody. */
const templatesPerPersonAndHour = 30;
const delayMaxMs = 60_000;
const aheadMaxMs = 400 * 86_400_000;

const delay = z.int().min(0).max(delayMaxMs);
const count = z.int().min(0).max(100_000_000);

const Settings = z.strictObject({
  /** Every call of Huike takes this much longer. */
  latencyMs: delay,
  /** Template messages a day. */
  templateQuota: count,
  /** Template messages to one person in an hour. WeChat has such a limit since December 2024 and does not publish it. */
  templatesPerPerson: count,
  /** Calls a day of other paths: `{"/cgi-bin/message/custom/send": 10}`. */
  quotas: z.record(z.string().startsWith('/'), count),
  /** Between one delivery of a callback and the next, when Huike did not take it. */
  callbackSpacingMs: delay,
  /** How long a callback waits for its answer. */
  callbackPatienceMs: delay.min(1),
  /** Between a message and its receipt. */
  receiptDelayMs: delay,
  templateReceipt: z.enum([
    'success',
    'failed:user block',
    'failed: system failed',
    'failed:freq limit',
    'none',
  ]),
  /** `send success`, `send fail`, `err(10001)`…; `none` pushes nothing. */
  massReceipt: z.string().min(1).max(64),
  /** The ErrorCode of a subscription notice; 0 is delivered. */
  subscriptionReceipt: z.int(),
  /** False: Huike's address is not on the whitelist. */
  ipAllowed: z.boolean(),
  /** Where Huike's calls come from, as WeChat Pay sees it; IPv4 or IPv6. */
  callerAddress: z.union([z.ipv4(), z.ipv6()]),
  /** 接口IP of 商家转账: only from these are transfers heard. */
  payAddresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(20),
  /** The key without which the relay lets nothing through; empty is no relay. */
  relayKey: z.string().max(128),
  /** True: whoever logs in is the virtual account of a snapshot page. */
  isSnapshot: z.boolean(),
  /** How far the simulated clock is ahead of the real one: windows, quotas, tokens and codes go by it. */
  clockAheadMs: z.int().min(0).max(aheadMaxMs),
  /** The state in which a transfer begins; one that is only accepted moves on when it is next asked for. */
  transferState: z.enum(['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM']),
  merchantBalanceFen: count,
  notifySpacingMs: delay,
  /** Sends a wrongly signed notification ahead of each real one, as WeChat Pay does to see it refused. */
  notifyProbe: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const Change = Settings.partial();

const initial: Settings = {
  latencyMs: 0,
  templateQuota: templateQuotaPerDay,
  templatesPerPerson: templatesPerPersonAndHour,
  quotas: {},
  callbackSpacingMs: 5000,
  callbackPatienceMs: 5000,
  receiptDelayMs: 500,
  templateReceipt: 'success',
  massReceipt: 'send success',
  subscriptionReceipt: 0,
  ipAllowed: true,
  callerAddress: '203.0.113.9',
  payAddresses: ['203.0.113.9'],
  relayKey: '',
  isSnapshot: false,
  clockAheadMs: 0,
  transferState: 'WAIT_USER_CONFIRM',
  merchantBalanceFen: 10_000_000,
  notifySpacingMs: 15_000,
  notifyProbe: false,
};

/** Changes what is given and leaves the rest. */
export async function setSettings(db: D1Database, change: z.infer<typeof Change>): Promise<void> {
  await db
    .prepare('UPDATE control SET settings = json_patch(settings, ?)')
    .bind(JSON.stringify(change))
    .run();
}

export async function resetSettings(db: D1Database): Promise<void> {
  await db.prepare(`UPDATE control SET settings = '{}'`).run();
}

export function settingsIn(text: string): Settings {
  const set = Change.parse(JSON.parse(text));
  return { ...initial, ...definedOf(set) };
}

/** Fields that are absent, and not those that are there without a value. */
function definedOf(set: z.infer<typeof Change>): Partial<Settings> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}
