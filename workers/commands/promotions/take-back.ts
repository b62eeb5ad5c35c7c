/** 收回活动: stops a campaign that was a mistake and takes back what it gave and nobody has spent; a job does it page by page. */
import * as z from 'zod';
import type { CampaignId, CampaignVersion, Takeback } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import { isRefusedBy } from '../../db/refusals.ts';
import { readCampaign, replacing } from '../../db/shop/campaigns.ts';
import {
  beginTakeback,
  lastSaleBefore,
  readTakeback,
  repeatTakeback,
  takebackKey,
} from '../../db/takebacks/takebacks.ts';
import { bumpConfig } from '../../db/world/apply.ts';
import { CampaignInput } from '../../decide/campaigns/campaigns.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import type { Problem } from '../../platform/problem.ts';
import { campaigns, capsOf, unknownCampaign } from '../definitions/campaigns.ts';
import type { Draft } from '../draft.ts';

export const TakeBackInput = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(2)
    .max(200)
    .meta({ description: 'Why it was a mistake; it stands in the audit.' }),
  tells: z
    .boolean()
    .default(true)
    .meta({ description: 'Each member from whom something is taken is told once.' }),
});
export type TakeBackInput = z.infer<typeof TakeBackInput>;

export type TakingBack = {
  readonly id: CampaignId;
  readonly input: TakeBackInput;
  /** Who asks for it. */
  readonly by: string;
};

/** Begun once; begun again it goes through everything once more, where something could not be decided. */
export async function takeBack(
  db: Db,
  { id, input, by }: TakingBack,
  now: number,
): Promise<(Draft<Takeback> & { readonly before: CampaignVersion }) | Problem> {
  const current = await readCampaign(db, id);
  if (current === null) return unknownCampaign;
  const { version, used } = current;
  const running = await readTakeback(db, id);
  if (running) {
    if (running.state !== 'done') return underWay;
    if (running.failed === 0) return alreadyDone;
    const row: Takeback = { ...running, state: 'taking' };
    return { row, before: version, statements: repeatTakeback(running), rings: 'jobsBell' };
  }
  if (used === 0) return nothingGiven;
  const saleFrom = await lastSaleBefore(db, version.createdAt - dayMs);
  const row = begun({ id, input, by }, { version, used, saleFrom }, now);
  return {
    row,
    before: version,
    statements: [...stopping(version, now), ...beginTakeback(row, now), bumpConfig()],
    rings: 'jobsBell',
  };
}

/** One that still runs, or may run again, is over with this. */
function stopping(version: CampaignVersion, now: number) {
  if (version.status === 'ended') return [];
  const definition = { ...CampaignInput.parse(version.definition), status: 'ended' as const };
  const ended = { ...version, version: version.version + 1, status: definition.status, definition };
  return replacing({ ...ended, inForceFrom: now, inForceTo: null }, capsOf(version));
}

type Begun = { readonly version: CampaignVersion; readonly used: number; readonly saleFrom: number };

const begun = ({ id, input, by }: TakingBack, { version, used, saleFrom }: Begun, now: number): Takeback => ({
  campaignId: id,
  name: CampaignInput.parse(version.definition).name,
  reason: input.reason,
  by,
  tells: input.tells,
  state: 'taking',
  saleFrom,
  saleTo: saleFrom,
  saleAt: saleFrom,
  grantAt: ['', ''],
  expected: used,
  causes: 0,
  points: 0,
  pointsKept: 0,
  growth: 0,
  coupons: 0,
  couponsKept: 0,
  walletFen: 0,
  walletKeptFen: 0,
  underWayFen: 0,
  failed: 0,
  people: 0,
  told: 0,
  askedAt: now,
  endedAt: null,
  rev: 1,
});

/** Somebody else began at the same moment, or changed the campaign: nothing was written. */
export function beganMeanwhile(error: unknown): Problem | null {
  if (isRefusedBy(error, takebackKey) || isRefusedBy(error, 'reading_is_current')) return underWay;
  if (!isRefusedBy(error, 'campaigns.version')) return null;
  const detail = `others keep changing this ${campaigns.noun}; look at it again, then take it back`;
  return { status: 409, code: 'changed_meanwhile', detail };
}

const underWay: Problem = {
  status: 409,
  code: 'taking_back',
  detail: 'what this campaign gave is being taken back right now; GET it to see how far it has come',
};
const alreadyDone: Problem = {
  status: 409,
  code: 'taken_back',
  detail: 'what this campaign gave was taken back already',
};
const nothingGiven: Problem = {
  status: 409,
  code: 'nothing_given',
  detail: 'nobody holds anything of this campaign; set its status to ended instead',
};
export const notTakenBack: Problem = {
  status: 404,
  code: 'not_taken_back',
  detail: 'this campaign was not taken back',
};
