/** 活动: the coupons, campaigns and reminders of the demo shop, in the shapes of the public API. */

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

/** 积分商城: what the points of a few purchases buy. */
export const exchangeItems = [
  { name: '5元券', coupon: '新客5元券', points: 200 },
  { name: '亚麻籽油80元券', coupon: '亚麻籽油80元券', points: 2_000, stock: 20 },
];

/** 套餐: ten baths for the price of seven, and one that is a gift. */
export const bathCard = {
  name: '洗澡次卡',
  items: [
    { name: '洗澡', count: 10, unitPriceFen: 5_000 },
    { name: '抚触', count: 1, unitPriceFen: 0 },
  ],
  priceFen: 35_000,
  validDays: 365,
};

/** 积分抽奖: a hundred lots, half of them blanks; 20 of 68 yuan and 30 of 5 yuan are 1,510 yuan at most. */
export const lottery = (templateId: (couponName: string) => string, firstOn: string, lastOn: string) => ({
  name: '会员日抽奖',
  points: 100,
  firstOn,
  lastOn,
  collectFirstOn: firstOn,
  perMemberPerDay: 3,
  prizes: [
    { kind: 'thing', name: '一等奖', words: '爬行垫一张', valueFen: 6_800, quota: 20 },
    { kind: 'coupon', name: '二等奖', templateId: templateId('新客5元券'), valueFen: 500, quota: 30 },
  ],
  blanks: 50,
});

export const topUpPlan = { name: '充200送20', paidFen: 20_000, principalFen: 20_000, bonusFen: 2_000 };

const spend = (atLeast: number) => ({ kind: 'spend', scope: 'order', ids: [], measure: 'amount', atLeast });
const redPacket = (minFen: number, maxFen: number) => ({ kind: 'red-packet', minFen, maxFen });
const noLimits = { total: null, perMember: null, perMemberPerDay: null, budgetFen: null };

const campaign = (given: { name: string; from: string; rewards: readonly object[] }) => ({
  trigger: 'sale.completed',
  status: 'active',
  stores: null,
  levels: null,
  superMember: null,
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

/**
 * The three tiers exclude each other; the gift for new members and the oil coupon stand for themselves. They answer for what
 * happened since `from`, so that a receipt of last week is rewarded on the first day.
 */
export function campaigns(templateId: (couponName: string) => string, from: string) {
  const coupon = (name: string) => ({ kind: 'coupon', templateId: templateId(name), count: 1 });
  const tier = (name: string, atLeast: number, priority: number, rewards: readonly object[]) => ({
    ...campaign({ name, from, rewards }),
    conditions: [spend(atLeast)],
    group: '消费红包',
    priority,
  });
  return [
    {
      ...campaign({
        name: '注册有礼',
        from,
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
      ...campaign({ name: '满38送亚麻籽油券', from, rewards: [coupon('亚麻籽油80元券')] }),
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
