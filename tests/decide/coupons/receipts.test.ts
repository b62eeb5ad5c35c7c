/** 小票上的券: a receipt that names codes uses what is lawful; everything else stays what it was, and the sale earns all the same. */
import { describe, expect, test } from 'vitest';
import { whyOf } from '../../../workers/views/events/event-why.ts';
import { campaign, line, refund, sale, template, voided } from '../../support/builders.ts';
import { balanceOf, couponRows, inboxRows, openShop, type Shop, type ShopSetup } from '../../support/shop.ts';

const days = (afterDays: number, forDays: number) => ({ relative: { afterDays, forDays } });
type Given = NonNullable<Parameters<typeof template>[1]>;

/** A shop in which whoever joins the till gets one coupon of each of these, on the first of November at ten. */
async function giving(templates: Readonly<Record<string, Given>>, more: ShopSetup = {}): Promise<Shop> {
  const shop = await openShop({
    now: '2026-11-01 10:00',
    templates: Object.entries(templates).map(([id, given]) => template(id, given)),
    campaigns: [
      campaign('welcome', {
        trigger: 'member.created',
        rewards: Object.keys(templates).map((templateId) => ({ kind: 'coupon', templateId, count: 1 })),
      }),
    ],
    ...more,
  });
  await shop.tell(sale({ orderNo: 'first', at: '2026-11-01 10:00' }));
  return shop;
}
const codeOf = ({ db }: Shop, templateId: string): string =>
  couponRows(db).find((coupon) => coupon.templateId === templateId)?.id ?? '';
const stateOf = ({ db }: Shop, templateId: string) =>
  couponRows(db).find((coupon) => coupon.templateId === templateId)?.state;
const outcomeOf = ({ db }: Shop, orderNo: string) =>
  inboxRows(db).findLast(({ senderId }) => senderId.startsWith(orderNo))?.outcome;
const moves = ({ db }: Shop) =>
  db
    .all('SELECT act, cause, off_fen AS fen FROM coupon_moves ORDER BY seq')
    .map(({ act, cause, fen }) => [act, cause, fen]);
const declinedOf = (shop: Shop, orderNo: string) => outcomeOf(shop, orderNo)?.['couponsDeclined'];
const alerts = ({ db }: Shop) => db.all(`SELECT id FROM alerts WHERE kind = 'coupon.declined'`).length;

describe('K-07, G-3: the three coupons of the registration gift, claimed on 11-01 at 10:00', () => {
  const three = {
    '5元': { valueFen: 500, validity: days(0, 7) },
    '8元': { valueFen: 800, minSpendFen: 8_000, validity: days(7, 7) },
    '10元': { valueFen: 1_000, minSpendFen: 17_000, validity: days(14, 20) },
  };

  test('are valid from and to as the plan says', async () => {
    const shop = await giving(three);
    const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(5, 16);
    const windows = couponRows(shop.db).map((one) => [one.templateId, day(one.validFrom), day(one.validTo)]);
    expect(new Set(windows)).toEqual(
      new Set([
        ['5元', '11-01T10:00', '11-08T00:00'],
        ['8元', '11-08T00:00', '11-15T00:00'],
        ['10元', '11-15T00:00', '12-05T00:00'],
      ]),
    );
  });

  test.each([
    ['79.99 in its days', '2026-11-09 10:00', 7_999, { reason: 'BELOW_MIN', have: 7_999, need: 8_000 }],
    [
      'on 11-07',
      '2026-11-07 23:59',
      8_000,
      { reason: 'NOT_YET_VALID', from: Date.parse('2026-11-08T00:00:00+08:00') },
    ],
    [
      'on 11-15 at 00:00',
      '2026-11-15 00:00',
      8_000,
      { reason: 'EXPIRED', to: Date.parse('2026-11-15T00:00:00+08:00') },
    ],
  ])('the one of 8 yuan for a sale %s is declined, and the sale earns', async (_, at, fen, miss) => {
    const shop = await giving(three);
    const code = codeOf(shop, '8元');
    shop.clock.now = Date.parse('2026-11-15T01:00:00+08:00');
    await shop.tell(sale({ orderNo: 'B', at, lines: [line({ amountFen: fen })], couponCodes: [code] }));
    expect(declinedOf(shop, 'B')).toEqual([{ code, ...miss }]);
    expect(stateOf(shop, '8元')).toBe('issued');
    expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100 + Math.floor(fen / 100));
    expect(alerts(shop)).toBe(1);
  });

  test('for 80.00 in its days it is used, by that sale and for 8.00', async () => {
    const shop = await giving(three);
    const code = codeOf(shop, '8元');
    shop.clock.now = Date.parse('2026-11-09T12:00:00+08:00');
    const bought = { lines: [line({ amountFen: 8_000 })], paidFen: 7_200, at: '2026-11-09 11:00' };
    await shop.tell(sale({ orderNo: 'B', ...bought, couponCodes: [code.toLowerCase()] }));
    expect(outcomeOf(shop, 'B')).toMatchObject({ couponsUsed: [code] });
    expect(couponRows(shop.db).find(({ id }) => id === code)).toMatchObject({
      state: 'used',
      usedFor: 'sale:pos:B',
      offFen: 800,
    });
    expect(moves(shop)).toEqual([['used', 'sale:pos:B', 800]]);
  });
});

