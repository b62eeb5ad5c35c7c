/** 读数仍然有效: refuses to write when a member, a sale or an identity is not as it was read, or a campaign was taken back meanwhile. */
import type { CampaignId } from '../../../schema/index.ts';
import type { Changes } from '../../decide/changes.ts';
import { statement, type Statement } from '../db.ts';
import { list } from '../set.ts';
import { pairKey, type World } from '../../decide/world.ts';
import type { VersionsSeen } from './load.ts';
import { causeOf, salesWritten } from './write-sales.ts';

/** Inserts a row, which the table refuses, for everything that has moved. */
export function guard(world: World, seen: VersionsSeen, changes: Changes): Statement[] {
  const sold = salesWritten(changes);
  if (changes.members.size + sold.size + changes.identities.size === 0) return [];
  const memberVersions = [...changes.members].flatMap((id) => {
    const version = seen.members.get(id);
    return version === undefined ? [] : [[id, version]];
  });
  const saleRevs = [...sold].map((id) => [id, seen.sales.get(id) ?? 0]);
  const owners = [...changes.identities.keys()].map((key) => [key, seen.identities.get(key) ?? null]);
  return [
    statement(
      `INSERT INTO guards (name)
       SELECT 'member' FROM json_each(?1) AS j JOIN members AS m ON m.id = j.value ->> 0 WHERE m.version <> j.value ->> 1
       UNION ALL SELECT 'sale' FROM json_each(?2) AS j JOIN sales AS s ON s.id = j.value ->> 0 WHERE s.rev <> j.value ->> 1
       UNION ALL SELECT 'identity' FROM json_each(?3) AS j JOIN identities AS i ON i.key = j.value ->> 0
         WHERE i.member_id IS NOT j.value ->> 1
       UNION ALL SELECT 'takeback' FROM takebacks AS b WHERE b.campaign_id IN (SELECT value FROM json_each(?4))`,
      list(memberVersions),
      list(saleRevs),
      list(owners),
      list(giving(world, changes)),
    ),
  ];
}

/** Campaigns of which somebody is given something: whoever has not heard yet that one is taken back looks again. */
function giving(world: World, { grants }: Changes): Set<CampaignId> {
  const campaigns = new Set<CampaignId>();
  for (const key of grants) {
    for (const { campaignId, cause, times } of world.grants.get(causeOf(key)) ?? [])
      if (times > 0 && pairKey(cause, campaignId) === key) campaigns.add(campaignId);
  }
  return campaigns;
}
