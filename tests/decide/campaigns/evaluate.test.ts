/** 活动判定: which baskets meet which promise, and why the others do not (K-42 to K-48). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaleLine, Sku } from '../../../schema/index.ts';
import { sumBasket, toBasketLines } from '../../../workers/decide/sales/basket.ts';
import { indexCampaigns } from '../../../workers/decide/campaigns/campaign-index.ts';
import { compileCampaign, type CompiledCampaign } from '../../../workers/decide/campaigns/campaigns.ts';
import { conditionMiss, meet, periodMiss, timesMet } from '../../../workers/decide/campaigns/evaluate.ts';
import { at, campaign, line, sale, spend, template } from '../../support/builders.ts';
import { facts } from '../../support/facts.ts';
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

/** Whoever comes to the till with these lines. */
const buying = (...lines: SaleLine[]) => facts({ basket: sumBasket(toBasketLines(lines)) });
const compiled = (given: Parameters<typeof campaign>[1]): CompiledCampaign =>
  compileCampaign(campaign('c', given));

describe('the seven kinds (K-43), for 2 tins of 奶粉 at 150 and one of brand X at 90', () => {
  const visit = buying(
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
    expect(timesMet(compiled({ conditions: [condition] }), visit) > 0).toBe(isMet);
  });

  test('a line under two of the listed categories counts once', () => {
    const both = buying(sold({ categoryIds: ['01', '0101'], paidFen: 10_000 }));
    const condition = spend(10_001, { scope: 'category', ids: ['01', '0101'] });
    expect(timesMet(compiled({ conditions: [condition] }), both)).toBe(0);
  });

  test('a line under a category that the till names twice counts once', () => {
    const twice = buying(sold({ categoryIds: ['01', '01'], paidFen: 10_000 }));
    const condition = spend(10_001, { scope: 'category', ids: ['01'] });
    expect(timesMet(compiled({ conditions: [condition] }), twice)).toBe(0);
  });

  test.each([
    ['sku', ['milk', 'milk']],
    ['brand', ['飞鹤', '飞鹤']],
    ['sku', ['milk', ...Array.from({ length: 20 }, (_, place) => `other-${place}`), 'milk']],
  ])('an id that stands twice in a list of %s counts its goods once', (scope, ids) => {
    const once = buying(sold({ brand: '飞鹤', paidFen: 10_000 }));
    const reached = (atLeast: number) => compiled({ conditions: [spend(atLeast, { scope, ids })] });
    expect([timesMet(reached(10_000), once), timesMet(reached(10_001), once)]).toEqual([1, 0]);
  });

  test('weighed goods count by weight: 0.6 and 0.5 kilos are one', () => {
    const tea = buying(sold({ quantityMilli: 600 }), sold({ lineNo: '2', quantityMilli: 500 }));
    const pieces = (atLeast: number) => compiled({ conditions: [spend(atLeast, { measure: 'quantity' })] });
    expect([timesMet(pieces(1), tea), timesMet(pieces(2), tea)]).toEqual([1, 0]);
  });
});

