/** 给一群会员发券: goes on with the job that was begun first, a page at a time. */
import {
  defaultTimezone,
  EventId,
  type CouponGranted,
  type GrantJob,
  type GrantOutcomeKind,
  type MemberId,
} from '../../../schema/index.ts';
import { readAudiencePage } from '../../db/coupons/grant-audience.ts';
import { nextGrantJob, writeOutcomes } from '../../db/coupons/grant-jobs.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import { processGroup, type Processed } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Job, JobRound } from './define.ts';

const pagesMax = 4;
/** A grant costs less than a reminder, and a page has an invocation of its own. */
const perReminder = { free: 3, paid: 1 } as const;

export const grants: Job = { name: 'grants', label: '给一群会员发券', run: giveOn };

async function giveOn({ engine, plan }: JobRound, now: number): Promise<boolean> {
  for (let page = 0; page < Math.min(pagesMax, plan.groupsPerInvocation); page += 1) {
    const job = await nextGrantJob(engine.db);
    if (job === null) return page > 0;
    const found = await readAudiencePage(engine.db, job, plan.remindersPerTick * perReminder[plan.name], now);
    const events = found.memberIds.map((memberId) => eventOf(job, memberId, now));
    // Whoever dies after this finds on the next page that all of them have theirs.
    const done = await processGroup(
      engine,
      events.map((event) => ({ event, seq: null })),
      now,
    );
    for (const id of done.failed) log('error', 'grant_failed', { id });
    const became = new Map(events.map((event) => [event.memberId, becameOf(done, event)]));
    await writeOutcomes(engine.db, job, { page: found, became, now });
  }
  return true;
}

/** Its id is the member’s place in the job: twice is once. With `grantCause` it is `grant:{job}:{member}`. */
function eventOf(
  { id, templateId, count, by, reason, tells }: GrantJob,
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
    ...(tells && { tellAt: whenAwake(now, defaultTimezone) }),
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
