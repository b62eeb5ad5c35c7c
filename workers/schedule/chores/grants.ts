/** 给一群会员发券: goes on with the job that was begun first, a page at a time. */
import {
  EventId,
  type CouponGranted,
  type GrantJob,
  type GrantOutcomeKind,
  type MemberId,
} from '../../../schema/index.ts';
import { readAudiencePage } from '../../db/coupons/grant-audience.ts';
import { nextGrantJob, writeOutcomes } from '../../db/coupons/grant-jobs.ts';
import { processGroup, type Processed } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Round } from '../round.ts';
import type { Chore } from './define.ts';

const pagesMax = 4;
/** A grant costs less than a reminder. On the free plan its turns are far apart: there is no room for more. */
const perReminder = { free: 3, paid: 1 } as const;

export const grants: Chore = {
  name: 'grants',
  label: '给一群会员发券',
  when: { everyMinutes: { free: 12, paid: 1 } },
  budget: { free: { statements: 19, cpuMs: 1 }, paid: { statements: 108, cpuMs: 1_500 } },
  run: giveOn,
};

async function giveOn({ engine, plan }: Round, now: number): Promise<void> {
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const job = await nextGrantJob(engine.db);
    if (job === null) return;
    const found = await readAudiencePage(engine.db, job, plan.remindersPerTick * perReminder[plan.name]);
    const events = found.memberIds.map((memberId) => eventOf(job, memberId, now));
    // Whoever dies after this finds on the next turn that all of them have theirs.
    const done = await processGroup(
      engine,
      events.map((event) => ({ event, seq: null })),
      now,
    );
    for (const id of done.failed) log('error', 'grant_failed', { id });
    const became = new Map(events.map((event) => [event.memberId, becameOf(done, event)]));
    await writeOutcomes(engine.db, job, { page: found, became, now });
  }
}

/** Its id is the member’s place in the job: twice is once. With `grantCause` it is `grant:{job}:{member}`. */
function eventOf(
  { id, templateId, count, by, reason }: GrantJob,
  memberId: MemberId,
  now: number,
): CouponGranted {
  return {
    type: 'coupon.granted',
    id: EventId.parse(`${id}:${memberId}`),
    namespace: '',
    occurredAt: now,
    memberId,
    templateId,
    count,
    storeId: null,
    by,
    reason,
  };
}

function becameOf({ outcomes, failed }: Processed, { id }: CouponGranted): GrantOutcomeKind {
  if (failed.includes(id)) return 'failed';
  const outcome = outcomes.get(id);
  // Without one it was given on an earlier turn.
  if (outcome === undefined || outcome.verdict === 'applied') return 'given';
  if (outcome.verdict !== 'refused') return 'failed';
  const { refusal } = outcome;
  if (refusal.code === 'NO_COUPON') return refusal.bar?.limit ?? 'gone';
  return refusal.code === 'NO_MEMBER' ? 'nobody' : 'failed';
}
