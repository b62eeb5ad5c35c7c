/** Reads the world of a group: one batch of set reads, whatever the size of the group. */
import {
  associates,
  campaigns,
  coupons,
  grants,
  inbox,
  products,
  recharges,
  refunds,
  saleLines,
  sales,
  type CampaignId,
  type IdentityKey,
  type InboxEvent,
  type MemberId,
  type SaleId,
  type TemplateId,
} from '../../../schema/index.ts';
import { compileCampaign } from '../../decide/campaigns/campaigns.ts';
import type { Config } from '../../decide/config.ts';
import { windowKey } from '../../decide/fans/fans.ts';
import type { Needs } from '../../decide/needs.ts';
import type { Seed } from '../../decide/plain/random.ts';
import { pairKey, type World } from '../../decide/world.ts';
import { rowsAt, statement, type Db, type Result, type Row, type Statement } from '../db.ts';
import { decodeFans, hasFans, noFans, selectFans } from './group-fans.ts';
import { decodeTransfers, hasTransfers, selectTransfers } from './group-transfers.ts';
import { decodeMembers, memberStatements, selectMembers } from './group-members.ts';
import { decodeAll, decodeValues, list, selectList, valueList } from '../set.ts';

/** What the world looked like when it was read: apply refuses to write if any of it has moved. */
export type Reading = {
  readonly members: ReadonlyMap<MemberId, number>;
  readonly sales: ReadonlyMap<SaleId, number>;
  readonly identities: ReadonlyMap<IdentityKey, MemberId>;
};

export type Loaded = {
  readonly world: World;
  readonly reading: Reading;
  readonly applied: ReadonlySet<string>;
  readonly configVersion: number;
  /** Events that have been waiting for a sale of this group. */
  readonly waiting: readonly InboxEvent[];
};

export type LoadRequest = {
  readonly eventIds: readonly string[];
  readonly needs: Needs;
  readonly isDeep: boolean;
  readonly config: Config;
  readonly seeds: ReadonlyMap<string, Seed>;
  readonly now: number;
};

export async function load(db: Db, request: LoadRequest): Promise<Loaded> {
  const { needs, isDeep } = request;
  const saleIds = list(needs.sales);
  const grantCauses = `(SELECT 'sale:' || value FROM json_each(?1))`;

  const statements: Statement[] = [
    statement(
      `SELECT 'applied' AS kind, id AS value FROM applied_events WHERE id IN (SELECT value FROM json_each(?1))
       UNION ALL SELECT 'config', value FROM settings WHERE key = 'config_version'
       UNION ALL SELECT 'recharge', json_array(${valueList(recharges, 't')}) FROM recharges AS t
         WHERE t.id IN (SELECT value FROM json_each(?2))`,
      list(request.eventIds),
      list(needs.recharges),
    ),
    ...selectMembers(needs),
    ...selectFans(needs),
    ...selectTransfers(request),
    statement(
      `SELECT ${selectList(sales, 't')} FROM sales AS t WHERE t.id IN (SELECT value FROM json_each(?1))`,
      saleIds,
    ),
    statement(
      `SELECT 'campaign' AS kind, campaign_id AS id, used, spent_fen AS "spentFen", total_limit AS cap,
         budget_fen AS "budgetFen" FROM campaign_counters WHERE total_limit IS NOT NULL OR budget_fen IS NOT NULL
       UNION ALL SELECT 'template', template_id, issued, 0, stock, NULL FROM coupon_template_counters`,
    ),
    statement(
      `SELECT ${selectList(products, 't')} FROM products AS t WHERE t.sku IN (SELECT value FROM json_each(?1))`,
      list(needs.skus),
    ),
    statement(
      `SELECT ${selectList(associates, 't')} FROM associates AS t WHERE t.id IN (SELECT value FROM json_each(?1))`,
      list(needs.associates),
    ),
    statement(
      `SELECT ${selectList(inbox, 't')} FROM inbox AS t WHERE t.state = 'waiting'
       AND t.waits_for IN (SELECT value FROM json_each(?1)) ORDER BY t.seq`,
      list(needs.awaited),
    ),
  ];
  if (isDeep) {
    statements.push(
      statement(
        `SELECT ${selectList(saleLines, 't')} FROM sale_lines AS t WHERE t.sale_id IN (SELECT value FROM json_each(?1))`,
        saleIds,
      ),
      statement(
        `SELECT ${selectList(refunds, 't')} FROM refunds AS t WHERE t.sale_id IN (SELECT value FROM json_each(?1))`,
        saleIds,
      ),
      statement(
        `SELECT ${selectList(grants, 't')} FROM grants AS t WHERE t.cause IN ${grantCauses}`,
        saleIds,
      ),
      statement(
        `SELECT ${selectList(coupons, 't')} FROM coupons AS t WHERE t.id IN (
           SELECT c.value ->> 'id' FROM grants AS g, json_each(g.awards, '$.coupons') AS c WHERE g.cause IN ${grantCauses})`,
        saleIds,
      ),
      statement(
        `SELECT ${selectList(campaigns, 't')} FROM campaigns AS t WHERE t.in_force_to IS NOT NULL AND t.in_force_to >
           (SELECT min(evaluated_at) FROM sales WHERE id IN (SELECT value FROM json_each(?1)))`,
        saleIds,
      ),
    );
  }
  return assemble(await db.batch(statements), request);
}

