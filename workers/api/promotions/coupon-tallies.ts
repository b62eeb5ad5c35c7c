/** 券的成绩 by campaign and by coupon: what each campaign made of a template, and what became of each coupon of a campaign. */
import * as z from 'zod';
import { CampaignId, TemplateId } from '../../../schema/index.ts';
import { campaigns } from '../../commands/definitions/campaigns.ts';
import { couponTemplates } from '../../commands/definitions/coupon-templates.ts';
import { unknown } from '../../commands/definitions/define.ts';
import { talliesOfCampaign, talliesOfTemplate } from '../../db/coupons/tallies.ts';
import { readTemplate } from '../../db/shop/coupon-templates.ts';
import { namedAnswer, ok, route } from '../call/define.ts';
import { TallyAnswer, viewTally } from './tally-view.ts';

const common = { tag: 'Coupons', scope: 'admin', method: 'GET', statuses: [200] } as const;
const unknownTemplate = unknown(couponTemplates);
const unknownCampaign = unknown(campaigns);
const name = z.string().nullable().meta({ description: 'Null where it is gone.' });

const byCampaign = route({
  ...common,
  path: '/coupon-templates/{id}/campaigns',
  summary: 'What each campaign has made of a coupon template',
  description: 'At most two hundred, those that sent most.',
  params: z.strictObject({ id: TemplateId }),
  refusals: { 404: [unknownTemplate.code] },
  answer: namedAnswer(
    'CouponTallyByCampaign',
    z.strictObject({
      items: z.array(
        z.strictObject({
          campaignId: z.string().nullable().meta({
            description: 'Null for what no campaign gave: given by hand, claimed, or by associates.',
          }),
          name,
          coupons: TallyAnswer,
        }),
      ),
    }),
  ),
  handle: async ({ deps, params: { id } }) => {
    if (!(await readTemplate(deps.db, id))) return unknownTemplate;
    const tallies = await talliesOfTemplate(deps.db, id);
    return ok({
      items: tallies.map(({ id: campaignId, name, tally }) => ({
        campaignId: campaignId || null,
        name,
        coupons: viewTally(tally),
      })),
    });
  },
});

const byTemplate = route({
  ...common,
  path: '/campaigns/{id}/coupons',
  summary: 'What became of each coupon of a campaign',
  description: 'At most two hundred, those that it sent most.',
  params: z.strictObject({ id: CampaignId }),
  refusals: { 404: [unknownCampaign.code] },
  answer: namedAnswer(
    'CouponTallyByTemplate',
    z.strictObject({
      items: z.array(z.strictObject({ templateId: z.string(), name, coupons: TallyAnswer })),
    }),
  ),
  handle: async ({ deps, params: { id } }) => {
    if (!(await campaigns.read(deps.db, id))) return unknownCampaign;
    const tallies = await talliesOfCampaign(deps.db, id);
    return ok({
      items: tallies.map(({ id: templateId, name, tally }) => ({
        templateId,
        name,
        coupons: viewTally(tally),
      })),
    });
  },
});

export const couponTallyRoutes = [byCampaign, byTemplate];
