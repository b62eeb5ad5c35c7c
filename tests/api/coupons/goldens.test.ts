/** 样例里的数字, as a till meets them: asked, held for the receipt, and told with it. */
import { describe, expect, test } from 'vitest';
import { at, campaign, line, product, refund, sale, spend, template } from '../../support/builders.ts';
import { balanceOf, couponRows, memberId, type ShopSetup } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const member = { externalId: 'M1', phone: '13912345487' };
const gives = (...templateIds: string[]) =>
  templateIds.map((templateId) => ({ kind: 'coupon', templateId, count: 1 }));
const days = (afterDays: number, forDays: number) => ({ relative: { afterDays, forDays } });
const turn = ({ shop }: Office, local: string): void => {
  shop.clock.now = at(local);
};
const codeOf = ({ shop }: Office, templateId: string): string =>
  couponRows(shop.db).findLast((one) => one.templateId === templateId)?.id ?? '';
const stateOf = ({ shop }: Office, templateId: string) =>
  couponRows(shop.db).findLast((one) => one.templateId === templateId)?.state;

type Bought = { readonly orderNo: string; readonly code: string; readonly lines: readonly object[] };

/** What the till is told of a code, for a cart. */
async function ask({ pos }: Office, { orderNo, code, lines }: Bought) {
  const body = { store: '8005', orderNo, member, lines, couponCodes: [code] };
  const { json } = await pos('POST', '/quotes', { body });
  const miss = (json['others'] as Json[]).find((one) => one['code'] === code);
  return { offFen: json['offFen'], payableFen: json['payableFen'], reason: miss?.['reason'] ?? null };
}

/** Asked, held, and told with its code and what was paid. */
async function buy(office: Office, bought: Bought, local: string) {
  const quoted = await ask(office, bought);
  const { orderNo, code, lines } = bought;
  const held = await office.pos('POST', '/coupons/lock', { body: { code, store: '8005', orderNo } });
  expect(held.status).toBe(200);
  const goods = lines.map((one) => line(one as never));
  await office.shop.tell(
    sale({
      orderNo,
      at: local,
      member,
      lines: goods,
      paidFen: Number(quoted.payableFen),
      couponCodes: [code],
    }),
  );
  return quoted;
}
const goods = (amountFen: number, sku = 'milk') => [{ sku, quantity: '1', amountFen, lineNo: '1' }];

const open = (setup: ShopSetup): Promise<Office> =>
  openOffice({
    products: [product(), product({ sku: 'linseed', categoryPath: [{ id: '07', name: '油' }] })],
    ...setup,
  });

describe('K-07, K-54, G-3: the three coupons of a registration on 11-01 at 10:00', () => {
  async function registered(): Promise<Office> {
    const office = await open({
      now: '2026-11-01 10:00',
      templates: [
        template('5元', { valueFen: 500, validity: days(0, 7) }),
        template('8元', { valueFen: 800, minSpendFen: 8_000, validity: days(7, 7) }),
        template('10元', { valueFen: 1_000, minSpendFen: 17_000, validity: days(14, 20) }),
      ],
      campaigns: [
        campaign('注册', { trigger: 'member.created', conditions: [], rewards: gives('5元', '8元', '10元') }),
      ],
    });
    await office.pos('POST', '/members', { body: { ...member, name: '周女士' } });
    return office;
  }

  test('are shown to the till with their windows, to the midnight', async () => {
    const office = await registered();
    const { id } = couponRows(office.shop.db)[0] ?? {};
    expect(id).toBeDefined();
    const path = `/members/${memberId(office.shop.db, 'phone:13912345487')}/coupons`;
    const { json } = await office.pos('GET', path);
    const windows = (json['items'] as Json[]).map(({ name, validFrom, validTo }) => [
      name,
      validFrom,
      validTo,
    ]);
    expect(new Set(windows)).toEqual(
      new Set([
        ['5元', '2026-11-01T02:00:00.000Z', '2026-11-07T16:00:00.000Z'],
        ['8元', '2026-11-07T16:00:00.000Z', '2026-11-14T16:00:00.000Z'],
        ['10元', '2026-11-14T16:00:00.000Z', '2026-12-04T16:00:00.000Z'],
      ]),
    );
  });

  test.each([
    ['8元', '2026-11-09 10:00', 7_999, 'BELOW_MIN'],
    ['8元', '2026-11-07 23:59', 8_000, 'NOT_YET_VALID'],
    ['8元', '2026-11-15 00:00', 8_000, 'EXPIRED'],
    ['5元', '2026-11-08 00:00', 8_000, 'EXPIRED'],
    ['10元', '2026-11-14 23:59', 17_000, 'NOT_YET_VALID'],
    ['10元', '2026-11-15 00:00', 16_999, 'BELOW_MIN'],
    ['10元', '2026-12-05 00:00', 17_000, 'EXPIRED'],
  ])('%s on %s for %d fen is refused with %s, asked and used alike', async (name, local, fen, reason) => {
    const office = await registered();
    turn(office, local);
    const bought = { orderNo: 'B', code: codeOf(office, name), lines: goods(fen) };
    expect(await ask(office, bought)).toEqual({ offFen: 0, payableFen: fen, reason });
    const body = { code: bought.code, store: '8005', orderNo: 'B', lines: bought.lines };
    const { json } = await office.pos('POST', '/coupons/redeem', { body });
    expect(json['code']).toBe(reason.toLowerCase());
  });

  test.each([
    ['5元', '2026-11-01 10:00', 500, 500],
    ['8元', '2026-11-08 00:00', 8_000, 800],
    ['8元', '2026-11-14 23:59', 8_000, 800],
    ['10元', '2026-12-04 23:59', 17_000, 1_000],
  ])('%s on %s for %d fen takes off %d and is used', async (name, local, fen, offFen) => {
    const office = await registered();
    turn(office, local);
    const bought = { orderNo: 'B', code: codeOf(office, name), lines: goods(fen) };
    expect(await buy(office, bought, local)).toMatchObject({ offFen, payableFen: fen - offFen });
    expect(stateOf(office, name)).toBe('used');
  });
});

