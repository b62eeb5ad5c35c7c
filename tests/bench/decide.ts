/** 判定: how many sales a second are decided, beside the rule engine and beside a hand-written loop. */
import assert from 'node:assert/strict';
import {
  CanonicalEvent,
  defaultTimezone,
  type EventId,
  type SaleCompleted,
  type SaleId,
  type TemplateId,
} from '../../schema/index.ts';
import { MerchantSettings } from '../../schema/index.ts';
import { toBasketLines, type BasketLine } from '../../workers/decide/sales/basket.ts';
import { triggerKinds } from '../../workers/decide/triggers/index.ts';
import { indexCampaigns } from '../../workers/decide/campaigns/campaign-index.ts';
import type { Config } from '../../workers/decide/config.ts';
import { meet } from '../../workers/decide/campaigns/evaluate.ts';
import { fold } from '../../workers/decide/fold.ts';
import { saleLines } from '../../workers/decide/sales/sale-lines.ts';
import { noCounterRows } from '../../workers/decide/counters/index.ts';
import { noRows } from '../../workers/decide/slices/index.ts';
import type { World } from '../../workers/decide/world.ts';
import { compiled, definitions, few, levels, many, type Shape } from './campaigns.ts';
import { products } from './catalogue.ts';
import { speedOf, speedOfAsync } from './clock.ts';
import { handLoop, type Visit } from './hand-loop.ts';
import { median, progress, report, rounded } from './report.ts';
import { rulesEngine } from './rules-engine.ts';
import { saleEvent } from './sales.ts';
import { identityKeysOf, memberRow } from './shop.ts';
import type { Length } from './run.ts';

const level = levels[1];

export async function benchDecide({ samples, sampleMs }: Length): Promise<void> {
  for (const [shape, count] of cases) {
    const given = definitions(count, shape);
    const { event, visit } = sale(shape);
    const index = indexCampaigns(compiled(given));
    const { storeId, lines } = visit;
    const facts = {
      storeId,
      at: event.occurredAt,
      timezone: defaultTimezone,
      member: memberRow(0),
      ordersBefore: 0,
    };
    const ours = (): number[] =>
      meet(index, lines, facts).map(({ campaign }) => Number(campaign.id.slice(9)));
    const loop = handLoop(given);
    const engine = rulesEngine(given);
    const hits = inOrder(ours());
    assert.deepEqual(inOrder(loop(visit)), hits);
    assert.deepEqual(inOrder(await engine(visit)), hits);

    const config = configOf(index);
    const meets: number[] = [];
    const loops: number[] = [];
    const folds: number[] = [];
    const engines: number[] = [];
    // Side by side and in turns: whatever else the machine does, it does to all of them.
    for (let sample = 0; sample < samples; sample += 1) {
      meets.push(speedOf(() => meet(index, lines, facts), sampleMs, 20));
      loops.push(speedOf(() => loop(visit), sampleMs, 20));
      folds.push(speedOf(() => fold(worldOf(config), [event]), sampleMs, 5));
      engines.push(await speedOfAsync(() => engine(visit), sampleMs));
    }
    const hand = median(loops);
    const context = {
      campaigns: count,
      hits: hits.length,
      handLoop: rounded(hand),
      jsonRulesEngine: rounded(median(engines)),
    };
    const name = `decide/${shape.name}/${count}`;
    report({
      name: `${name}/meet`,
      unit: 'per second',
      samples: meets,
      ...(shape === few && { bound: { atLeast: 50_000 } }),
      context: {
        ...context,
        ratioToJsonRulesEngine: rounded(median(meets) / median(engines)),
      },
    });
    report({
      name: `${name}/meet-to-hand-loop`,
      unit: 'ratio',
      samples: meets.map((speed, sample) => speed / (loops[sample] ?? hand)),
      ...(count === 1000 && { bound: { atLeast: 1 } }),
      context,
    });
    report({ name: `${name}/fold`, unit: 'per second', samples: folds, context });
    progress(`${name}: done`);
  }
}

const cases: readonly (readonly [Shape, number])[] = [
  [many, 10],
  [many, 100],
  [many, 1000],
  [few, 1000],
];

const inOrder = (hits: readonly number[]): number[] => hits.toSorted((a, b) => a - b);

function sale({ catalogue }: Shape): { event: SaleCompleted; visit: Visit } {
  const told = CanonicalEvent.parse(saleEvent({ number: 0, member: 0, catalogue }));
  if (told.type !== 'sale.completed') throw new Error(`expected a sale, not ${told.type}`);
  const event: SaleCompleted = {
    type: told.type,
    id: 'event-0' as EventId,
    namespace: 'pos',
    occurredAt: told.occurredAt,
    saleId: `pos:${told.data.orderNo}` as SaleId,
    data: told.data,
  };
  const lines: BasketLine[] = toBasketLines(saleLines(event.saleId, event.data, new Map()));
  return { event, visit: { storeId: event.data.store.id, level, lines } };
}

const configOf = (index: Config['campaigns']['sale.completed']): Config => ({
  version: 1,
  settings: MerchantSettings.parse({}),
  appId: null,
  tags: { rivals: new Map(), rules: [] },
  stores: new Map(),
  campaignsChangedAt: 0,
  managers: [],
  withdrawn: new Set(),
  campaigns: {
    ...(Object.fromEntries(
      triggerKinds.map((kind) => [kind, indexCampaigns([])]),
    ) as unknown as Config['campaigns']),
    'sale.completed': index,
  },
  templates: new Map<TemplateId, never>(),
  plans: [],
  payout: null,
});

const goods = noRows().products;
for (const product of products(many.catalogue)) goods.set(product.sku, product);

/** A known member's world before the sale; a fold changes it, so each fold gets its own. */
function worldOf(config: Config): World {
  const member = memberRow(0);
  const keys = identityKeysOf(0, true);
  return {
    ...noRows(),
    ...noCounterRows(),
    config,
    now: 0,
    members: new Map([[member.id, member]]),
    identities: new Map(keys.map((key) => [key, member.id])),
    keysOf: new Map([[member.id, new Set(keys)]]),
    heads: new Map(),
    sales: new Map(),
    lines: new Map(),
    refunds: new Map(),
    grants: new Map(),
    products: goods,
    pastCampaigns: [],
    passedOn: [],
    seeds: new Map([['pos:8001-20261122-0', [1, 2, 3, 4, 5, 6, 7, 8]]]),
  };
}
