/** 批量打标签, the next page: each member is an event under the job's own name, so that twice is once. */
import {
  EventId,
  type MemberId,
  type MemberRecounted,
  type MemberTagged,
  type TagJob,
  type TagOutcome,
} from '../../../schema/index.ts';
import { readTagPage, writeTagOutcomes } from '../../db/tags/tag-jobs.ts';
import type { Engine } from '../../engine/engine.ts';
import { processGroup, type Processed } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';

/** True where it was the last one. */
export async function tagPage(engine: Engine, job: TagJob, limit: number, now: number): Promise<boolean> {
  const page = await readTagPage(engine.db, job, limit);
  const events = page.memberIds.map((memberId) => eventOf(job, memberId, now));
  // Whoever dies after this finds on the next page that all of them have theirs.
  const done = await processGroup(
    engine,
    events.map((event) => ({ event, seq: null })),
    now,
  );
  for (const id of done.failed) log('error', 'tagging_failed', { id });
  const became = events.map((event) => becameOf(done, event.id));
  await writeTagOutcomes(engine.db, job, { page, became, now });
  return page.isLast;
}

function eventOf({ id, tagging }: TagJob, memberId: MemberId, now: number): MemberTagged | MemberRecounted {
  const about = { id: EventId.parse(`${id}:${memberId}`), namespace: '', occurredAt: now, memberId };
  return tagging === null
    ? { ...about, type: 'member.recounted' }
    : { ...about, ...tagging, type: 'member.tagged' };
}

function becameOf({ outcomes, failed }: Processed, id: EventId): TagOutcome {
  if (failed.includes(id)) return 'failed';
  const outcome = outcomes.get(id);
  // Without one it was done on an earlier turn.
  if (outcome === undefined || outcome.verdict === 'applied') return 'changed';
  if (outcome.verdict === 'ignored') return 'same';
  if (outcome.verdict !== 'refused') return 'failed';
  return outcome.refusal.code === 'TAGS_FULL' ? 'full' : 'nobody';
}
