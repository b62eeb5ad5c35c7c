/** 活动判定: which baskets meet which promise, and why the others do not (K-42 to K-48). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaleLine, Sku } from '../../../schema/index.ts';
import { sumBasket, toBasketLines } from '../../../workers/decide/sales/basket.ts';
import { indexCampaigns } from '../../../workers/decide/campaigns/campaign-index.ts';
import { compileCampaign, type CompiledCampaign } from '../../../workers/decide/campaigns/campaigns.ts';
import {
  conditionMiss,
  meet,
  standingMiss,
  timesMet,
  type Facts,
} from '../../../workers/decide/campaigns/evaluate.ts';
import { at, campaign, line, sale, spend, template } from '../../support/builders.ts';
import { balanceOf, couponRows, openShop } from '../../support/shop.ts';

/** One line of a basket as it is kept. */
const sold = (given: Partial<Omit<SaleLine, 'sku'>> & { readonly sku?: string } = {}): SaleLine => {
  const { sku = 'milk', ...rest } = given;
  return {
    saleId: 'pos:1' as SaleLine['saleId'],
    lineNo: '1',
    kind: 'normal',
    name: '',
    categoryIds: [],
    brand: null,
    tags: [],
    quantityMilli: 1000,
    paidFen: 10_000,
    earningFen: 10_000,
    pointsFactorMilli: 1000,
    ...rest,
    // Test ids are plain words.
    sku: sku as Sku,
  };
};

const basketOf = (...lines: SaleLine[]) => sumBasket(toBasketLines(lines));
const compiled = (given: Parameters<typeof campaign>[1]): CompiledCampaign =>
  compileCampaign(campaign('c', given));

describe('the seven kinds (K-43), for 2 tins of 奶粉 at 150 and one of brand X at 90', () => {
  const basket = basketOf(
    sold({ categoryIds: ['奶粉'], quantityMilli: 2000, paidFen: 30_000 }),
    sold({ sku: 'x', brand: 'X', paidFen: 9_000 }),
  );
  const scoped = (scope: string, id: string, measure: string, atLeast: number) =>
    spend(atLeast, { scope, ids: [id], measure });

  test.each<[string, ReturnType<typeof spend>, boolean]>([
    ['the whole order reaches 390', spend(39_000), true],
    ['the whole order does not reach 400', spend(40_000), false],
    ['奶粉 reaches 300', scoped('category', '奶粉', 'amount', 30_000), true],
    ['奶粉 does not reach 300.01', scoped('category', '奶粉', 'amount', 30_001), false],
    ['奶粉 reaches 2 pieces', scoped('category', '奶粉', 'quantity', 2), true],
    ['奶粉 does not reach 3 pieces', scoped('category', '奶粉', 'quantity', 3), false],
    ['brand X reaches 90', scoped('brand', 'X', 'amount', 9_000), true],
    ['brand X does not reach 2 pieces', scoped('brand', 'X', 'quantity', 2), false],
    ['the product x reaches 90', scoped('sku', 'x', 'amount', 9_000), true],
    ['the product x reaches 1 piece', scoped('sku', 'x', 'quantity', 1), true],
    ['the product y is not there', scoped('sku', 'y', 'quantity', 1), false],
    ['milk and x together reach 390', spend(39_000, { scope: 'sku', ids: ['milk', 'x'] }), true],
  ])('%s', (_, condition, isMet) => {
    expect(timesMet(compiled({ conditions: [condition] }), basket) > 0).toBe(isMet);
  });

  test('a line under two of the listed categories counts once', () => {
    const both = basketOf(sold({ categoryIds: ['01', '0101'], paidFen: 10_000 }));
    const condition = spend(10_001, { scope: 'category', ids: ['01', '0101'] });
    expect(timesMet(compiled({ conditions: [condition] }), both)).toBe(0);
  });

  test('weighed goods count by weight: 0.6 and 0.5 kilos are one', () => {
    const tea = basketOf(sold({ quantityMilli: 600 }), sold({ lineNo: '2', quantityMilli: 500 }));
    const pieces = (atLeast: number) => compiled({ conditions: [spend(atLeast, { measure: 'quantity' })] });
    expect([timesMet(pieces(1), tea), timesMet(pieces(2), tea)]).toEqual([1, 0]);
  });
});

