/** 发送: leases due messages, looks at present state, sends each by the best channel, and writes the verdicts. */
import type { Message, StoreId } from '../../schema/index.ts';
import { insertAlerts } from '../db/upkeep/alerts.ts';
import type { ConfigCache } from '../db/world/config.ts';
import type { Db, Statement } from '../db/db.ts';
import { closeMessages, leaseMessages } from '../db/outbox/outbox.ts';
import { readRecipients, type Recipients } from '../db/outbox/recipients.ts';
import { timezoneOf, type Config } from '../decide/config.ts';
import type { Clock } from '../engine/ports.ts';
import { unlistedAddress } from './words/alerts.ts';
import type { Unlisted } from './channels/define.ts';
import { channelOf } from './channels/index.ts';
import { closing, type Ended } from './closings.ts';
import { linesOf, type Connections } from './lines.ts';
import { reasons } from './words/reasons.ts';
import { goRounds, type Journey } from './rounds.ts';
import { route } from './router.ts';
import { unheard } from './unheard.ts';
import { worthAnotherWayMs, type MessageKind } from './words/define.ts';
import { messageKinds } from './words/words.ts';

export type Delivery = Connections & {
  readonly db: Db;
  readonly config: ConfigCache;
  readonly clock: Clock;
  /** From 0 to 1; spreads retries over time. */
  readonly jitter: () => number;
};

/** Longer than a drain can take (see `sendingMs`), so that no other drain takes a leased message. */
export const leaseMs = 60_000;
/** Unless told otherwise, no message is begun after this: the slowest call, and its repetition, end before the lease does. */
const sendingMs = 10_000;

/**
 * Sends up to `limit` messages, those in hand first and then what is due; tells how many were leased. Round trips do not grow with
 * their number. After `forMs` no other is begun; those leased and not begun are let go.
 */
export async function drain(
  delivery: Delivery,
  limit: number,
  now: number,
  forMs = sendingMs,
  inHand: readonly Message[] = [],
): Promise<number> {
  const { db, clock } = delivery;
  const startedAt = clock();
  const messages = inHand.length > 0 ? inHand : await leaseMessages(db, limit, now, leaseMs);
  if (messages.length === 0) return 0;
  const recipients = await readRecipients(db, messages, now);
  const config = await delivery.config.atLeast(recipients.configVersion);
  const begun = messages.map((message) => begin(message, { delivery, config, recipients, now }));
  const { ended, exhausted, unlisted } = await goRounds(
    begun.filter((one) => 'route' in one),
    { db, now, lines: linesOf(delivery), isOver: () => clock() - startedAt > forMs },
  );
  const all = [...begun.filter((one) => 'verdict' in one), ...ended];
  const closings = all.map((one) => closing(one, now, delivery.jitter()));
  const instead = unheard(
    all.flatMap(({ message }, at) => (closings[at] ? [{ message, closing: closings[at] }] : [])),
    now,
  );
  await closeMessages(db, closings, [...exhausted, ...alarms(unlisted, now), ...instead], now);
  // Somebody waits for what is said instead.
  const isMore = (instead.length > 0 || inHand.length > 0) && limit > inHand.length;
  const isTime = clock() - startedAt < forMs;
  const more = isMore && isTime ? await drain(delivery, limit - inHand.length, now, forMs) : 0;
  return messages.length + more;
}

type DrainContext = {
  readonly delivery: Delivery;
  readonly config: Config;
  readonly recipients: Recipients;
  readonly now: number;
};

/** The route of a message, or why it can go nowhere. A bug parks one message and not the others. */
function begin(message: Message, context: DrainContext): Journey | Ended {
  const nowhere = (why: string): Ended => ({
    message,
    verdict: { verdict: 'park', why },
    channel: null,
    passedOver: message.passedOver ?? [],
  });
  const kind = messageKinds[message.kind];
  if (!kind) return nowhere(reasons.unknownKind(message.kind));
  const { missing } = message.payload;
  if (Array.isArray(missing)) return nowhere(reasons.missing(missing));
  if (isStale(message, kind, context)) return nowhere(reasons.staleAtLast);
  const before = message.passedOver ?? [];
  const isRetaken = before.some(({ isTried }) => isTried === true);
  if (isRetaken && context.now - message.createdAt > worthAnotherWayMs[kind.purpose])
    return nowhere(reasons.tooLate);
  try {
    return journey(message, kind, context);
  } catch (error) {
    return nowhere(reasons.bug(error instanceof Error ? error.name : 'unknown'));
  }
}

function isStale(
  { payload, createdAt }: Message,
  { goodUntil }: MessageKind,
  { config, now }: DrainContext,
): boolean {
  const { storeId } = payload;
  const timezone = timezoneOf(config, typeof storeId === 'string' ? (storeId as StoreId) : null);
  const { settings } = config;
  return goodUntil !== undefined && now > goodUntil({ payload, createdAt, settings, timezone });
}

function journey(
  message: Message,
  kind: MessageKind,
  { delivery, config, recipients, now }: DrainContext,
): Journey {
  const { settings, stores } = config;
  const storeName = (id: string): string => [...stores.values()].find((store) => store.id === id)?.name ?? id;
  const slots = kind.slots({ payload: message.payload, shopName: settings.shopName, storeName });
  const { purpose } = kind;
  const page = kind.page && kind.page.replaceAll(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');
  const url =
    page === null || settings.publicUrl === null ? null : settings.publicUrl.replace(/\/+$/, '') + page;
  const context = {
    message: { seq: message.seq, kind: message.kind, purpose, slots, text: kind.text(slots), url },
    recipient: recipients.of(message),
    settings,
    now,
  };
  const choice = {
    channels: kind.channels.flatMap((name) => channelOf(name) ?? []),
    connected: new Set((['wechat', 'wecom', 'sms'] as const).filter((line) => delivery[line] !== null)),
    before: message.passedOver ?? [],
  };
  return { message, context, route: route(context, choice) };
}

/** One alert for each cause, however many messages it stopped. */
function alarms(unlisted: readonly Unlisted[], now: number): Statement[] {
  const said = new Map(unlisted.map((one) => unlistedAddress(one, now)).map((alert) => [alert.id, alert]));
  return said.size > 0 ? [insertAlerts([...said.values()])] : [];
}
