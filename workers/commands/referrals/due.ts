/** 看邀请: tells that something of these is due, with what is known of where their friends sat. */
import { EventId, type ReferralDue, type ReferralSettings } from '../../../schema/index.ts';
import { findReferral, type DueReferral } from '../../db/referrals/due.ts';
import { alikeOf } from '../../db/referrals/marks.ts';
import type { Engine } from '../../engine/engine.ts';
import { processGroup } from '../../engine/process.ts';
import { newId } from '../../platform/digest.ts';
import { log } from '../../platform/log.ts';

/**
 * Marks are written with the friend, and read afterwards: of two who sit in one place at once at least one finds the other. Ids
 * that could not be decided come back.
 */
export async function lookAt(
  engine: Engine,
  found: readonly DueReferral[],
  now: number,
): Promise<ReadonlySet<string>> {
  const { settings } = await engine.config.get();
  const fresh = found.filter(({ state }) => state === 'new');
  const seen = fresh.map((one) => seenOf(settings.referral, one));
  const alike = await alikeOf(engine.db, seen);
  const events = found.map((one): ReferralDue => {
    const isUnseen = one.state === 'new' && settings.referral.reviewDevice && one.device === null;
    return {
      type: 'referral.due',
      // What is due may be looked at twice: the rows that the batch guards keep it from being paid twice.
      id: EventId.parse(newId('rd')),
      namespace: '',
      occurredAt: now,
      referralId: one.id,
      inviteeId: one.inviteeId,
      inviterId: one.inviterId,
      alike: isUnseen ? 'DEVICE' : (alike.get(one.id) ?? null),
    };
  });
  const { failed } = await processGroup(
    engine,
    events.map((event) => ({ event, seq: null })),
    now,
  );
  for (const id of failed) log('error', 'referral_due_failed', { id });
  return new Set(events.flatMap(({ id, referralId }) => (failed.includes(id) ? [referralId] : [])));
}

const seenOf = ({ reviewDevice, reviewAddress }: ReferralSettings, one: DueReferral) => ({
  ...one,
  device: reviewDevice ? one.device : null,
  network: reviewAddress ? one.network : null,
});

/** Right after somebody has registered. Whatever comes in between, the job of the next minutes finds it. */
export async function lookAtOnce(engine: Engine, id: string, now: number): Promise<void> {
  try {
    const found = await findReferral(engine.db, id);
    if (found) await lookAt(engine, [found], now);
  } catch (error) {
    log('warn', 'referral_left_to_job', { id, error: String(error) });
  }
}