function assemble(results: readonly Result[], { needs, isDeep, config, seeds, now }: LoadRequest): Loaded {
  let place = 0;
  const next = (): readonly Row[] => {
    const rows = rowsAt(results, place);
    place += 1;
    return rows;
  };
  const marks = next();
  const ofMembers = decodeMembers(Array.from({ length: memberStatements }, next).flat());
  const ofFans = hasFans(needs) ? decodeFans(next(), next()) : noFans;
  const ofTransfers = decodeTransfers(hasTransfers({ needs, isDeep, config }) ? next() : []);
  const loadedSales = decodeAll(sales, next());
  const limits = next();
  const loadedProducts = decodeAll(products, next());
  const loadedAssociates = decodeAll(associates, next());
  const waiting = decodeAll(inbox, next());
  const lines = isDeep ? decodeAll(saleLines, next()) : [];
  const loadedRefunds = isDeep ? decodeAll(refunds, next()) : [];
  const loadedGrants = isDeep ? decodeAll(grants, next()) : [];
  const loadedCoupons = isDeep ? decodeAll(coupons, next()) : [];
  const past = isDeep ? decodeAll(campaigns, next()) : [];

  const keysOf = Map.groupBy(ofMembers.identities, ({ memberId }) => memberId);
  const world: World = {
    config,
    now,
    members: new Map(ofMembers.members.map((member) => [member.id, member])),
    identities: new Map(ofMembers.identities.map(({ key, memberId }) => [key, memberId])),
    keysOf: new Map([...keysOf].map(([id, rows]) => [id, new Set(rows.map(({ key }) => key))])),
    heads: ofMembers.heads,
    memberCounters: new Map(ofMembers.counters.map((row) => [pairKey(row.memberId, row.subject), row])),
    campaignCounters: new Map(
      limits
        .filter(({ kind }) => kind === 'campaign')
        .map((row) => [row['id'] as CampaignId, toCampaignCounter(row)]),
    ),
    templateCounters: new Map(
      limits
        .filter(({ kind }) => kind === 'template')
        .map((row) => [row['id'] as TemplateId, toTemplateCounter(row)]),
    ),
    sales: new Map(loadedSales.map((sale) => [sale.id, sale])),
    lines: Map.groupBy(lines, ({ saleId }) => saleId),
    refunds: Map.groupBy(loadedRefunds, ({ saleId }) => saleId),
    recharges: new Map(
      marks
        .filter(({ kind }) => kind === 'recharge')
        .map(({ value }) => decodeValues(recharges, String(value)))
        .map((recharge) => [recharge.id, recharge]),
    ),
    // A sale that is looked at in depth brings its grants along already.
    grants: new Map([
      ...Map.groupBy(ofTransfers.grants, ({ cause }) => cause),
      ...Map.groupBy(loadedGrants, ({ cause }) => cause),
    ]),
    coupons: new Map(loadedCoupons.map((coupon) => [coupon.id, coupon])),
    tags: new Map(ofMembers.tags.map((tag) => [pairKey(tag.memberId, tag.tag), tag])),
    reminders: new Map(ofMembers.reminders.map((row) => [pairKey(row.memberId, row.sku), row])),
    products: new Map(loadedProducts.map((product) => [product.sku, product])),
    associates: new Map(
      [...loadedAssociates, ...ofFans.associates].map((associate) => [associate.id, associate]),
    ),
    fans: new Map(ofFans.fans.map((fan) => [fan.openid, fan])),
    windows: new Map(ofFans.windows.map((window) => [windowKey(window), window])),
    scenes: new Map(ofFans.scenes.map((scene) => [scene.id, scene])),
    transfers: new Map(ofTransfers.transfers.map((transfer) => [transfer.outBillNo, transfer])),
    payoutDays: new Map(ofTransfers.days.map((day) => [day.dayOn, day])),
    newStores: new Map(),
    pastCampaigns: past.map(compileCampaign),
    seeds,
  };
  const reading: Reading = {
    members: new Map(ofMembers.members.map(({ id, version }) => [id, version])),
    sales: new Map(loadedSales.map(({ id, rev }) => [id, rev])),
    identities: new Map(world.identities),
  };
  const applied = new Set(marks.filter(({ kind }) => kind === 'applied').map(({ value }) => String(value)));
  const version = marks.find(({ kind }) => kind === 'config')?.['value'];
  return { world, reading, applied, configVersion: Number(version ?? 0), waiting };
}

/** These rows come from integer columns of STRICT tables. */
const number = (value: unknown): number => value as number;
const numberOrNull = (value: unknown): number | null => value as number | null;

const toCampaignCounter = (
  row: Row,
): World['campaignCounters'] extends Map<CampaignId, infer C> ? C : never => ({
  campaignId: row['id'] as CampaignId,
  used: number(row['used']),
  spentFen: number(row['spentFen']),
  totalLimit: numberOrNull(row['cap']),
  budgetFen: numberOrNull(row['budgetFen']),
});

const toTemplateCounter = (
  row: Row,
): World['templateCounters'] extends Map<TemplateId, infer C> ? C : never => ({
  templateId: row['id'] as TemplateId,
  issued: number(row['used']),
  stock: numberOrNull(row['cap']),
});
