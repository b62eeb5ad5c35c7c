/** 续码: replaces temporary codes before they expire, a few a minute. */
import { renewScene, scenesToRenew, ticketOf } from '../../db/shop/scenes.ts';
import { log } from '../../platform/log.ts';
import type { Renewal } from '../round.ts';
import type { Chore } from './define.ts';

/** By plan: each costs a request, and the free plan has fifty for one minute's chores. */
export const codesPerTick: Readonly<Record<'free' | 'paid', number>> = { free: 2, paid: 20 };

export const codes: Chore = {
  name: 'codes',
  label: '渠道二维码续期',
  when: { everyMinutes: { free: 12, paid: 1 } },
  budget: { free: { statements: 6, cpuMs: 1 }, paid: { statements: 25, cpuMs: 100 } },
  run: async ({ renewal }, now) => {
    if (renewal) await renewCodes(renewal, now);
  },
};

/** A code that could not be made is retried in the next turn, for a whole day. */
export async function renewCodes({ db, createQr, codesPerTick: limit }: Renewal, now: number): Promise<void> {
  for (const { id, expiresAt, renewalDays } of await scenesToRenew(db, now, limit)) {
    const answer = await createQr({ scene: id, expiresInSeconds: (renewalDays ?? 1) * secondsPerDay });
    const why = answer.ok ? answer.reply.errcode : answer.outage;
    if (!answer.ok || answer.reply.qr === null) return log('warn', 'code_not_renewed', { why });
    await db.batch([renewScene({ id, expiresAt }, ticketOf(answer.reply.qr, now))]);
  }
}

const secondsPerDay = 86_400;
