/** 余量: what was not given does not count, and what is not there makes room for the next tier. */
import { describe, expect, test } from 'vitest';
import {
  campaign,
  line,
  recharge,
  refund,
  sale,
  spend,
  template,
  type Body,
} from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  grantRows,
  memberId,
  openShop,
  outboxRows,
  tagsOf,
  type Shop,
  type ShopSetup,
} from '../../support/shop.ts';

const coupon = (templateId: string, count = 1) => ({ kind: 'coupon', templateId, count });
const points = (amount: number) => ({ kind: 'points', points: amount });
const tier = (id: string, given: Parameters<typeof campaign>[1] = {}) =>
  campaign(id, { conditions: [spend(5_000)], group: 'g', ...given });

const buy = (orderNo: string, who: string, given: Parameters<typeof sale>[0] = {}) =>
  sale({ orderNo, member: { externalId: who }, lines: [line({ amountFen: 6_000 })], ...given });
/** One after another, each by somebody else. */
const buyers = (count: number): Body[] =>
  Array.from({ length: count }, (_, index) => buy(`N${index}`, `M${index}`));
const oneYuanBack = (orderNo: string) =>
  refund({
    refundNo: `R${orderNo}`,
    orderNo,
    lines: [line({ originalLineNo: '1', quantity: '0', amountFen: 100 })],
  });

const used = ({ db }: Shop) =>
  Object.fromEntries(
    db
      .all(`SELECT campaign_id AS id, used, spent_fen AS fen FROM campaign_counters`)
      .map(({ id, used: slots, fen }) => [id, [slots, fen]]),
  );
const holders = (shop: Shop) =>
  grantRows(shop.db)
    .filter(({ times }) => times > 0)
    .map(({ cause, campaignId }) => `${cause.slice('sale:pos:'.length)} ${campaignId}`);
const standing = (shop: Shop) => couponRows(shop.db).filter(({ state }) => state !== 'revoked');

/** 100 yuan for the first two within 500 yuan, 55 points for whoever comes later. */
const issue: ShopSetup = {
  templates: [template('100元', { valueFen: 10_000, stock: 2 })],
  campaigns: [
    tier('券', { limits: { budgetFen: 50_000 }, rewards: [coupon('100元')] }),
    tier('积分', { rewards: [points(55)] }),
  ],
};

describe('a coupon of which there are two, under a budget of 500 yuan, and eight buyers', () => {
  test('two get it, six get the 55 points of the next tier, and exactly 200 yuan are booked', async () => {
    const shop = await openShop(issue);
    await shop.tell(...buyers(8));
    expect(used(shop)).toEqual({ 券: [2, 20_000], 积分: [6, 0] });
    expect(holders(shop)).toEqual([
      'N0 券',
      'N1 券',
      ...[2, 3, 4, 5, 6, 7].map((number) => `N${number} 积分`),
    ]);
    const [, , ...later] = [0, 1, 2, 3, 4, 5, 6, 7].map((number) => balanceOf(shop.db, `ext:pos:M${number}`));
    expect(later).toEqual([115, 115, 115, 115, 115, 115]);
  });

  test('told one by one or all at once, it is the same', async () => {
    const shop = await openShop(issue);
    for (const body of buyers(8)) await shop.tell(body);
    expect(used(shop)).toEqual({ 券: [2, 20_000], 积分: [6, 0] });
  });

  test('the first one gives everything back: the next buyer has the coupon, and those before keep their points', async () => {
    const shop = await openShop(issue);
    await shop.tell(...buyers(4));
    await shop.tell(refund({ orderNo: 'N0', refundNo: 'R0' }), oneYuanBack('N3'));
    expect(used(shop)).toEqual({ 券: [1, 10_000], 积分: [2, 0] });
    await shop.tell(buy('N9', 'M9'), buy('N10', 'M10'));
    expect(holders(shop)).toEqual(['N1 券', 'N10 积分', 'N2 积分', 'N3 积分', 'N9 券']);
  });
});