test('K-13: a card holder’s 49.99 earns no free postage, 50.00 one; it takes nothing off and is used with its receipt', async () => {
  const office = await open({
    templates: [template('包邮', { kind: 'shipping' })],
    campaigns: [
      campaign('满50包邮', { levels: ['C粉卡'], conditions: [spend(5_000)], rewards: gives('包邮') }),
    ],
  });
  await office.shop.tell({
    type: 'member.created',
    id: 'm',
    occurredAt: '2026-11-22T10:00:00+08:00',
    data: { ...member, level: 'C粉卡' },
  });
  const plain = (orderNo: string, amountFen: number) =>
    office.shop.tell(sale({ orderNo, member, lines: [line({ amountFen })] }));
  await plain('1', 4_999);
  expect(couponRows(office.shop.db)).toEqual([]);
  await plain('2', 5_000);
  const bought = { orderNo: 'B', code: codeOf(office, '包邮'), lines: goods(3_000) };
  expect(await buy(office, bought, '2026-11-22 14:59')).toEqual({
    offFen: 0,
    payableFen: 3_000,
    reason: null,
  });
  expect(stateOf(office, '包邮')).toBe('used');
});

test('K-48: 38.00 earns the coupon of 80 for linseed oil: refused on milk, and it takes off no more than the oil costs', async () => {
  const office = await open({
    templates: [
      template('亚麻油80', {
        valueFen: 8_000,
        scope: { include: [{ kind: 'category', ids: ['07'] }], exclude: [] },
      }),
    ],
    campaigns: [campaign('满38', { conditions: [spend(3_800)], rewards: gives('亚麻油80') })],
  });
  await office.shop.tell(sale({ orderNo: '1', member, lines: [line({ amountFen: 3_799 })] }));
  expect(couponRows(office.shop.db)).toEqual([]);
  await office.shop.tell(sale({ orderNo: '2', member, lines: [line({ amountFen: 3_800 })] }));
  const code = codeOf(office, '亚麻油80');
  const milk = { orderNo: 'B', code, lines: goods(10_000) };
  expect(await ask(office, milk)).toMatchObject({ offFen: 0, reason: 'EXCLUDED_ITEM' });
  const both = { ...milk, lines: [...goods(2_000), { ...goods(3_000, 'linseed')[0], lineNo: '2' }] };
  expect(await ask(office, both)).toMatchObject({ offFen: 3_000, payableFen: 2_000 });
  const oil = { ...milk, lines: goods(3_000, 'linseed') };
  expect(await buy(office, oil, '2026-11-22 14:59')).toMatchObject({ offFen: 3_000, payableFen: 0 });
});

describe('K-52: a sale of 200.00 that earned 200 points and a coupon comes back whole', () => {
  async function earned(): Promise<Office> {
    const office = await open({
      templates: [template('C', { valueFen: 1_000 })],
      campaigns: [campaign('满200', { conditions: [spend(20_000)], rewards: gives('C') })],
    });
    await office.shop.tell(sale({ orderNo: '1', member, lines: [line({ amountFen: 20_000 })] }));
    expect(balanceOf(office.shop.db, 'ext:pos:M1')).toBe(200);
    return office;
  }
  const back = (id: string) => refund({ orderNo: '1', id, lines: [line({ amountFen: 20_000 })] });

  test('unused, the coupon is taken back and no till may use it; told again, nothing changes', async () => {
    const office = await earned();
    await office.shop.tell(back('a'), back('b'));
    expect([balanceOf(office.shop.db, 'ext:pos:M1'), stateOf(office, 'C')]).toEqual([0, 'revoked']);
    const asked = { orderNo: 'B', code: codeOf(office, 'C'), lines: goods(5_000) };
    expect(await ask(office, asked)).toMatchObject({ offFen: 0, reason: 'REVOKED' });
  });

  test('used already, it stays used and is marked', async () => {
    const office = await earned();
    await buy(office, { orderNo: 'B', code: codeOf(office, 'C'), lines: goods(5_000) }, '2026-11-22 14:59');
    await office.shop.tell(back('a'), back('b'));
    expect(couponRows(office.shop.db).find(({ templateId }) => templateId === 'C')).toMatchObject({
      state: 'used',
      flag: 'earned-by-returned-sale',
    });
  });
});

test.each<[string, Readonly<Record<string, unknown>>, number]>([
  ['9折 of 200.00', { kind: 'percent', payBps: 9000 }, 2_000],
  ['a coupon of 15', { valueFen: 1_500 }, 1_500],
  ['a gift', { kind: 'gift' }, 0],
  ['an experience', { kind: 'experience' }, 0],
  ['free postage', { kind: 'shipping' }, 0],
])('K-53: %s takes off its sum and is used', async (_, given, offFen) => {
  const office = await open({ templates: [template('券', given)] });
  await office.shop.tell(sale({ orderNo: '1', member }));
  await office.admin('POST', `/members/${memberId(office.shop.db, 'ext:pos:M1')}/coupons`, {
    body: { templateId: '券', reason: '开业' },
  });
  const bought = { orderNo: 'B', code: codeOf(office, '券'), lines: goods(20_000) };
  expect(await buy(office, bought, '2026-11-22 14:59')).toMatchObject({
    offFen,
    payableFen: 20_000 - offFen,
    reason: null,
  });
  expect(stateOf(office, '券')).toBe('used');
});
