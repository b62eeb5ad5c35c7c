/** 营销活动 in the database: every version is kept, one is in force, and the caps are stored beside the counts. */
import {
  campaignCounters,
  campaigns,
  type CampaignCounter,
  type CampaignId,
  type CampaignVersion,
} from '../../../schema/index.ts';
import { noTally, type Tally } from '../../decide/coupons/tally.ts';
import { talliesBy } from '../coupons/tallies.ts';
import { bumpConfig } from '../world/apply.ts';
import { rowsAt, statement, type Db, type Result, type Statement } from '../db.ts';
import type { NewestFirst } from '../paging.ts';
import { isRefusedBy } from '../refusals.ts';
import { decodeAll, insertSet, selectList } from '../set.ts';

export type CountedCampaign = {
  readonly version: CampaignVersion;
  readonly used: number;
  readonly spentFen: number;
  /** Of its coupons, of whatever template. */
  readonly tally: Tally;
};

export type Caps = Pick<CampaignCounter, 'totalLimit' | 'budgetFen'>;

export const insertCampaign = (version: CampaignVersion, caps: Caps): Statement[] => [
  insertSet(campaigns, [version]),
  insertSet(campaignCounters, [{ campaignId: version.id, used: 0, spentFen: 0, coupons: null, ...caps }]),
  bumpConfig(),
];

/** below-used: more was already given than the new caps allow. stale: another version was written meanwhile. */
export type Replaced = 'replaced' | 'below-used' | 'stale';

/** Ends the version in force and puts the next one in its place, with its caps. */
export const replacing = (next: CampaignVersion, caps: Caps): Statement[] => [
  statement(
    `UPDATE campaigns SET in_force_to = CAST(?2 AS INTEGER) WHERE id = ?1 AND in_force_to IS NULL`,
    next.id,
    next.inForceFrom,
  ),
  insertSet(campaigns, [next]),
  statement(
    `UPDATE campaign_counters SET total_limit = ?2, budget_fen = ?3 WHERE campaign_id = ?1`,
    next.id,
    caps.totalLimit,
    caps.budgetFen,
  ),
];

/** All or nothing. */
export async function replaceCampaign(db: Db, next: CampaignVersion, caps: Caps): Promise<Replaced> {
  try {
    await db.batch([...replacing(next, caps), bumpConfig()]);
    return 'replaced';
  } catch (error) {
    if (isRefusedBy(error, 'campaigns.version')) return 'stale';
    if (isRefusedBy(error, 'campaign_total') || isRefusedBy(error, 'campaign_budget')) return 'below-used';
    throw error;
  }
}

const withCounters = `SELECT ${selectList(campaigns, 't')}, n.used, n.spent_fen AS "spentFen" FROM campaigns AS t
  JOIN campaign_counters AS n ON n.campaign_id = t.id WHERE t.in_force_to IS NULL`;

export async function readCampaign(db: Db, id: CampaignId): Promise<CountedCampaign | null> {
  const results = await db.batch([statement(`${withCounters} AND t.id = ?1`, id)]);
  return (await counted(db, results))[0] ?? null;
}

/** Those that may still give something, as they are in force. */
export async function campaignsOfGroup(db: Db, group: string): Promise<CampaignVersion[]> {
  const results = await db.batch([
    statement(
      `SELECT ${selectList(campaigns, 't')} FROM campaigns AS t
       WHERE t.in_force_to IS NULL AND t.status <> 'ended' AND t.definition ->> 'group' = ?1`,
      group,
    ),
  ]);
  return decodeAll(campaigns, rowsAt(results, 0));
}

export async function listCampaigns(db: Db, before: NewestFirst, limit: number): Promise<CountedCampaign[]> {
  const results = await db.batch([
    statement(
      `${withCounters} AND (t.created_at, t.id) < (?1, ?2) ORDER BY t.created_at DESC, t.id DESC LIMIT ?3`,
      before.at,
      before.id,
      limit,
    ),
  ]);
  return counted(db, results);
}

async function counted(db: Db, results: readonly Result[]): Promise<CountedCampaign[]> {
  const rows = rowsAt(results, 0);
  const versions = decodeAll(campaigns, rows);
  const tallies = await talliesBy(
    db,
    'campaign',
    versions.map(({ id }) => id),
  );
  return versions.map((version, place) => ({
    version,
    used: Number(rows[place]?.['used']),
    spentFen: Number(rows[place]?.['spentFen']),
    tally: tallies.get(version.id) ?? noTally,
  }));
}
