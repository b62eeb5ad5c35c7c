/** 营销活动 by the hundred: the seven kinds of 单笔销售, with stores and levels, the same in every run. */
import type { CampaignId, CampaignVersion, TemplateId } from '../../schema/index.ts';
import { compileCampaign, type CompiledCampaign } from '../../workers/decide/campaigns/campaigns.ts';
import { brandOf, categoryOf, skuOf, smallCatalogue, wideCatalogue, type Catalogue } from './catalogue.ts';
import { seededRandom, type Random } from './random.ts';

export const storeCount = 100;
export const storeIds: readonly string[] = Array.from({ length: storeCount }, (_, place) =>
  String(8001 + place),
);
export const levels = ['普通', '银卡', '金卡'] as const;

export type Shape = {
  readonly name: 'few' | 'many';
  readonly catalogue: Catalogue;
  /** How many of a hundred campaigns are for every store; the others name one to three. */
  readonly chainwidePercent: number;
};

/** Each shop runs its own campaigns on a few of very many products: a sale meets five at most. */
export const few: Shape = { name: 'few', catalogue: wideCatalogue, chainwidePercent: 3 };
/** Everyone runs everything on few products: a sale meets one in thirteen. */
export const many: Shape = { name: 'many', catalogue: smallCatalogue, chainwidePercent: 50 };

export type Spend = {
  readonly kind: 'spend';
  readonly scope: 'order' | 'category' | 'brand' | 'sku';
  readonly ids: readonly string[];
  readonly measure: 'amount' | 'quantity';
  readonly atLeast: number;
};

export type Definition = {
  readonly name: string;
  readonly trigger: 'sale.completed';
  readonly status: 'active';
  readonly stores: readonly string[] | null;
  readonly levels: readonly string[] | null;
  readonly conditions: readonly [Spend];
  readonly rewards: readonly Readonly<Record<string, unknown>>[];
};

/** 整单金额, 品类金额, 品类数量, 品牌金额, 品牌数量, 商品金额, 商品数量. */
const kinds = [
  ['order', 'amount'],
  ['category', 'amount'],
  ['category', 'quantity'],
  ['brand', 'amount'],
  ['brand', 'quantity'],
  ['sku', 'amount'],
  ['sku', 'quantity'],
] as const;

/** Of the many, one sale meets 1 of 10, 7 of 100 and 77 of 1,000; of the few, 4 of 1,000. */
const seed = 323;

const tiersYuan = [88, 188, 388, 588, 788, 1288, 1888];

export function definitions(count: number, shape: Shape): Definition[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, place) => definition(random, shape, place));
}

function definition(random: Random, { catalogue, chainwidePercent }: Shape, place: number): Definition {
  const [scope, measure] = random.pick(kinds);
  const isChainwide = random.chance(chainwidePercent);
  const own = Array.from({ length: 1 + random.below(3) }, () => random.pick(storeIds));
  const ids =
    scope === 'order'
      ? []
      : Array.from({ length: 1 + random.below(3) }, () => thing(random, scope, catalogue));
  const atLeast = measure === 'amount' ? random.pick(tiersYuan) * 100 : 1 + random.below(6);
  return {
    name: `活动${place}`,
    trigger: 'sale.completed',
    status: 'active',
    stores: isChainwide ? null : [...new Set(own)],
    levels: random.chance(80) ? null : [random.pick(levels)],
    conditions: [{ kind: 'spend', scope, ids: [...new Set(ids)], measure, atLeast }],
    rewards: [
      random.pick([
        { kind: 'points', points: 10 },
        { kind: 'red-packet', minFen: 100, maxFen: 300 },
      ]),
    ],
  };
}

function thing(random: Random, scope: 'category' | 'brand' | 'sku', catalogue: Catalogue): string {
  const place = random.below(catalogue.skus);
  switch (scope) {
    case 'category':
      return categoryOf(place, catalogue);
    case 'brand':
      return brandOf(place, catalogue);
    case 'sku':
      return skuOf(place);
    default:
      return scope satisfies never;
  }
}

/** Every sale of 100 yuan earns a coupon: the one campaign that any shop runs. */
export const couponForAll = (templateId: TemplateId): Definition => ({
  name: '满100送券',
  trigger: 'sale.completed',
  status: 'active',
  stores: null,
  levels: null,
  conditions: [{ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast: 10_000 }],
  rewards: [{ kind: 'coupon', templateId, count: 1 }],
});

export const versions = (given: readonly Definition[]): CampaignVersion[] =>
  given.map((definition, place) => ({
    id: `campaign-${place}` as CampaignId,
    version: 1,
    status: 'active',
    definition,
    createdAt: place,
    inForceFrom: 0,
    inForceTo: null,
  }));

export const compiled = (given: readonly Definition[]): CompiledCampaign[] =>
  versions(given).map(compileCampaign);
