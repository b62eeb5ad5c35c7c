/** 收回活动: goes on with a campaign that is taken back, a bounded number of pages a turn, and then tells its members. */
import type { EventId, GrantWithdrawn, Takeback } from '../../../schema/index.ts';
import { defaultTimezone } from '../../../schema/index.ts';
import { givenBySales, givenElsewhere, type Given, type Size } from '../../db/takebacks/given.ts';
import { moveOn, openTakeback, taken, tell, told, untold, type Moved } from '../../db/takebacks/takebacks.ts';
import { takebackId } from '../../decide/money/taken-back.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import type { Engine } from '../../engine/engine.ts';
import { processGroup } from '../../engine/process.ts';
import { log } from '../../platform/log.ts';
import type { Plan, PlanName } from '../../platform/plans.ts';
import type { Job } from './define.ts';

type Pace = { readonly pages: number; readonly size: Size; readonly toldPerPage: number };

/** By plan: a sale that is looked at is a row read, and one that is taken back costs what a return costs. */
const paces: Readonly<Record<PlanName, Pace>> = {
  free: { pages: 1, size: { rowsMax: 2_000, causesMax: 12 }, toldPerPage: 50 },
  paid: { pages: 6, size: { rowsMax: 10_000, causesMax: 250 }, toldPerPage: 500 },
};

export const takebacks: Job = { name: 'takebacks', label: '收回活动', run: goOn };

type Here = { readonly engine: Engine; readonly plan: Pick<Plan, 'name'> };

async function goOn(here: Here, now: number): Promise<boolean> {
  const { pages } = paces[here.plan.name];
  for (let page = 0; page < pages; page += 1) {
    const job = await openTakeback(here.engine.db);
    if (job === null) return page > 0;
    await (job.state === 'telling' ? tellPage : takePage)(here, job, now);
  }
  return true;
}

/** Throws where nothing of a page could be decided: the shop is told, and the next turn tries the same page again. */
async function takePage({ engine, plan }: Here, job: Takeback, now: number): Promise<void> {
  const { db } = engine;
  const { size } = paces[plan.name];
  const page = await nextPage(engine.db, job, size);
  if (page === null) {
    await db.batch([taken(job, now)]);
    log('info', 'campaign_taken_back', { campaign: job.campaignId, causes: job.causes, failed: job.failed });
    return;
  }
  const queued = page.given.map((given) => ({ event: withdrawalOf(job, given, now), seq: null }));
  const { failed } = await processGroup(engine, queued, now);
  if (failed.length > 1 && failed.length === queued.length)
    throw new Error(`none of ${failed.length} causes of ${job.campaignId} could be decided`);
  for (const id of failed) log('error', 'takeback_failed', { id });
  await db.batch([moveOn(job, { ...page.moved, failed: failed.length })]);
}

type Page = { readonly given: readonly Given[]; readonly moved: Omit<Moved, 'failed'> };

/** First the sales, then the other causes; null when all were looked at. */
async function nextPage(db: Engine['db'], job: Takeback, size: Size): Promise<Page | null> {
  const { campaignId, saleAt, saleTo, grantAt } = job;
  if (saleAt < saleTo) {
    const { given, at } = await givenBySales(db, job, size);
    return { given, moved: { saleAt: at, grantAt } };
  }
  if (grantAt === null) return null;
  const { given, at } = await givenElsewhere(db, { campaignId, grantAt }, size);
  return { given, moved: { saleAt, grantAt: at } };
}

/** The id is the cause's: told twice, or begun again, it is the same event. */
const withdrawalOf = ({ campaignId }: Takeback, given: Given, now: number): GrantWithdrawn => ({
  type: 'grant.withdrawn',
  id: takebackId(campaignId, given.cause) as EventId,
  namespace: '',
  occurredAt: now,
  campaignId,
  cause: given.cause,
  saleId: given.saleId,
  memberId: given.memberId,
  marks: given.marks,
});

async function tellPage({ engine, plan }: Here, job: Takeback, now: number): Promise<void> {
  const { db } = engine;
  const { campaignId, name } = job;
  const people = await untold(db, campaignId, paces[plan.name].toldPerPage);
  if (people.length === 0) {
    await db.batch([told(job, now)]);
    return;
  }
  const lost = people.filter(
    ({ isReached, points, coupons, walletFen }) => isReached && points + coupons + walletFen > 0,
  );
  const notes = lost.map(({ memberId, points, coupons, walletFen }) => ({
    cause: `takeback:${campaignId}/told:${memberId}`,
    kind: 'taken-back',
    memberId,
    payload: { campaign: name, earned: { points, coupons, redPacketFen: walletFen } },
    dueAt: whenAwake(now, defaultTimezone),
  }));
  await tell(db, job, { notes, members: people.map(({ memberId }) => memberId), now });
}
