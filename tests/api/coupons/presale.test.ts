/** K-56, G-12 预售券: 10 yuan paid from 06-11 to 06-17 are worth 20 on 06-18, and from 618.00 on another 61.80. */
import { expect, test } from 'vitest';
import { at, product, refund, rfc3339, sale, store, template } from '../../support/builders.ts';
import { balanceOf, couponRows, inboxRows, memberRows, type ShopSetup } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

const presale = {
  kind: 'presale',
  priceFen: 1_000,
  saleFrom: rfc3339('2026-06-11 00:00'),
  saleTo: rfc3339('2026-06-18 00:00'),
  valueFen: 2_000,
  furtherFromFen: 61_800,
  furtherOffFen: 6_180,
  scope: { exclude: [{ kind: 'tag', ids: ['特价'] }] },
  validity: { fixed: { from: rfc3339('2026-06-18 00:00'), to: rfc3339('2026-06-19 00:00') } },
};

const open = (given: object = {}, more: ShopSetup = {}): Promise<Office> =>
  openOffice({
    now: '2026-06-12 10:00',
    templates: [template('618', { ...presale, ...given }), template('券')],
    products: [product(), product({ sku: 'bargain', tags: ['特价'] })],
    ...more,
  });

const wish = (given: object = {}) => ({
  body: {
    saleNo: 'Y1',
    store: '8005',
    templateId: '618',
    member: { externalId: 'M1', phone: '13912345487' },
    ...given,
  },
});
const sell = ({ pos }: Office, given: object = {}) => pos('POST', '/voucher-sales', wish(given));
const payBack = ({ pos }: Office, given: object = {}) =>
  pos('POST', '/voucher-refunds', { body: { saleNo: 'Y1', store: '8005', ...given } });
const codesOf = (json: Json): string[] => (json['coupons'] as Json[]).map(({ code }) => String(code));
const states = ({ shop }: Office) => couponRows(shop.db).map(({ state }) => state);
const turn = ({ shop }: Office, local: string): void => {
  shop.clock.now = at(local);
};
const goods = (amountFen: number) => [{ sku: 'milk', quantity: '1', amountFen }];

/** As a till does it: asked, held, and told with the code on the receipt. */
async function buy(office: Office, amountFen: number, lines: readonly object[] = goods(amountFen)) {
  const { pos, shop } = office;
  const quoted = await pos('POST', '/quotes', {
    body: { store: '8005', orderNo: 'B', member: { externalId: 'M1' }, lines },
  });
  const [best] = quoted.json['best'] as string[];
  if (best !== undefined) {
    const body = { code: best, store: '8005', orderNo: 'B' };
    expect((await pos('POST', '/coupons/lock', { body })).status).toBe(200);
    const told = sale({
      orderNo: 'B',
      at: '2026-06-18 15:00',
      member: { externalId: 'M1' },
      lines: lines as never,
      couponCodes: [best],
      paidFen: Number(quoted.json['payableFen']),
    } as never);
    await shop.tell(told);
  }
  return quoted.json;
}

test.each([
  [61_800, 8_180],
  [61_799, 2_000],
  [100_000, 8_180],
])(
  'G-12: bought on 06-12 and used on 06-18 with goods of %d fen it takes off %d, and is used',
  async (fen, offFen) => {
    const office = await open();
    const sold = await sell(office);
    expect(sold).toMatchObject({
      status: 201,
      json: {
        saleNo: 'Y1',
        paidFen: 1_000,
        refundedFen: 0,
        coupons: [
          { state: 'issued', validFrom: '2026-06-17T16:00:00.000Z', validTo: '2026-06-18T16:00:00.000Z' },
        ],
      },
    });
    turn(office, '2026-06-18 15:00');
    expect(await buy(office, fen)).toMatchObject({ offFen, payableFen: fen - offFen });
    expect(couponRows(office.shop.db)).toMatchObject([{ state: 'used', offFen }]);
  },
);

test('goods on special price neither reach the 618 nor are made cheaper', async () => {
  const office = await open();
  await sell(office);
  turn(office, '2026-06-18 15:00');
  const special = { sku: 'bargain', quantity: '1', amountFen: 50_000, lineNo: 'b' };
  const milk = { sku: 'milk', quantity: '1', amountFen: 61_799, lineNo: 'a' };
  const { json } = await office.pos('POST', '/quotes', {
    body: { store: '8005', member: { externalId: 'M1' }, lines: [milk, special] },
  });
  expect(json).toMatchObject({ offFen: 2_000, applied: [{ lines: [{ lineNo: 'a', offFen: 2_000 }] }] });
  const alone = await office.pos('POST', '/quotes', {
    body: { store: '8005', member: { externalId: 'M1' }, lines: [special] },
  });
  expect(alone.json).toMatchObject({ offFen: 0, others: [{ reason: 'EXCLUDED_ITEM' }] });
});

test('on 06-17 it is not yet valid, and on 06-19 it has expired', async () => {
  const office = await open();
  await sell(office);
  for (const [local, reason] of [
    ['2026-06-17 23:59', 'NOT_YET_VALID'],
    ['2026-06-19 00:00', 'EXPIRED'],
  ] as const) {
    turn(office, local);
    expect(await buy(office, 61_800)).toMatchObject({ offFen: 0, others: [{ reason }] });
  }
});

