/** 营销活动: a change writes the next version, because a sale is judged by the version in force at its time. */
import { CampaignId, type CampaignVersion } from '../../../schema/index.ts';
import {
  insertCampaign,
  listCampaigns,
  readCampaign,
  replaceCampaign,
  type Caps,
  type CountedCampaign,
} from '../../db/shop/campaigns.ts';
import type { Db } from '../../db/db.ts';
import { readTakeback } from '../../db/takebacks/takebacks.ts';
import { CampaignInput } from '../../decide/campaigns/campaigns.ts';
import { noTally } from '../../decide/coupons/tally.ts';
import type { Problem } from '../../platform/problem.ts';
import { couponFault } from './campaign-coupons.ts';
import { unknown, type Changeable } from './define.ts';

export const campaigns: Changeable<CampaignId, CampaignInput, CountedCampaign> = {
  label: '营销活动',
  noun: 'campaign',
  id: CampaignId,
  idPrefix: 'c',
  input: CampaignInput,
  draw: (definition, place, now, before) => ({
    used: before?.used ?? 0,
    spentFen: before?.spentFen ?? 0,
    tally: before?.tally ?? noTally,
    version: {
      ...place,
      version: (before?.version.version ?? 0) + 1,
      status: definition.status,
      definition,
      inForceFrom: now,
      inForceTo: null,
    },
  }),
  placeOf: ({ version: { id, createdAt } }) => ({ id, createdAt }),
  fault: async (db, { version }) => (await takenBackFault(db, version)) ?? couponFault(db, version),
  insert: ({ version }) => insertCampaign(version, capsOf(version)),
  list: listCampaigns,
  read: readCampaign,
  inputOf: ({ version }) => version.definition,
  replace: async (db, { version }, current) => {
    const replaced = await replaceCampaign(db, version, capsOf(version));
    if (replaced !== 'below-used') return replaced;
    return limitBelowUsed(version, (await readCampaign(db, version.id)) ?? current);
  },
};

export const unknownCampaign = unknown(campaigns);

const limitsOf = ({ definition }: CampaignVersion): CampaignInput['limits'] =>
  CampaignInput.parse(definition).limits;

export function capsOf(version: CampaignVersion): Caps {
  const { total, budgetFen } = limitsOf(version);
  return { totalLimit: total, budgetFen };
}

/** What it gave was taken back because it was a mistake: whoever wants it again draws up another. */
async function takenBackFault(db: Db, { id, status }: CampaignVersion): Promise<Problem | null> {
  if (status === 'ended' || (await readTakeback(db, id)) === null) return null;
  const detail = 'what this campaign gave was taken back, so it stays ended; create another one';
  return { status: 409, code: 'taken_back', detail, field: 'status' };
}

function limitBelowUsed(version: CampaignVersion, { used, spentFen }: CountedCampaign): Problem {
  const { total, budgetFen } = limitsOf(version);
  const refused = { status: 409, code: 'limit_below_used' } as const;
  if (total !== null && total < used) {
    const detail = `limits.total cannot be ${total}: the campaign was used ${used} times`;
    return { ...refused, detail, field: 'limits.total', numbers: { limit: total, used } };
  }
  const limit = budgetFen ?? 0;
  const detail = `limits.budgetFen cannot be ${limit}: ${spentFen} fen were given away already`;
  return { ...refused, detail, field: 'limits.budgetFen', numbers: { limit, used: spentFen } };
}