test('例外商品: 400 of which 20 are excluded do not reach 388, and the shop is told that 8.00 are missing (K-44)', () => {
  const basket = basketOf(sold({ paidFen: 38_000 }), sold({ lineNo: '2', brand: '特价', paidFen: 2_000 }));
  const c = compiled({ conditions: [spend(38_800)], exclude: [{ kind: 'brand', ids: ['特价'] }] });
  expect(timesMet(c, basket)).toBe(0);
  expect(conditionMiss(c, basket)).toEqual({
    reason: 'condition',
    place: 0,
    have: 38_000,
    need: 38_800,
    unit: 'fen',
  });
});

test('350 at 每满100: once gives 1, multiple gives 3 (K-45)', async () => {
  for (const [repeat, count] of [
    ['once', 1],
    ['multiple', 3],
  ] as const) {
    const shop = await openShop({
      templates: [template('t')],
      campaigns: [
        campaign('c', {
          conditions: [spend(10_000)],
          repeat,
          rewards: [{ kind: 'coupon', templateId: 't', count: 1 }],
        }),
      ],
    });
    await shop.tell(sale({ lines: [line({ amountFen: 35_000 })] }));
    expect(couponRows(shop.db)).toHaveLength(count);
  }
});

test('two conditions are both asked, and the one met less often says how often', () => {
  const c = compiled({ repeat: 'multiple', conditions: [spend(5_000), spend(1, { measure: 'quantity' })] });
  const basket = basketOf(sold({ quantityMilli: 3000, paidFen: 10_000 }));
  expect(timesMet(c, basket)).toBe(2);
});

describe('who, where and when (K-42, K-47)', () => {
  const facts: Facts = {
    storeId: '8005',
    level: '银卡',
    superUntil: at('2027-01-01 00:00'),
    children: null,
    at: at('2026-12-31 23:59'),
  };

  test.each<[string, Parameters<typeof campaign>[1], Partial<Facts>, object | null]>([
    ['everybody everywhere', {}, {}, null],
    ['another store', { stores: ['8006'] }, {}, { reason: 'store', storeId: '8005' }],
    ['one of its stores', { stores: ['8006', '8005'] }, {}, null],
    ['another level', { levels: ['金卡'] }, {}, { reason: 'level', level: '银卡' }],
    ['no level at all', { levels: ['金卡'] }, { level: null }, { reason: 'level', level: null }],
    ['a super member until the end of 2026', { superMember: true }, {}, null],
    [
      'the moment that membership ends',
      { superMember: true },
      { at: at('2027-01-01 00:00') },
      { reason: 'super-member', superUntil: at('2027-01-01 00:00') },
    ],
    [
      'never a super member',
      { superMember: true },
      { superUntil: null },
      { reason: 'super-member', superUntil: null },
    ],
    [
      'only for those who are not',
      { superMember: false },
      {},
      { reason: 'super-member', superUntil: at('2027-01-01 00:00') },
    ],
    [
      'a minute before it starts',
      { from: '2027-01-01T00:00:00+08:00' },
      {},
      { reason: 'not-started', from: at('2027-01-01 00:00') },
    ],
    ['the moment it starts', { from: '2026-12-31T23:59:00+08:00' }, {}, null],
    [
      'the moment it ends',
      { to: '2026-12-31T23:59:00+08:00' },
      {},
      { reason: 'over', to: at('2026-12-31 23:59') },
    ],
  ])('%s', (_, given, change, miss) => {
    expect(standingMiss(compiled(given), { ...facts, ...change })).toEqual(miss);
  });
});