test.each([
  ['2026-06-10 23:59', 409],
  ['2026-06-11 00:00', 201],
  ['2026-06-17 23:59', 201],
  ['2026-06-18 00:00', 409],
  ['2026-06-18 12:00', 409],
])('bought at %s it answers %d', async (local, status) => {
  const office = await open({}, { now: local });
  const answer = await sell(office);
  expect(answer.status).toBe(status);
  if (status === 409)
    expect(answer.json).toMatchObject({
      code: 'sale_closed',
      detail: '现在不卖这种券：2026-06-11 00:00 起、2026-06-18 00:00 前才卖。',
      numbers: { from: at('2026-06-11 00:00'), to: at('2026-06-18 00:00') },
    });
  expect(couponRows(office.shop.db)).toHaveLength(status === 201 ? 1 : 0);
});

test('under one number it is sold once, however often it is asked; to somebody else, or another, the number is taken', async () => {
  const office = await open();
  const first = await sell(office);
  const again = await Promise.all([sell(office), sell(office), sell(office)]);
  expect(again.map(({ json }) => json)).toEqual([first.json, first.json, first.json]);
  await office.shop.tell(sale({ orderNo: 'x', at: '2026-06-12 09:00', member: { externalId: 'M2' } }));
  for (const given of [{ member: { externalId: 'M2' } }, { count: 2 }])
    expect((await sell(office, given)).json).toMatchObject({ status: 409, code: 'number_taken' });
  expect(states(office)).toEqual(['issued']);
});

test('its prepaid 10 earns nothing and is no purchase; what is paid beside it on its day is both, and nothing is counted twice', async () => {
  const office = await open();
  await sell(office);
  const member = () => memberRows(office.shop.db).map(({ orders, spentFen }) => [orders, spentFen]);
  expect([member(), balanceOf(office.shop.db, 'ext:pos:M1')]).toEqual([[[0, 0]], 0]);
  turn(office, '2026-06-18 15:00');
  await office.shop.tell(
    sale({
      orderNo: 'B',
      at: '2026-06-18 15:00',
      member: { externalId: 'M1' },
      lines: [{ sku: 'milk', quantity: '1', amountFen: 53_620, discountFen: 8_180 }],
      couponCodes: [couponRows(office.shop.db)[0]?.id ?? ''],
    }),
  );
  expect([member(), balanceOf(office.shop.db, 'ext:pos:M1')]).toEqual([[[1, 53_620]], 536]);
});

test('unused, the 10 is paid back in full until the end of 06-18, once; afterwards it is kept', async () => {
  const office = await open();
  await sell(office);
  turn(office, '2026-06-18 23:59');
  const back = await payBack(office, { refundedFen: 1_000 });
  expect(back.json).toMatchObject({ refundedFen: 1_000, coupons: [{ state: 'revoked' }] });
  expect((await payBack(office)).json).toEqual(back.json);
  expect(office.shop.db.all('SELECT act FROM coupon_moves')).toEqual([{ act: 'refunded' }]);
  expect(await buy(office, 61_800)).toMatchObject({ offFen: 0 });

  const late = await open();
  await sell(late);
  turn(late, '2026-06-19 00:00');
  expect((await payBack(late)).json).toMatchObject({
    status: 409,
    code: 'kept',
    detail: '这张券 2026-06-19 00:00 过期，按规定过期不退。',
  });
});

test('where its template says so it is paid back after its day as well', async () => {
  const office = await open({ ifUnused: 'refund' });
  await sell(office);
  turn(office, '2026-07-01 10:00');
  expect((await payBack(office)).json).toMatchObject({ refundedFen: 1_000 });
});

test('used, it is not paid back; after the goods came back it is', async () => {
  const office = await open();
  await sell(office);
  turn(office, '2026-06-18 15:00');
  await buy(office, 61_800);
  expect((await payBack(office)).json).toMatchObject({ status: 409, code: 'already_used' });
  await office.shop.tell(refund({ orderNo: 'B', at: '2026-06-18 16:00' }));
  expect((await payBack(office)).json).toMatchObject({ refundedFen: 1_000 });
});

test('of three under one number, the one that was used stays and two are paid back; held by a till, none is', async () => {
  const office = await open();
  const codes = codesOf((await sell(office, { count: 3 })).json);
  const [one = '', two = '', three = ''] = codes;
  turn(office, '2026-06-18 15:00');
  const use = { body: { code: one, store: '8005', orderNo: 'B', payableFen: 61_800 } };
  expect((await office.pos('POST', '/coupons/redeem', use)).json).toMatchObject({ offFen: 8_180 });
  expect((await payBack(office, { codes: [one, two] })).json).toMatchObject({ code: 'already_used' });
  await office.pos('POST', '/coupons/lock', { body: { code: two, store: '8005', orderNo: 'C' } });
  expect((await payBack(office, { codes: [two] })).json).toMatchObject({ code: 'locked_by_other' });
  expect((await payBack(office, { codes: [three], refundedFen: 999 })).json).toMatchObject({
    status: 422,
    code: 'amount_differs',
  });
  await office.pos('POST', '/coupons/release', { body: { code: two, store: '8005', orderNo: 'C' } });
  expect((await payBack(office)).json).toMatchObject({ paidFen: 3_000, refundedFen: 2_000 });
  expect(
    couponRows(office.shop.db)
      .map(({ state }) => state)
      .toSorted(),
  ).toEqual(['revoked', 'revoked', 'used']);
});