test('例外商品: 400 of which 20 are excluded do not reach 388, and the shop is told that 8.00 are missing (K-44)', () => {
  const visit = buying(sold({ paidFen: 38_000 }), sold({ lineNo: '2', brand: '特价', paidFen: 2_000 }));
  const c = compiled({ conditions: [spend(38_800)], exclude: [{ kind: 'brand', ids: ['特价'] }] });
  expect(timesMet(c, visit)).toBe(0);
  expect(conditionMiss(c, visit)).toEqual({
    reason: 'condition',
    code: 'condition',
    place: 0,
    shortfall: { have: 38_000, need: 38_800, unit: 'fen' },
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
  const visit = buying(sold({ quantityMilli: 3000, paidFen: 10_000 }));
  expect(timesMet(c, visit)).toBe(2);
});

describe('who, where and when (K-42, K-47)', () => {
  const visit = (given: Parameters<typeof facts>[0] = {}) =>
    facts({
      at: at('2026-12-31 23:59'),
      ...given,
      member: { superUntil: at('2027-01-01 00:00'), ...given.member },
    });
  const missed = (code: string, shortfall: object) => ({ reason: 'condition', code, place: null, shortfall });

  test.each<[string, Parameters<typeof campaign>[1], Parameters<typeof facts>[0], object | null]>([
    ['everybody everywhere', {}, {}, null],
    ['another store', { stores: ['8006'] }, {}, missed('store', { storeId: '8005' })],
    ['one of its stores', { stores: ['8006', '8005'] }, {}, null],
    ['another level', { levels: ['金卡'] }, {}, missed('level', { level: '银卡' })],
    ['one of its levels', { levels: ['金卡', '银卡'] }, {}, null],
    ['no level at all', { levels: ['金卡'] }, { member: { level: null } }, missed('level', { level: null })],
    ['a super member until the end of 2026', { superMember: true }, {}, null],
    [
      'the moment that membership ends',
      { superMember: true },
      { at: at('2027-01-01 00:00') },
      missed('super-member', { superUntil: '2026-12-31T16:00:00.000Z' }),
    ],
    [
      'never a super member',
      { superMember: true },
      { member: { superUntil: null } },
      missed('super-member', { superUntil: null }),
    ],
    [
      'only for those who are not',
      { superMember: false },
      {},
      missed('super-member', { superUntil: '2026-12-31T16:00:00.000Z' }),
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
    const asked = compiled({ conditions: [], ...given });
    const visiting = visit(change);
    expect(periodMiss(asked, visiting.at) ?? conditionMiss(asked, visiting)).toEqual(miss);
  });

  test('a field is a condition said shortly: levels 金卡 refuses whom the condition level 金卡 refuses, which says where it stands', () => {
    const silver = visit();
    const short = compiled({ levels: ['金卡'] });
    const long = compiled({ conditions: [spend(1), { kind: 'level', levels: ['金卡'] }] });
    const buyer = { ...silver, basket: buying(sold()).basket };
    expect(conditionMiss(short, silver)).toEqual(missed('level', { level: '银卡' }));
    expect(conditionMiss(long, buyer)).toEqual({ ...missed('level', { level: '银卡' }), place: 1 });
    const gold = { ...buyer, member: { ...buyer.member, level: '金卡' } };
    expect([timesMet(short, gold), timesMet(long, gold)]).toEqual([0, 1]);
  });

  test('a stage is that of the day in the store: at 23:30 in 上海 a baby of 12 months still is one, at 00:30 no more', () => {
    const baby = { children: [{ born: '2025-11-22', isExpected: false }] };
    const infant = compiled({ conditions: [{ kind: 'stage', stages: ['months-0-12'] }] });
    expect(timesMet(infant, facts({ at: at('2026-11-22 23:30'), member: baby }))).toBe(1);
    const later = facts({ at: at('2026-11-23 00:30'), member: baby });
    expect(conditionMiss(infant, later)).toEqual({
      ...missed('stage', { stages: 'months-13-36' }),
      place: 0,
    });
    expect(timesMet(infant, { ...later, timezone: 'Asia/Urumqi' })).toBe(1);
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
    stores: fc.constantFrom<(string[] | null)[]>(null, null, ['8005'], ['8006']),
    levels: fc.constantFrom<(string[] | null)[]>(null, null, ['银卡'], ['金卡']),
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
        const visit = facts({ basket: sumBasket(basketLines) });
        const found = meet(indexCampaigns(all), basketLines, visit).map(
          ({ campaign: { id }, times }): [string, number] => [id, times],
        );
        const asked = all
          .map((one): [string, number] => [one.id, timesMet(one, visit)])
          .filter(([, times]) => times > 0);
        expect(new Map(found)).toEqual(new Map(asked));
      },
    ),
    { numRuns: 400 },
  );
});