test('a cross-sell coupon is given from 38.00 on, and not for 37.99 (K-48)', async () => {
  for (const [amountFen, count] of [
    [3_799, 0],
    [3_800, 1],
  ] as const) {
    const shop = await openShop({
      templates: [
        template('亚麻籽油券', { valueFen: 8_000, scope: { include: [{ kind: 'sku', ids: ['linseed'] }] } }),
      ],
      campaigns: [
        campaign('c', {
          conditions: [spend(3_800)],
          rewards: [{ kind: 'coupon', templateId: '亚麻籽油券', count: 1 }],
        }),
      ],
    });
    await shop.tell(sale({ lines: [line({ amountFen })] }));
    expect(couponRows(shop.db)).toHaveLength(count);
  }
});

test('a festival packet is 3.00 on the day, and nothing the day after (K-51)', async () => {
  const shop = await openShop({
    campaigns: [
      campaign('七夕', {
        conditions: [],
        from: '2026-08-19T00:00:00+08:00',
        to: '2026-08-20T00:00:00+08:00',
        rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }],
      }),
    ],
  });
  await shop.tell(
    sale({ orderNo: '1', at: '2026-08-19 23:59' }),
    sale({ orderNo: '2', at: '2026-08-20 00:00' }),
  );
  expect(balanceOf(shop.db, 'ext:pos:M1', 'wallet')).toBe(300);
});

test('the index finds every campaign that asking each one would find, exchanges and exclusions included', () => {
  const ids = fc.constantFrom('a', 'b', 'c');
  const conditionArbitrary = fc
    .record({
      scope: fc.constantFrom('order', 'category', 'brand', 'sku'),
      ids: fc.uniqueArray(ids, { minLength: 1, maxLength: 3 }),
      measure: fc.constantFrom('amount', 'quantity'),
      atLeast: fc.integer({ min: 1, max: 30_000 }),
    })
    .map(({ scope, ids: given, measure, atLeast }) =>
      spend(measure === 'amount' ? atLeast : 1 + (atLeast % 5), {
        scope,
        ids: scope === 'order' ? [] : given,
        measure,
      }),
    );
  const campaignArbitrary = fc.record({
    conditions: fc.array(conditionArbitrary, { maxLength: 3 }),
    exclude: fc.constantFrom<{ kind: 'brand'; ids: string[] }[]>([], [{ kind: 'brand', ids: ['a'] }]),
    repeat: fc.constantFrom('once', 'multiple') as fc.Arbitrary<'once'>,
  });
  const lineArbitrary = fc.record({
    sku: ids,
    brand: fc.option(ids),
    categoryIds: fc.uniqueArray(ids, { maxLength: 2 }),
    kind: fc.constantFrom(
      'normal',
      'normal',
      'gift',
      'exchange_in',
      'exchange_out',
    ) as fc.Arbitrary<'normal'>,
    quantityMilli: fc.integer({ min: 0, max: 4_000 }),
    paidFen: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(
      fc.array(campaignArbitrary, { maxLength: 8 }),
      fc.array(lineArbitrary, { maxLength: 5 }),
      (definitions, lines) => {
        const all = definitions.map((definition, place) =>
          compileCampaign(campaign(`c${String(place)}`, definition)),
        );
        const basketLines = toBasketLines(lines.map(sold));
        const facts = { storeId: '8005', level: null, superUntil: null, children: null, at: 0 };
        const found = meet(indexCampaigns(all), basketLines, facts).map(
          ({ campaign: { id }, times }): [string, number] => [id, times],
        );
        const asked = all
          .map((one): [string, number] => [one.id, timesMet(one, sumBasket(basketLines))])
          .filter(([, times]) => times > 0);
        expect(new Map(found)).toEqual(new Map(asked));
      },
    ),
    { numRuns: 400 },
  );
});
