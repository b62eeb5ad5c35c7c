/** 商品: what stands on the shelf of the demo shop. */

const milk = { id: '01', name: '奶粉' };
const diapers = { id: '02', name: '纸尿裤' };
const feeding = { id: '03', name: '喂养洗护' };
const food = { id: '04', name: '辅食' };
const clothes = { id: '05', name: '服装玩具' };
export const categories = [milk, diapers, feeding, food, clothes];

/** `priceFen` is the till's business; the rest is what Huike is told. */
export type Product = {
  readonly sku: string;
  readonly name: string;
  /** 规格, for the tile. */
  readonly size: string;
  readonly priceFen: number;
  readonly categoryPath: readonly { readonly id: string; readonly name: string }[];
  readonly brand: string;
  readonly tags: readonly string[];
  /** Points for each yuan. */
  readonly pointsFactor: number;
  readonly status: 'active';
};

const product = (given: Pick<Product, 'sku' | 'name' | 'size' | 'priceFen' | 'categoryPath' | 'brand'>) => ({
  tags: [],
  pointsFactor: 1,
  status: 'active' as const,
  ...given,
});

const muTong = [milk, { id: '0101', name: '牧童' }];
const xingChen = [milk, { id: '0102', name: '星辰有机' }];
const yunMian = [diapers, { id: '0202', name: '云绵' }];
const bottles = [feeding, { id: '0301', name: '奶瓶' }];
const washing = [feeding, { id: '0302', name: '洗护' }];
const cereal = [food, { id: '0401', name: '米粉' }];
const oils = [food, { id: '0402', name: '核桃亚麻油' }];
const bodysuits = [clothes, { id: '0501', name: '内衣' }];
const toys = [clothes, { id: '0502', name: '玩具' }];

export const products: readonly Product[] = [
  {
    ...product({
      sku: '6901234',
      name: '牧童A2奶粉3段',
      size: '400g',
      priceFen: 10360,
      categoryPath: muTong,
      brand: '牧童',
    }),
    tags: ['奶粉客', '牧童3段'],
  },
  {
    ...product({
      sku: '6901235',
      name: '牧童A2奶粉2段',
      size: '800g',
      priceFen: 19800,
      categoryPath: muTong,
      brand: '牧童',
    }),
    tags: ['奶粉客', '牧童2段'],
  },
  {
    ...product({
      sku: '6901301',
      name: '星辰有机奶粉1段',
      size: '800g',
      priceFen: 36800,
      categoryPath: xingChen,
      brand: '星辰',
    }),
    tags: ['奶粉客', '星辰1段'],
    pointsFactor: 2,
  },
  {
    ...product({
      sku: '6902101',
      name: '云绵纸尿裤L',
      size: '52片',
      priceFen: 12900,
      categoryPath: yunMian,
      brand: '云绵',
    }),
    tags: ['纸尿裤客'],
  },
  {
    ...product({
      sku: '6902102',
      name: '云绵拉拉裤XL',
      size: '46片',
      priceFen: 13900,
      categoryPath: yunMian,
      brand: '云绵',
    }),
    tags: ['纸尿裤客'],
  },
  product({
    sku: '6903101',
    name: '小兔宽口奶瓶',
    size: '240ml',
    priceFen: 6900,
    categoryPath: bottles,
    brand: '小兔',
  }),
  product({
    sku: '6903201',
    name: '小兔手口湿巾',
    size: '80抽×5',
    priceFen: 3990,
    categoryPath: washing,
    brand: '小兔',
  }),
  product({
    sku: '6904101',
    name: '谷芽高铁米粉',
    size: '225g',
    priceFen: 3800,
    categoryPath: cereal,
    brand: '谷芽',
  }),
  product({
    sku: '6904201',
    name: '谷芽亚麻籽油',
    size: '100ml',
    priceFen: 8800,
    categoryPath: oils,
    brand: '谷芽',
  }),
  product({
    sku: '6905101',
    name: '棉棉连体衣',
    size: '73cm',
    priceFen: 7900,
    categoryPath: bodysuits,
    brand: '棉棉',
  }),
  product({
    sku: '6905201',
    name: '棉棉认知布书',
    size: '6本',
    priceFen: 5900,
    categoryPath: toys,
    brand: '棉棉',
  }),
  {
    ...product({
      sku: '6909901',
      name: '小兔洗衣液',
      size: '2L',
      priceFen: 1990,
      categoryPath: washing,
      brand: '小兔',
    }),
    tags: ['特价'],
    pointsFactor: 0,
  },
];
