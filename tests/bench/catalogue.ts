/** 商品: what a chain sells, in two sizes, and the same basket of 538.00 yuan in both. */
import type { Product, Sku } from '../../schema/index.ts';

export type Catalogue = {
  readonly skus: number;
  readonly brands: number;
  readonly categories: number;
};

/** A small shop: campaigns and baskets meet all the time. */
export const smallCatalogue: Catalogue = { skus: 60, brands: 12, categories: 10 };
/** A chain: a campaign names a few of very many things. */
export const wideCatalogue: Catalogue = { skus: 2000, brands: 300, categories: 100 };

export const skuOf = (place: number): string => `69${String(10_000_000 + place)}`;
export const brandOf = (place: number, { brands }: Catalogue): string => `品牌${place % brands}`;
export const categoryOf = (place: number, { categories }: Catalogue): string =>
  String(100 + (place % categories));
/** The first product is 奶粉: it runs out, and a reminder follows. */
export const milkCategory = '01';

export type Good = {
  readonly place: number;
  readonly name: string;
  readonly pieces: number;
  readonly amountFen: number;
};

const basketSums: readonly (Omit<Good, 'place'> & { step: number })[] = [
  { step: 0, name: '飞鹤星飞帆幼儿配方奶粉3段900g', pieces: 2, amountFen: 20_720 },
  { step: 7, name: '好奇金装婴儿纸尿裤L号64片', pieces: 1, amountFen: 9_900 },
  { step: 14, name: '贝亲宽口径玻璃奶瓶240ml', pieces: 1, amountFen: 6_800 },
  { step: 21, name: '全棉时代婴儿纯棉柔巾6包装', pieces: 2, amountFen: 12_380 },
  { step: 28, name: '小皮有机高铁米粉二段', pieces: 1, amountFen: 4_000 },
];

/** Five lines, 538.00 yuan. */
export const basket: readonly Good[] = basketSums.map(({ step, ...good }) => ({ place: step, ...good }));

export const categoriesOf = (place: number, catalogue: Catalogue): string[] => {
  const own = categoryOf(place, catalogue);
  return place === 0 ? [milkCategory, own] : [own, `${own}${place % 4}`];
};

export function products(catalogue: Catalogue): Product[] {
  return Array.from({ length: catalogue.skus }, (_, place) => ({
    // Made of digits, as the till's are.
    sku: skuOf(place) as Sku,
    name: basket.find((good) => good.place === place)?.name ?? `商品${place}`,
    categoryPath: categoriesOf(place, catalogue).map((id) => ({ id, name: `品类${id}` })),
    brand: brandOf(place, catalogue),
    tags: [],
    pointsFactorMilli: 1000,
    status: 'active' as const,
    rev: 1,
  }));
}
