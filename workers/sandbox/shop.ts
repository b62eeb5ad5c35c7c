/** 阳光小镇母婴: the demo shop, in the shapes of the public API; `scripts/seed.ts` creates it. */

export const shopName = '阳光小镇母婴';

export const stores = [
  { id: '8005', name: '天河店', timezone: 'Asia/Shanghai' },
  { id: '8006', name: '海珠店', timezone: 'Asia/Shanghai' },
] as const;

export const associates = [
  { id: 'g7', name: '林小雨', storeId: '8005', openid: 'oGuideLinXiaoyu' },
  { id: 'g8', name: '陈美娟', storeId: '8005', openid: 'oGuideChenMeijuan' },
  { id: 'g9', name: '黄晓彤', storeId: '8006', openid: 'oGuideHuangXiaotong' },
] as const;

export const members = [
  {
    externalId: 'M1001',
    name: '陈小满',
    phone: '13912345487',
    openid: 'oMemberChenXiaoman',
    associateId: 'g7',
  },
  { externalId: 'M1002', name: '周婷', phone: '13800138002', openid: 'oMemberZhouTing', associateId: 'g7' },
  { externalId: 'M1003', name: '李佳怡', phone: '13700137003', openid: 'oMemberLiJiayi', associateId: 'g8' },
  { externalId: 'M1004', name: '王雪', phone: '18600186004', openid: 'oMemberWangXue', associateId: 'g9' },
] as const;

/** Whoever has one of the phones on the sandbox page; they follow the account from the start. */
export const people = [
  ...members.map(({ openid, name, phone }) => ({ openid, name, phone, role: 'member' })),
  ...associates.map(({ openid, name }) => ({ openid, name, phone: null, role: 'associate' })),
] as const;

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

const everything = { include: [], exclude: [] };
const noBargains = [{ kind: 'tag', ids: ['特价'] }];
const cash = (
  name: string,
  valueFen: number,
  minSpendFen: number,
  relative: { afterDays: number; forDays: number },
) => ({
  name,
  kind: 'cash',
  valueFen,
  minSpendFen,
  scope: everything,
  validity: { relative },
  stores: null,
  stock: null,
  perMember: null,
});

/** Campaigns name them by their name; only Huike knows their ids. */
export const couponTemplates = [
  cash('新客5元券', 500, 0, { afterDays: 0, forDays: 7 }),
  cash('满80减8', 800, 8000, { afterDays: 7, forDays: 7 }),
  cash('满170减10', 1000, 17000, { afterDays: 14, forDays: 20 }),
  cash('15元回头券', 1500, 0, { afterDays: 7, forDays: 30 }),
  cash('30元回头券', 3000, 0, { afterDays: 7, forDays: 30 }),
  {
    ...cash('亚麻籽油80元券', 8000, 0, { afterDays: 0, forDays: 30 }),
    scope: { include: [{ kind: 'category', ids: ['0402'] }], exclude: [] },
  },
];

const spend = (atLeast: number) => ({ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast });
const redPacket = (minFen: number, maxFen: number) => ({ kind: 'red-packet', minFen, maxFen });
const noLimits = { total: null, perMember: null, perMemberPerDay: null, budgetFen: null };

const campaign = (given: { name: string; rewards: readonly object[] }) => ({
  trigger: 'sale.completed',
  status: 'active',
  stores: null,
  levels: null,
  superMember: null,
  from: null,
  to: null,
  conditions: [] as readonly object[],
  exclude: noBargains,
  repeat: 'once',
  limits: noLimits,
  group: null as string | null,
  pick: 'best',
  priority: 0,
  ...given,
});

/** The three tiers exclude each other; the gift for new members and the oil coupon stand for themselves. */
export function campaigns(templateId: (couponName: string) => string) {
  const coupon = (name: string) => ({ kind: 'coupon', templateId: templateId(name), count: 1 });
  const tier = (name: string, atLeast: number, priority: number, rewards: readonly object[]) => ({
    ...campaign({ name, rewards }),
    conditions: [spend(atLeast)],
    group: '消费红包',
    priority,
  });
  return [
    {
      ...campaign({
        name: '注册有礼',
        rewards: [coupon('新客5元券'), coupon('满80减8'), coupon('满170减10')],
      }),
      trigger: 'member.created',
      exclude: [],
      limits: { ...noLimits, perMember: 1 },
    },
    tier('满788抽红包送30元券', 78800, 30, [redPacket(1000, 2000), coupon('30元回头券')]),
    tier('满388抽红包送15元券', 38800, 20, [redPacket(500, 1000), coupon('15元回头券')]),
    tier('满188抽红包', 18800, 10, [redPacket(200, 500)]),
    {
      ...campaign({ name: '满38送亚麻籽油券', rewards: [coupon('亚麻籽油80元券')] }),
      conditions: [spend(3800)],
      limits: { ...noLimits, perMember: 1 },
    },
  ];
}

export const reminderPlans = [
  {
    name: '回访快要喝完奶粉的会员',
    kind: 'run-out',
    enabled: true,
    validFrom: null,
    validTo: null,
    scope: { include: [{ kind: 'category', ids: ['01'] }], exclude: [] },
    daysPerUnit: 7,
    remindBeforeDays: 5,
    notify: ['associate', 'member'],
  },
];
