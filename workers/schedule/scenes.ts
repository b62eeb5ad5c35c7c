/** 续码: temporary codes get their successor before they end, a few a minute. */
import type { Db } from '../db/db.ts';
import { renewScene, scenesToRenew, ticketOf } from '../db/shop/scenes.ts';
import { log } from '../platform/log.ts';
import type { WechatClient } from '../wechat/client.ts';
import type { Asked } from '../engine/wechat-account.ts';

/** By plan: each costs a request, and the free one has fifty for everything a minute has to do. */
export const codesPerTick: Readonly<Record<'free' | 'paid', number>> = { free: 2, paid: 20 };

export type Renewal = {
  readonly db: Db;
  readonly createQr: Asked<WechatClient['createQr']>;
  readonly codesPerTick: number;
};

/** Never throws: a code that could not be made is asked for again a minute later, for a whole day. */
export async function renewCodes({ db, createQr, codesPerTick: limit }: Renewal, now: number): Promise<void> {
  try {
    for (const { id, expiresAt, renewalDays } of await scenesToRenew(db, now, limit)) {
      const answer = await createQr({ scene: id, expiresInSeconds: (renewalDays ?? 1) * secondsPerDay });
      const why = answer.ok ? answer.reply.errcode : answer.outage;
      if (!answer.ok || answer.reply.qr === null) return log('warn', 'code_not_renewed', { why });
      await db.batch([renewScene({ id, expiresAt }, ticketOf(answer.reply.qr, now))]);
    }
  } catch (error) {
    log('error', 'renewal_failed', { message: error instanceof Error ? error.message : String(error) });
  }
}

const secondsPerDay = 86_400;