describe('a code that is not lawful for a receipt', () => {
  const ten = { '10元': { valueFen: 1_000 } };

  test('of another member, of a partner, of another store, unknown or used: each says why, and the shop is told once a day', async () => {
    const shop = await giving({
      ...ten,
      别处: { stores: ['9000'] },
      异业: { kind: 'partner' },
    });
    const codes = ['10元', '别处', '异业'].map((id) => codeOf(shop, id));
    await shop.tell(
      sale({
        orderNo: 'B',
        at: '2026-11-01 10:00',
        member: { externalId: 'M2' },
        couponCodes: [codes[0] ?? '', 'NOSUCH'],
      }),
    );
    expect(declinedOf(shop, 'B')).toEqual([
      { code: codes[0], reason: 'NOT_THEIRS' },
      { code: 'NOSUCH', reason: 'UNKNOWN_CODE' },
    ]);
    await shop.tell(sale({ orderNo: 'C', at: '2026-11-01 10:00', couponCodes: codes }));
    expect(declinedOf(shop, 'C')).toEqual([
      { code: codes[1], reason: 'WRONG_STORE', stores: ['9000'] },
      { code: codes[2], reason: 'WRONG_MERCHANT' },
    ]);
    await shop.tell(sale({ orderNo: 'D', at: '2026-11-01 10:00', couponCodes: codes.slice(0, 1) }));
    expect(declinedOf(shop, 'D')).toMatchObject([{ reason: 'ALREADY_USED' }]);
    expect(alerts(shop)).toBe(1);
    const said = inboxRows(shop.db).map((event) => whyOf(event));
    expect(said.filter((words) => words.includes('没有核销'))).toHaveLength(3);
    expect(said.at(-1)).toMatch(/这张券已经在 2026-11-01 10:00 用掉了/);
  });

  test('Y-09: one that works where it was claimed is declined in another store, and used in its own', async () => {
    const shop = await giving({ 本店: { stores: 'claiming' } });
    const code = codeOf(shop, '本店');
    const at = '2026-11-01 10:00';
    await shop.tell(sale({ orderNo: 'B', at, store: 'S2', couponCodes: [code] }));
    expect(declinedOf(shop, 'B')).toEqual([{ code, reason: 'WRONG_STORE', stores: ['8005'] }]);
    await shop.tell(sale({ orderNo: 'C', at, couponCodes: [code] }));
    expect(stateOf(shop, '本店')).toBe('used');
  });

  test('history redeems nothing, and says so', async () => {
    const shop = await giving(ten);
    const code = codeOf(shop, '10元');
    const old = { ...sale({ orderNo: 'B', at: '2026-11-01 10:00', couponCodes: [code] }), history: true };
    await shop.tell(old);
    expect([declinedOf(shop, 'B'), stateOf(shop, '10元')]).toEqual([[{ code, reason: 'HISTORY' }], 'issued']);
  });

  test('two that do not stack: the first is used, the second stays what it was', async () => {
    const shop = await giving({ 甲: { valueFen: 500 }, 乙: { valueFen: 500 } });
    const [first = '', second = ''] = ['甲', '乙'].map((id) => codeOf(shop, id));
    await shop.tell(sale({ orderNo: 'B', at: '2026-11-01 10:00', couponCodes: [first, second] }));
    expect([stateOf(shop, '甲'), stateOf(shop, '乙')]).toEqual(['used', 'issued']);
    expect(declinedOf(shop, 'B')).toEqual([{ code: second, reason: 'DOES_NOT_STACK', with: first }]);
  });

  test('what a receipt earned is not for itself, told again with its own code', async () => {
    const shop = await openShop({
      templates: [template('送的')],
      campaigns: [
        campaign('give', { conditions: [], rewards: [{ kind: 'coupon', templateId: '送的', count: 1 }] }),
      ],
    });
    await shop.tell(sale({ orderNo: 'A' }));
    await shop.tell(sale({ orderNo: 'A', version: '2', couponCodes: [codeOf(shop, '送的')] }));
    expect([declinedOf(shop, 'A-2'), stateOf(shop, '送的')]).toMatchObject([
      [{ reason: 'EARNED_BY_IT' }],
      'issued',
    ]);
  });
});

test('a coupon that is usable at once is used by a till whose clock is nine minutes behind, and not by one that is eleven', async () => {
  for (const [at, state] of [
    ['2026-11-01 09:51', 'used'],
    ['2026-11-01 09:49', 'issued'],
  ] as const) {
    const shop = await giving({ 券: {} });
    await shop.tell(sale({ orderNo: 'B', at, couponCodes: [codeOf(shop, '券')] }));
    expect(stateOf(shop, '券')).toBe(state);
  }
});