describe('a coupon of which each member may have one', () => {
  const one = template('一人一张', { perMember: 1 });

  test('wins once for one member, and then makes room for the next tier', async () => {
    const shop = await openShop({
      templates: [one],
      campaigns: [
        tier('券', { limits: { total: 5, budgetFen: 2_500 }, rewards: [coupon('一人一张')] }),
        tier('积分', { rewards: [points(55)] }),
      ],
    });
    await shop.tell(buy('1', 'A'), buy('2', 'A'), buy('3', 'B'));
    expect(holders(shop)).toEqual(['1 券', '2 积分', '3 券']);
    expect(used(shop)).toEqual({ 券: [2, 1_600], 积分: [1, 0] });
  });

  test('and that two tiers give stays with the member whose sale rises to the higher one', async () => {
    const shop = await openShop({
      templates: [one],
      campaigns: [
        tier('低', { rewards: [coupon('一人一张')] }),
        tier('高', { conditions: [spend(20_000)], rewards: [coupon('一人一张'), points(100)] }),
      ],
    });
    await shop.tell(buy('1', 'A'));
    await shop.tell(buy('1', 'A', { version: '2', lines: [line({ amountFen: 20_000 })] }));
    expect([holders(shop), standing(shop).length]).toEqual([['1 高'], 1]);
    await shop.tell(buy('2', 'A'));
    expect([holders(shop), standing(shop).length]).toEqual([['1 高'], 1]);
  });
});

describe('half given', () => {
  const half: ShopSetup = {
    templates: [template('10元', { valueFen: 1_000, stock: 3 })],
    campaigns: [campaign('两张', { limits: { budgetFen: 10_000 }, rewards: [coupon('10元', 2)] })],
  };
  const big = { lines: [line({ amountFen: 20_000 })] };

  test('counts half: of two coupons there was one, so 10 yuan are booked', async () => {
    const shop = await openShop(half);
    await shop.tell(buy('1', 'A', big), buy('2', 'B', big), buy('3', 'C', big));
    expect([used(shop), standing(shop).length]).toEqual([{ 两张: [2, 3_000] }, 3]);
    expect(grantRows(shop.db).map(({ costFen }) => costFen)).toEqual([2_000, 1_000]);
  });

  test('is compared as half: one coupon of 10 yuan is less than one of 15', async () => {
    const shop = await openShop({
      templates: [...(half.templates ?? []), template('15元', { valueFen: 1_500 })],
      campaigns: [
        tier('两张', { rewards: [coupon('10元', 2)] }),
        tier('一张', { rewards: [coupon('15元')] }),
      ],
    });
    await shop.tell(buy('1', 'A'), buy('2', 'B'));
    expect(holders(shop)).toEqual(['1 两张', '2 一张']);
  });

  test('a return of one yuan does not bring the other half, when somebody else has given theirs back', async () => {
    const shop = await openShop(half);
    await shop.tell(buy('1', 'A', big), buy('2', 'B', big));
    await shop.tell(refund({ orderNo: '1', refundNo: 'R1' }), oneYuanBack('2'));
    expect([used(shop), standing(shop).length]).toEqual([{ 两张: [1, 1_000] }, 1]);
  });

  test('taken back in part: one of two was used, so 10 yuan stay booked, and so does the place', async () => {
    const shop = await openShop(half);
    await shop.tell(buy('1', 'A', big));
    const [first] = couponRows(shop.db);
    shop.db.all(
      `UPDATE coupons SET state = 'used', used_for = 'sale:elsewhere' WHERE id = ?`,
      first?.id ?? '',
    );
    await shop.tell(refund({ orderNo: '1' }));
    expect(used(shop)).toEqual({ 两张: [1, 1_000] });
    // The sale comes to stand again: the place and the used coupon are still its own.
    await shop.tell(
      refund({ orderNo: '1', version: '2', id: 'again', lines: oneYuanBack('1').data.lines ?? [] }),
    );
    expect([used(shop), standing(shop).length]).toEqual([{ 两张: [1, 2_000] }, 2]);
  });
});

