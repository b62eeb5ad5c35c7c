/** A campaign as the API takes and shows one. */
import * as z from 'zod';
import type { CampaignId, CampaignVersion } from '../../../schema/index.ts';
import type { Caps, CountedCampaign } from '../../db/shop/campaigns.ts';
import { knownTemplates } from '../../db/shop/coupon-templates.ts';
import type { Db } from '../../db/db.ts';
import { CampaignInput, compileCampaign } from '../../decide/campaigns/campaigns.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField } from '../../commands/invalid.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';

export const CampaignAnswer = namedAnswer(
  'Campaign',
  z.strictObject({
    id: z.string(),
    version: z.int(),
    ...CampaignInput.shape,
    used: z.int().meta({ description: 'How many causes hold it now.' }),
    spentFen: z.int().meta({ description: 'What it has given away: packets, and coupons at face value.' }),
    createdAt: At,
    inForceFrom: At.meta({ description: 'Since when this version counts.' }),
  }),
);
type CampaignAnswer = z.infer<typeof CampaignAnswer>;

export function viewCampaign({ version: row, used, spentFen }: CountedCampaign): CampaignAnswer {
  return {
    id: row.id,
    version: row.version,
    ...CampaignInput.parse(row.definition),
    used,
    spentFen,
    createdAt: instant(row.createdAt),
    inForceFrom: instant(row.inForceFrom),
  };
}

export const capsOf = ({ limits }: CampaignInput): Caps => ({
  totalLimit: limits.total,
  budgetFen: limits.budgetFen,
});

type Place = { readonly id: CampaignId; readonly version: number; readonly createdAt: number };

export const toVersion = (definition: CampaignInput, place: Place, now: number): CampaignVersion => ({
  ...place,
  status: definition.status,
  definition,
  inForceFrom: now,
  inForceTo: null,
});

/** A reward that names a coupon nobody drew up would give nothing, silently. */
export async function unknownTemplate(db: Db, version: CampaignVersion): Promise<Problem | null> {
  // Which kinds give coupons is theirs to say: each is asked what it would award.
  const wanted = compileCampaign(version).rewards.flatMap((reward, seat) => {
    const award = reward.award({ times: 1, draw: (_label, min) => min });
    return award.type === 'coupon' ? [{ seat, templateId: award.templateId }] : [];
  });
  if (wanted.length === 0) return null;
  const known = await knownTemplates(
    db,
    wanted.map(({ templateId }) => templateId),
  );
  const missing = wanted.find(({ templateId }) => !known.has(templateId));
  if (!missing) return null;
  return invalidField(
    `rewards[${missing.seat}].templateId`,
    `no coupon template is called ${missing.templateId}`,
  );
}

export const unknownCampaign: Problem = {
  status: 404,
  code: 'unknown_campaign',
  detail: 'no campaign has this id',
};