test('a till sells and pays back by itself; what came outside the window is left for a person to look at', async () => {
  const office = await open();
  const { shop } = office;
  const told = (type: string, id: string, data: object, when = '2026-06-12 09:00') => ({
    type,
    id,
    occurredAt: rfc3339(when),
    data: { saleNo: 'Y7', store: { id: '8005' }, ...data },
  });
  const sold = { templateId: '618', member: { externalId: 'M9' } };
  await shop.tell(told('voucher.sold', 'a', sold), told('voucher.sold', 'b', sold));
  expect(states(office)).toEqual(['issued']);
  await shop.tell(told('voucher.refunded', 'c', {}), told('voucher.refunded', 'd', {}));
  expect(states(office)).toEqual(['revoked']);
  await shop.tell(told('voucher.sold', 'e', { ...sold, saleNo: 'Y8' }, '2026-06-10 09:00'));
  await shop.tell(told('voucher.refunded', 'f', { saleNo: 'Y9' }));
  const closed = { from: at('2026-06-11 00:00'), to: at('2026-06-18 00:00') };
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
    ['done', null],
    ['ignored', { code: 'VOUCHER_KNOWN', saleNo: 'Y7' }],
    ['done', null],
    ['ignored', { code: 'VOUCHER_KNOWN', saleNo: 'Y7' }],
    ['parked', { code: 'VOUCHER', saleNo: 'Y8', miss: { reason: 'SALE_CLOSED', ...closed } }],
    ['parked', { code: 'VOUCHER', saleNo: 'Y9', miss: { reason: 'UNKNOWN_SALE' } }],
  ]);
});

test('sold by the call and paid back by the event, it is one and the same number', async () => {
  const office = await open();
  await sell(office);
  await office.shop.tell({
    type: 'voucher.refunded',
    id: 'r',
    occurredAt: rfc3339('2026-06-12 11:00'),
    data: { saleNo: 'Y1' },
  } as never);
  expect(states(office)).toEqual(['revoked']);
});

test('of the last one, of twenty who ask at once, one buys it; the others read that none is left, and one that came back is sold again', async () => {
  const office = await open({ stock: 1 }, { stores: [store()] });
  const numbers = Array.from({ length: 20 }, (_, place) => ({
    saleNo: `Y${place + 1}`,
    member: { externalId: `M${place}` },
  }));
  const at = await Promise.all(numbers.map((given) => sell(office, given)));
  expect(at.filter(({ status }) => status === 201)).toHaveLength(1);
  // Whoever came in the way of others asks again, and reads how it stands.
  const codes = [];
  for (const [place, { json }] of at.entries())
    codes.push((json['code'] === 'not_decided' ? await sell(office, numbers[place]) : { json }).json['code']);
  expect(codes.filter((code) => code === 'none_left')).toHaveLength(19);
  const won = at.findIndex(({ status }) => status === 201);
  await payBack(office, { saleNo: `Y${won + 1}` });
  expect((await sell(office, { saleNo: 'Z', member: { externalId: 'M777' } })).status).toBe(201);
});

test.each<[string, object, object]>([
  ['what is only given', { templateId: '券' }, { status: 404, code: 'not_for_sale', field: 'templateId' }],
  ['what does not exist', { templateId: 'none' }, { status: 404, code: 'not_for_sale' }],
  ['another price', { paidFen: 900 }, { code: 'amount_differs', numbers: { toldFen: 900, dueFen: 1_000 } }],
  ['none', { count: 0 }, { status: 422, field: 'count' }],
  ['to nobody', { member: { name: '王' } }, { status: 404, code: 'unknown_member' }],
  ['to nobody at all', { member: null }, { status: 422, field: 'member' }],
])('%s is not sold, and the answer says why', async (_, given, expected) => {
  const office = await open();
  expect((await sell(office, given)).json).toMatchObject(expected);
  expect(couponRows(office.shop.db)).toEqual([]);
});

test.each<[string, object, object]>([
  ['a window that ends before it begins', { saleTo: presale.saleFrom }, { field: 'saleTo' }],
  ['a price that is not below what it is worth', { priceFen: 2_000 }, { field: 'valueFen' }],
  ['a further sum without its threshold', { furtherFromFen: null }, { field: 'furtherFromFen' }],
])('a template with %s is refused at its field', async (_, given, expected) => {
  const { admin } = await openOffice();
  const body = { name: '618', ...presale, ...given };
  expect((await admin('POST', '/coupon-templates', { body })).json).toMatchObject({
    status: 422,
    ...expected,
  });
});
