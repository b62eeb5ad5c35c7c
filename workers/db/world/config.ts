/** Reads what the merchant has set up and compiles it; each isolate keeps one copy until its version is old. */
import {
  MerchantSettings,
  type CampaignId,
  campaigns,
  couponTemplates,
  reminderPlans,
  stores,
  tagDictionaries,
  tagRules,
} from '../../../schema/index.ts';
import { indexCampaigns, type CampaignIndex } from '../../decide/campaigns/campaign-index.ts';
import { compileCampaign } from '../../decide/campaigns/campaigns.ts';
import type { Config } from '../../decide/config.ts';
import { payoutOf } from '../../decide/money/payout.ts';
import { byKind } from '../../decide/plain/registry.ts';
import { reminderKinds } from '../../decide/reminders/index.ts';
import { triggerKinds, type CampaignTrigger } from '../../decide/triggers/index.ts';
import { compileTags } from '../../decide/tags/compile.ts';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { rowsAt, statement, type Db, type Row } from '../db.ts';
import { unionOf } from '../look.ts';
import { decodeAll, decodeValues, selectList, valueList } from '../set.ts';

/** What the deployment brings to it. */
export type Account = {
  /** There are keys of WeChat Pay, so that what the merchant chose about 提现 means something. */
  readonly canPay?: boolean;
  readonly appId?: string | null;
};

/** Both in one question: the clock's minute has none to spare. */
const dictionaryTerm = `SELECT 'dictionaries' AS kind, json_array(${valueList(tagDictionaries, 't')}) AS "values",
  t.created_at AS at, t.id AS id FROM tag_dictionaries AS t`;
const ruleTerm = `SELECT 'rules' AS kind, json_array(${valueList(tagRules, 't')}) AS "values",
  t.created_at AS at, t.id AS id FROM tag_rules AS t`;

const valuesIn = <Table extends SQLiteTable>(
  table: Table,
  named: string,
  rows: readonly Row[],
): Table['$inferSelect'][] =>
  rows.flatMap(({ kind, values }) => (kind === named ? [decodeValues(table, String(values))] : []));

export async function loadConfig(db: Db, { canPay = false, appId = null }: Account = {}): Promise<Config> {
  const results = await db.batch([
    statement(
      `SELECT key, value FROM settings WHERE key IN ('config_version', 'merchant')
       UNION ALL SELECT 'campaigns_changed_at', max(in_force_to) FROM campaigns WHERE in_force_to IS NOT NULL
       UNION ALL SELECT 'withdrawn', json_group_array(campaign_id) FROM takebacks
       UNION ALL SELECT 'managers', json_group_array(json_object('openid', openid, 'storeIds', json(store_ids)))
         FROM (SELECT openid, store_ids FROM people WHERE role = 'manager' AND openid IS NOT NULL AND ended_at IS NULL
           ORDER BY created_at, id)`,
    ),
    statement(`SELECT ${selectList(stores, 't')} FROM stores AS t`),
    statement(`SELECT ${selectList(couponTemplates, 't')} FROM coupon_templates AS t`),
    statement(
      `SELECT ${selectList(campaigns, 't')} FROM campaigns AS t WHERE t.in_force_to IS NULL AND t.status = 'active'
       AND t.id NOT IN (SELECT campaign_id FROM takebacks)
       ORDER BY t.created_at, t.id`,
    ),
    statement(
      `SELECT ${selectList(reminderPlans, 't')} FROM reminder_plans AS t WHERE t.enabled = 1
       ORDER BY t.created_at DESC, t.id DESC`,
    ),
    statement(
      `SELECT kind, "values" FROM (${unionOf([dictionaryTerm, ruleTerm], 'kind, "values", at, id')}) ORDER BY at, id`,
    ),
  ]);
  const values = new Map<unknown, string>(
    rowsAt(results, 0).flatMap(({ key, value }) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  );
  const active = decodeAll(campaigns, rowsAt(results, 3)).map(compileCampaign);
  const settings = MerchantSettings.parse(JSON.parse(values.get('merchant') ?? '{}'));
  return {
    version: Number(values.get('config_version') ?? 0),
    settings,
    appId,
    payout: payoutOf(settings, canPay),
    stores: new Map(decodeAll(stores, rowsAt(results, 1)).map((store) => [store.id, store])),
    templates: new Map(
      decodeAll(couponTemplates, rowsAt(results, 2)).map(({ id, definition }) => [id, definition]),
    ),
    // The statement builds it from columns of these types.
    managers: JSON.parse(values.get('managers') ?? '[]') as Config['managers'],
    withdrawn: new Set(JSON.parse(values.get('withdrawn') ?? '[]') as CampaignId[]),
    campaignsChangedAt: Number(values.get('campaigns_changed_at') ?? 0),
    campaigns: byTrigger((trigger) => indexCampaigns(active.filter((one) => one.trigger === trigger))),
    tags: compileTags(
      valuesIn(tagDictionaries, 'dictionaries', rowsAt(results, 5)),
      valuesIn(tagRules, 'rules', rowsAt(results, 5)),
    ),
    plans: decodeAll(reminderPlans, rowsAt(results, 4)).map((plan) => {
      const { kind } = plan.definition;
      return byKind(reminderKinds, String(kind)).compile(plan, plan.definition);
    }),
  };
}

/** Every trigger has its own, so the cast holds. */
const byTrigger = (of: (trigger: CampaignTrigger) => CampaignIndex): Config['campaigns'] =>
  Object.fromEntries(triggerKinds.map((trigger) => [trigger, of(trigger)])) as Config['campaigns'];

export type ConfigCache = {
  /** The copy at hand, read once when there is none. */
  readonly get: () => Promise<Config>;
  /** A copy at least as new as `version`. */
  readonly atLeast: (version: number) => Promise<Config>;
};

export function configCache(db: Db, account: Account = {}): ConfigCache {
  let cached: Config | null = null;
  const read = async (): Promise<Config> => {
    cached = await loadConfig(db, account);
    return cached;
  };
  return {
    get: async () => cached ?? (await read()),
    atLeast: async (version) => (cached && cached.version >= version ? cached : await read()),
  };
}