describe('what goes with a gift', () => {
  const bundle = [coupon('百元'), { kind: 'tag', tag: '中奖' }, { kind: 'message', text: '恭喜得券' }];

  test('a tag and a message are not given for a coupon that is not there', async () => {
    const shop = await openShop({
      templates: [template('百元', { stock: 1 })],
      campaigns: [
        tier('券', { pick: 'first', priority: 9, rewards: bundle }),
        tier('积分', { pick: 'first', rewards: [points(55)] }),
      ],
    });
    const withWechat = (orderNo: string, who: string) =>
      buy(orderNo, who, { member: { externalId: who, openid: `o-${who}` } });
    await shop.tell(withWechat('1', 'A'), withWechat('2', 'B'));
    expect(holders(shop)).toEqual(['1 券', '2 积分']);
    expect([tagsOf(shop.db, 'ext:pos:A'), tagsOf(shop.db, 'ext:pos:B')]).toEqual([['中奖'], []]);
    expect(
      outboxRows(shop.db)
        .filter(({ kind }) => kind === 'text')
        .map((message) => message.memberId),
    ).toEqual([memberId(shop.db, 'ext:pos:A')]);
  });

  test('a message alone reaches whoever has WeChat, and takes no place for whoever has not', async () => {
    const shop = await openShop({
      campaigns: [
        campaign('say', { limits: { total: 9 }, rewards: [{ kind: 'message', text: '周末有游泳体验' }] }),
      ],
    });
    const lines = [line({ amountFen: 20_000 })];
    await shop.tell(
      buy('1', 'A', { lines }),
      buy('2', 'B', { lines, member: { externalId: 'B', openid: 'oB' } }),
    );
    expect([used(shop), outboxRows(shop.db).filter(({ kind }) => kind === 'text').length]).toEqual([
      { say: [1, 0] },
      1,
    ]);
  });

  test('registering says what the campaign has to say, once', async () => {
    const shop = await openShop({
      campaigns: [
        campaign('hello', {
          trigger: 'member.created',
          conditions: [],
          rewards: [{ kind: 'message', text: '欢迎' }],
        }),
      ],
    });
    const member = { externalId: 'A', openid: 'oA' };
    await shop.tell(buy('1', 'A', { member }), buy('2', 'A', { member }));
    expect(
      outboxRows(shop.db)
        .filter(({ kind }) => kind === 'text')
        .map(({ payload }) => payload),
    ).toEqual([{ text: '欢迎' }]);
  });
});

test('the last welcome coupon goes to who comes first; the next newcomer takes no place of that campaign', async () => {
  const gift = { trigger: 'member.created' as const, conditions: [], group: 'w' };
  const shop = await openShop({
    templates: [template('新客券', { stock: 1 })],
    campaigns: [
      campaign('券', { ...gift, rewards: [coupon('新客券')] }),
      campaign('积分', { ...gift, rewards: [points(5)] }),
    ],
  });
  await shop.tell(recharge({ rechargeNo: '1', member: { externalId: 'A' } }));
  await shop.tell(recharge({ rechargeNo: '2', member: { externalId: 'B' } }));
  expect(used(shop)).toEqual({ 券: [1, 800], 积分: [1, 0] });
});

test('one coupon, promised by a campaign of its own and by a tier: the tier makes way for the next one', async () => {
  const shop = await openShop({
    templates: [template('末张', { stock: 1 })],
    campaigns: [
      campaign('单独', { conditions: [spend(5_000)], rewards: [coupon('末张')] }),
      tier('券', { priority: 9, rewards: [coupon('末张')] }),
      tier('积分', { rewards: [points(55)] }),
    ],
  });
  await shop.tell(buy('1', 'A'));
  expect(holders(shop)).toEqual(['1 单独', '1 积分']);
});

test('of three coupons, one stays with the campaign that gave it, however many more the other one comes to give', async () => {
  const shop = await openShop({
    templates: [template('三张', { stock: 3 })],
    campaigns: [
      campaign('每百', {
        priority: 9,
        conditions: [spend(10_000)],
        repeat: 'multiple',
        rewards: [coupon('三张')],
      }),
      campaign('一次', { conditions: [spend(10_000)], rewards: [coupon('三张')] }),
    ],
  });
  await shop.tell(buy('1', 'A', { lines: [line({ amountFen: 10_000 })] }));
  expect(used(shop)).toEqual({ 每百: [1, 800], 一次: [1, 800] });
  await shop.tell(buy('1', 'A', { version: '2', lines: [line({ amountFen: 30_000 })] }));
  expect([used(shop), standing(shop).length]).toEqual([{ 每百: [1, 1_600], 一次: [1, 800] }, 3]);
});

test('a gift coupon that costs 300 yuan is better than 1 point, and counts 300 yuan against the budget', async () => {
  const shop = await openShop({
    templates: [template('礼盒', { kind: 'gift', faceCostFen: 30_000 })],
    campaigns: [
      tier('礼', { limits: { budgetFen: 60_000 }, rewards: [coupon('礼盒')] }),
      tier('积分', { rewards: [points(1)] }),
    ],
  });
  await shop.tell(...buyers(3));
  expect(holders(shop)).toEqual(['N0 礼', 'N1 礼', 'N2 积分']);
  expect(used(shop)['礼']).toEqual([2, 60_000]);
});
