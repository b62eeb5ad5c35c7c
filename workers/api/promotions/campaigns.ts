/** 营销活动: created, read, and changed by writing the next version. */
import * as z from 'zod';
import { CampaignId } from '../../../schema/index.ts';
import { insertCampaign, listCampaigns, readCampaign, replaceCampaign } from '../../db/shop/campaigns.ts';
import { fromNewest } from '../../db/paging.ts';
import { CampaignInput } from '../../decide/campaigns/campaigns.ts';
import type { Problem } from '../../platform/problem.ts';
import {
  CampaignAnswer,
  capsOf,
  toVersion,
  unknownCampaign,
  unknownTemplate,
  viewCampaign,
} from './campaign-view.ts';
import { invalid } from '../../commands/invalid.ts';
import { commit } from '../call/commit.ts';
import { created, namedBody, ok, route } from '../call/define.ts';
import { newId } from '../../platform/digest.ts';
import { mergePatch } from '../call/merge-patch.ts';
import { cut, listOf, NewestFirstCursor, paged, pageQuery } from '../call/paging.ts';

const params = z.strictObject({ id: CampaignId });
const common = { tag: 'Campaigns', scope: 'admin' } as const;

const create = route({
  ...common,
  method: 'POST',
  path: '/campaigns',
  summary: 'Create a campaign',
  description: 'A draft unless `status` says otherwise; it counts from the moment it is active.',
  statuses: [201],
  refusals: { 409: ['idempotency_key_reused'] },
  body: namedBody('CampaignInput', CampaignInput),
  answer: CampaignAnswer,
  handle: async (call) => {
    const { deps, now, body } = call;
    const id = CampaignId.parse(newId('c'));
    const version = toVersion(body, { id, version: 1, createdAt: now }, now);
    const missing = await unknownTemplate(deps.db, version);
    if (missing) return missing;
    const answer = viewCampaign({ version, used: 0, spentFen: 0 });
    return commit(call, insertCampaign(version, capsOf(body)), created(answer));
  },
});

const list = route({
  ...common,
  method: 'GET',
  path: '/campaigns',
  summary: 'Campaigns, newest first',
  statuses: [200],
  query: z.strictObject(pageQuery),
  answer: listOf('CampaignList', CampaignAnswer),
  handle: ({ deps, query }) =>
    paged(
      query,
      {
        cursor: NewestFirstCursor,
        start: fromNewest,
        read: async (before, limit) => {
          const found = await listCampaigns(deps.db, before, limit + 1);
          return cut(found, limit, ({ version: { createdAt, id } }) => ({ at: createdAt, id: id as string }));
        },
      },
      viewCampaign,
    ),
});

const get = route({
  ...common,
  method: 'GET',
  path: '/campaigns/{id}',
  summary: 'One campaign, with what it has given so far',
  statuses: [200],
  refusals: { 404: ['unknown_campaign'] },
  params,
  answer: CampaignAnswer,
  handle: async ({ deps, params: { id } }) => {
    const campaign = await readCampaign(deps.db, id);
    return campaign ? ok(viewCampaign(campaign)) : unknownCampaign;
  },
});

/** Two people may save at once; each change is merged over what the other one made of it. */
const attemptsMax = 3;

const patch = route({
  ...common,
  method: 'PATCH',
  path: '/campaigns/{id}',
  summary: 'Change a campaign',
  description:
    'A JSON merge patch (RFC 7396). Sales are judged by the version that was in force when they were told, so a change writes a new version. A cap cannot fall below what is used.',
  statuses: [200],
  refusals: { 404: ['unknown_campaign'], 409: ['limit_below_used', 'changed_meanwhile'] },
  params,
  body: z.record(z.string(), z.unknown()),
  documentedBody: namedBody('CampaignPatch', z.strictObject(CampaignInput.shape).partial()),
  answer: CampaignAnswer,
  handle: async ({ deps, now, params: { id }, body }) => {
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const current = await readCampaign(deps.db, id);
      if (!current) return unknownCampaign;
      const parsed = CampaignInput.safeParse(mergePatch(current.version.definition, body));
      if (!parsed.success) return invalid(parsed.error);
      const place = { id, version: current.version.version + 1, createdAt: current.version.createdAt };
      const version = toVersion(parsed.data, place, now);
      const missing = await unknownTemplate(deps.db, version);
      if (missing) return missing;
      const replaced = await replaceCampaign(deps.db, version, capsOf(parsed.data));
      if (replaced === 'replaced') return ok(viewCampaign({ ...current, version }));
      if (replaced === 'below-used')
        return limitBelowUsed(parsed.data, (await readCampaign(deps.db, id)) ?? current);
    }
    return changedMeanwhile;
  },
});

function limitBelowUsed(
  { limits: { total, budgetFen } }: CampaignInput,
  { used, spentFen }: { readonly used: number; readonly spentFen: number },
): Problem {
  const refused = { status: 409, code: 'limit_below_used' } as const;
  if (total !== null && total < used) {
    const detail = `limits.total cannot be ${total}: the campaign was used ${used} times`;
    return { ...refused, detail, field: 'limits.total', numbers: { limit: total, used } };
  }
  const limit = budgetFen ?? 0;
  const detail = `limits.budgetFen cannot be ${limit}: ${spentFen} fen were given away already`;
  return { ...refused, detail, field: 'limits.budgetFen', numbers: { limit, used: spentFen } };
}

const changedMeanwhile: Problem = {
  status: 409,
  code: 'changed_meanwhile',
  detail: 'others keep changing this campaign; look at it again, then send the change again',
};

export const campaignRoutes = [create, list, get, patch];