describe('two receipts of one group name the same code', () => {
  test('the first uses it, the second reads why not', async () => {
    const shop = await giving({ '10元': {} });
    const code = codeOf(shop, '10元');
    const at = '2026-11-01 10:00';
    await shop.tell(
      sale({ orderNo: 'B', at, couponCodes: [code, code] }),
      sale({ orderNo: 'C', at, couponCodes: [code] }),
    );
    expect(moves(shop)).toEqual([['used', 'sale:pos:B', 800]]);
    expect(declinedOf(shop, 'C')).toMatchObject([{ reason: 'ALREADY_USED' }]);
  });
});

describe('K-52: when the goods come back', () => {
  const used = async (given: Given, bought = [line({ amountFen: 8_000 }), line({ amountFen: 2_000 })]) => {
    const shop = await giving({ 券: { valueFen: 1_000, minSpendFen: 8_000, ...given } });
    const at = '2026-11-01 10:00';
    await shop.tell(
      sale({ orderNo: 'B', at, lines: bought, paidFen: 9_000, couponCodes: [codeOf(shop, '券')] }),
    );
    expect(stateOf(shop, '券')).toBe('used');
    return shop;
  };
  const whole = refund({ orderNo: 'B', at: '2026-11-01 11:00' });
  /** What was paid for the line of 80 is 72, and 18 for the one of 20. */
  const part = (originalLineNo: string, amountFen: number) =>
    refund({ orderNo: 'B', at: '2026-11-01 11:00', lines: [line({ originalLineNo, amountFen })] });
  const acts = (shop: Shop) => moves(shop).map(([act]) => act);

  test('all of them: the coupon comes back, once, and can be used again', async () => {
    const shop = await used({});
    await shop.tell(whole);
    await shop.tell({ ...whole, id: 'again' });
    expect([stateOf(shop, '券'), acts(shop)]).toEqual(['issued', ['used', 'given-back']]);
    await shop.tell(sale({ orderNo: 'C', at: '2026-11-01 10:00', couponCodes: [codeOf(shop, '券')] }));
    expect(stateOf(shop, '券')).toBe('used');
  });

  test('all of them, where the template does not give back: it stays used', async () => {
    const shop = await used({ giveBack: false });
    await shop.tell(whole);
    expect(stateOf(shop, '券')).toBe('used');
  });

  test('a void gives it back whatever the template says', async () => {
    const shop = await used({ giveBack: false });
    await shop.tell(voided({ orderNo: 'B', at: '2026-11-01 11:00' }));
    expect(stateOf(shop, '券')).toBe('issued');
  });

  test.each<[string, 'keep' | 'give-back', string, number, string]>([
    ['below its minimum it is kept used', 'keep', '1', 7_200, 'used'],
    ['below its minimum it comes back', 'give-back', '1', 7_200, 'issued'],
    ['and what is left is its minimum exactly, it stays used', 'give-back', '2', 1_800, 'used'],
  ])('a part of them, and %s', async (_, onPartialReturn, lineNo, fen, state) => {
    const shop = await used({ onPartialReturn });
    await shop.tell(part(lineNo, fen));
    expect(stateOf(shop, '券')).toBe(state);
  });

  test('of a sale that the coupon’s owner was not named on', async () => {
    const shop = await giving({ 券: {} });
    const told = sale({
      orderNo: 'B',
      at: '2026-11-01 10:00',
      member: null,
      couponCodes: [codeOf(shop, '券')],
    });
    await shop.tell(told);
    expect(stateOf(shop, '券')).toBe('used');
    await shop.tell(whole);
    expect(stateOf(shop, '券')).toBe('issued');
  });

  test('and of the sale that earned it: given back, it is revoked, and its stock has room again', async () => {
    const shop = await openShop({
      templates: [template('送的', { stock: 5 })],
      campaigns: [
        campaign('give', {
          conditions: [],
          rewards: [{ kind: 'coupon', templateId: '送的', count: 1 }],
          limits: { perMember: 1 },
        }),
      ],
    });
    await shop.tell(sale({ orderNo: 'A' }));
    await shop.tell(sale({ orderNo: 'B', couponCodes: [codeOf(shop, '送的')] }));
    await shop.tell(refund({ orderNo: 'A', refundNo: 'RA' }));
    expect(couponRows(shop.db)[0]).toMatchObject({ state: 'used', flag: 'earned-by-returned-sale' });
    await shop.tell(refund({ orderNo: 'B', refundNo: 'RB' }));
    expect(stateOf(shop, '送的')).toBe('revoked');
    expect(shop.db.all('SELECT issued FROM coupon_template_counters')).toEqual([{ issued: 0 }]);
  });
});

test('a sale without codes looks for no coupon, and a sale with them reads and writes in as many round trips', async () => {
  const shop = await giving({ '10元': {} });
  const counted = async (told: object) => {
    await shop.post(told);
    const before = shop.db.counts.batches;
    await shop.work();
    return shop.db.counts.batches - before;
  };
  const plain = await counted(sale({ orderNo: 'B', at: '2026-11-01 10:00' }));
  const coded = await counted(
    sale({ orderNo: 'C', at: '2026-11-01 10:00', couponCodes: [codeOf(shop, '10元')] }),
  );
  expect(coded).toBe(plain);
});
