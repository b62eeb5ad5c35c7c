/** 活动里的券: the coupons a campaign gives have to exist, and to say what they cost where somebody counts it. */
import type {
  CampaignVersion,
  CouponTemplate,
  CouponTemplateDefinition,
  TemplateId,
} from '../../../schema/index.ts';
import { campaignsOfGroup } from '../../db/shop/campaigns.ts';
import { templatesNamed } from '../../db/shop/coupon-templates.ts';
import type { Db } from '../../db/db.ts';
import { templatesOf } from '../../decide/awards/coupons.ts';
import { CampaignInput, compileCampaign } from '../../decide/campaigns/campaigns.ts';
import { couponCostFen } from '../../decide/coupons/coupons.ts';
import { couponKindOf } from '../../decide/coupons/kinds/index.ts';
import type { Problem } from '../../platform/problem.ts';
import { invalidField, invalidFields } from '../invalid.ts';

export async function couponFault(db: Db, version: CampaignVersion): Promise<Problem | null> {
  const own = seatsOf(version);
  const mates = await matesOf(db, version);
  const templates = await templatesNamed(db, [...own, ...mates.flatMap(seatsOf)].map(idOf));
  const missing = own.find(({ templateId }) => !templates.has(templateId));
  if (missing) {
    const message = `no coupon template is called ${missing.templateId}`;
    return invalidField(`rewards[${missing.seat}].templateId`, message);
  }
  if (version.status === 'ended') return null;
  const why = whoCounts(version, mates);
  const silent = own.flatMap((seat) => undeclared(seat, templates));
  if (why !== null && silent.length > 0) {
    return invalidFields(
      silent.map(({ seat, ...template }) => ({
        path: `rewards[${seat}].templateId`,
        message: `${costUnknown(template)}, and ${why.counts}: ${remedyFor(template)}, or ${why.remedy}`,
      })),
    );
  }
  return picksBest(version) ? silentMate(mates, templates) : null;
}

type Seat = { readonly seat: number; readonly templateId: TemplateId };
type Silent = Seat & { readonly kind: CouponTemplateDefinition['kind'] };
type Templates = ReadonlyMap<TemplateId, CouponTemplateDefinition>;

const idOf = ({ templateId }: Seat): TemplateId => templateId;

/** Every kind may give coupons, so each reward is asked what it would award. */
const seatsOf = (version: CampaignVersion): Seat[] =>
  compileCampaign(version).rewards.flatMap((reward, seat) => {
    const award = reward.award({ times: 1, draw: (_label, min) => min });
    return templatesOf(award).map((templateId) => ({ seat, templateId }));
  });

function undeclared(seat: Seat, templates: Templates): Silent[] {
  const template = templates.get(seat.templateId);
  return template && couponCostFen(template) === null ? [{ ...seat, kind: template.kind }] : [];
}

const inputOf = ({ definition }: CampaignVersion): CampaignInput => CampaignInput.parse(definition);

async function matesOf(db: Db, version: CampaignVersion): Promise<CampaignVersion[]> {
  const { group } = inputOf(version);
  const all = group === null ? [] : await campaignsOfGroup(db, group);
  return all.filter(({ id }) => id !== version.id);
}

const picksBest = (version: CampaignVersion): boolean => {
  const { group, pick } = inputOf(version);
  return group !== null && pick === 'best';
};

/** Which of its campaigns decides for a group may change with every one that ends, so it is enough that one of them picks the best. */
function whoCounts(
  version: CampaignVersion,
  mates: readonly CampaignVersion[],
): { readonly counts: string; readonly remedy: string } | null {
  const { limits, group } = inputOf(version);
  if (limits.budgetFen !== null)
    return { counts: 'limits.budgetFen has to count it', remedy: 'leave limits.budgetFen out' };
  if (![version, ...mates].some(picksBest)) return null;
  return {
    counts: `group ${group} compares it to pick the best`,
    remedy: 'let every campaign of the group pick first or all',
  };
}

function silentMate(mates: readonly CampaignVersion[], templates: Templates): Problem | null {
  for (const mate of mates) {
    const [silent] = seatsOf(mate).flatMap((seat) => undeclared(seat, templates));
    if (!silent) continue;
    const message = `campaign ${mate.id} of the same group gives a coupon that cannot be compared, because ${costUnknown(silent)}: ${remedyFor(silent)} for that campaign, or pick first or all`;
    return invalidField('pick', message);
  }
  return null;
}

type Named = { readonly templateId: CouponTemplate['id']; readonly kind: Silent['kind'] };

const costUnknown = ({ templateId, kind }: Named): string =>
  `coupon template ${templateId} of kind ${kind} does not say what it costs the shop`;

const remedyFor = ({ kind }: Named): string =>
  `draw up another one with ${couponKindOf({ kind }).costFields.join(' or ')}`;
