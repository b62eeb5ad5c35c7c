/** 收回: the office takes a campaign back, and the clock goes on with it. */
import type { CampaignId, Takeback } from '../../schema/index.ts';
import { takeBack } from '../../workers/commands/promotions/take-back.ts';
import { readTakeback } from '../../workers/db/takebacks/takebacks.ts';
import { plans, type PlanName } from '../../workers/platform/plans.ts';
import { takebacks } from '../../workers/commands/jobs/takebacks.ts';
import { roundOf } from './round.ts';
import type { Shop } from './shop.ts';

/** What the office asks for; a refusal is its code. */
export async function askBack(
  { db, clock }: Pick<Shop, 'db' | 'clock'>,
  id: string,
  { tells = true }: { readonly tells?: boolean } = {},
): Promise<string> {
  const asked = { id: id as CampaignId, input: { reason: '条件写错了', tells }, by: '周老板' };
  const draft = await takeBack(db, asked, clock.now);
  if ('code' in draft) return draft.code;
  await db.batch(draft.statements);
  return draft.row.state;
}

/** One turn of the clock. */
export const turn = (shop: Shop, plan: PlanName = 'paid'): Promise<unknown> =>
  takebacks.run(roundOf(shop, { plan: plans[plan] }), shop.clock.now);

/** More turns than any test needs are a circle. */
const turnsMax = 200;

export async function takenBackOf(
  shop: Shop,
  id: string,
  given: { readonly tells?: boolean; readonly plan?: PlanName } = {},
): Promise<Takeback> {
  await askBack(shop, id, given);
  for (let turns = 0; turns < turnsMax; turns += 1) {
    const job = await readTakeback(shop.db, id as CampaignId);
    if (job?.state === 'done') return job;
    await turn(shop, given.plan);
  }
  throw new Error(`${id} is not done after ${turnsMax} turns`);
}
