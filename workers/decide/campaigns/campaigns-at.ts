/** 当时的活动: the promises that answer for something that happened, whenever it is told and however often. */
import { indexCampaigns, type CampaignIndex } from './campaign-index.ts';
import type { CompiledCampaign } from './campaigns.ts';
import type { CampaignTrigger } from '../triggers/index.ts';
import type { World } from '../world.ts';

/** When it happened, and when it was first decided: the same answer follows from them for ever. */
export type Moment = {
  readonly occurredAt: number;
  readonly evaluatedAt: number;
  readonly isHistory?: boolean;
};

const none = indexCampaigns([]);

export function campaignsAt(world: World, trigger: CampaignTrigger, moment: Moment): CampaignIndex {
  // 历史单据: nobody promised anything for it.
  if (moment.isHistory) return none;
  const { config, pastCampaigns } = world;
  const at = Math.min(moment.occurredAt, moment.evaluatedAt);
  const current = config.campaigns[trigger];
  const isUnchanged =
    pastCampaigns.length === 0 && current.campaigns.every(({ inForceFrom }) => inForceFrom <= at);
  if (isUnchanged) return current;
  const active = Object.values(config.campaigns).flatMap(({ campaigns }) => campaigns);
  const promised = [...active, ...pastCampaigns].filter(({ id }) => !config.withdrawn.has(id));
  const versions = Map.groupBy(promised, ({ id }) => id);
  const answering = [...versions.values()].flatMap((own) => versionAt(own, at, moment.evaluatedAt) ?? []);
  return indexCampaigns(answering.filter((campaign) => campaign.trigger === trigger));
}

/**
 * The version that was in force when it happened. Before the first one was, nobody had promised anything, unless the version in
 * force when it was decided says by a `from` of its own that it answers for the time before.
 */
function versionAt(
  versions: readonly CompiledCampaign[],
  at: number,
  evaluatedAt: number,
): CompiledCampaign | undefined {
  const then = versions.find((version) => isInForce(version, at));
  if (then && then.status !== 'draft') return then.status === 'active' ? then : undefined;
  const later = versions.find((version) => isInForce(version, evaluatedAt));
  const saysSo = later?.status === 'active' && Number.isFinite(later.from) && later.from <= at;
  return saysSo ? later : undefined;
}

const isInForce = ({ inForceFrom, inForceTo }: CompiledCampaign, at: number): boolean =>
  inForceFrom <= at && at < inForceTo;
