/** 收银台传错的: every wrong thing that a till may say about a coupon, over HTTP: what it is called, what to do, and that nothing is half written. */
import { expect, test } from 'vitest';
import { product, sale, template } from '../../support/builders.ts';
import { couponRows, memberId, rowCounts } from '../../support/shop.ts';
import { items, openOffice, token, type Office } from '../support.ts';

type Till = Office & { readonly codes: Readonly<Record<string, string>> };

/** M1 with these by hand; M2 with none; a till of S2 alone. */
async function openTill(): Promise<Till> {
  const templates = {
    券: { valueFen: 800, minSpendFen: 1_000 },
    本店: { stores: 'claiming' },
    异业: { kind: 'partner' },
    九折: { kind: 'percent', payBps: 9_000 },
  } as const;
  const office = await openOffice({
    templates: Object.entries(templates).map(([id, given]) => template(id, given as never)),
    products: [product()],
  });
  const { shop, admin } = office;
  await shop.tell(sale({ orderNo: 'first', member: { externalId: 'M1' } }));
  await shop.tell(sale({ orderNo: 'second', member: { externalId: 'M2' } }));
  const codes: Record<string, string> = {};
  for (const templateId of Object.keys(templates)) {
    const body = { templateId, store: '8005', reason: '开业' };
    const given = await admin('POST', `/members/${memberId(shop.db, 'ext:pos:M1')}/coupons`, { body });
    codes[templateId] = String(items(given)[0]?.['id']);
  }
  await shop.db.batch([
    token('hk_s2', ['pos'], { sourceId: 'till', stores: ['S2'] as never, lastUsedAt: shop.clock.now }),
  ]);
  return { ...office, codes };
}

const at = { store: '8005', orderNo: 'B' };
const line = { sku: 'milk', quantity: '1', amountFen: 10_000 };
const lines = (count: number): object[] => Array.from({ length: count }, () => line);
type Wrong = readonly [
  what: string,
  path: string,
  body: (codes: Till['codes']) => object,
  status: number,
  code: string,
  field: string,
];

const everyCall = ['lock', 'redeem', 'release', 'undo'];
const wrongs: readonly Wrong[] = [
  ...everyCall.flatMap((call): Wrong[] => [
    [
      `${call}: a code that nobody has`,
      call,
      () => ({ ...at, code: 'ABCDEFGHJKMNPQ' }),
      404,
      'unknown_code',
      'code',
    ],
    [
      `${call}: twelve digits of a WeChat card`,
      call,
      () => ({ ...at, code: '308374623940' }),
      404,
      'unknown_code',
      'code',
    ],
    [
      `${call}: WeChat Pay’s payment code`,
      call,
      () => ({ ...at, code: '134567890123456789' }),
      404,
      'unknown_code',
      'code',
    ],
    [
      `${call}: a member code in its place`,
      call,
      () => ({ ...at, code: '97123456781234567890' }),
      404,
      'unknown_code',
      'code',
    ],
    [`${call}: spaces alone`, call, () => ({ ...at, code: '   ' }), 422, 'invalid', 'code'],
    [
      `${call}: a code of 129 letters`,
      call,
      () => ({ ...at, code: 'A'.repeat(129) }),
      422,
      'invalid',
      'code',
    ],
    [`${call}: no store`, call, ({ 券 }) => ({ orderNo: 'B', code: 券 }), 422, 'invalid', 'store'],
    [`${call}: no receipt`, call, ({ 券 }) => ({ store: '8005', code: 券 }), 422, 'invalid', 'orderNo'],
    [
      `${call}: a receipt and a cart`,
      call,
      ({ 券 }) => ({ ...at, cartId: 'K', code: 券 }),
      422,
      'invalid',
      'orderNo',
    ],
  ]),
  [
    'redeem: a negative price',
    'redeem',
    ({ 券 }) => ({ ...at, code: 券, lines: [{ ...line, amountFen: -1 }] }),
    422,
    'invalid',
    'lines[0].amountFen',
  ],
  [
    'redeem: a negative sum',
    'redeem',
    ({ 券 }) => ({ ...at, code: 券, payableFen: -1 }),
    422,
    'invalid',
    'payableFen',
  ],
  [
    'redeem: half a fen',
    'redeem',
    ({ 券 }) => ({ ...at, code: 券, payableFen: 0.5 }),
    422,
    'invalid',
    'payableFen',
  ],
  [
    'redeem: 501 lines',
    'redeem',
    ({ 券 }) => ({ ...at, code: 券, lines: lines(501) }),
    422,
    'invalid',
    'lines',
  ],
  ['redeem: no lines', 'redeem', ({ 券 }) => ({ ...at, code: 券, lines: [] }), 422, 'cart_needed', 'lines'],
  [
    'redeem: below its minimum',
    'redeem',
    ({ 券 }) => ({ ...at, code: 券, payableFen: 999 }),
    422,
    'below_min',
    'code',
  ],
  [
    'redeem: a share of nobody knows what',
    'redeem',
    ({ 九折 }) => ({ ...at, code: 九折 }),
    422,
    'cart_needed',
    'lines',
  ],
  [
    'redeem: in another store',
    'redeem',
    ({ 本店 }) => ({ ...at, store: 'S2', code: 本店 }),
    422,
    'wrong_store',
    'store',
  ],
  [
    'lock: in another store',
    'lock',
    ({ 本店 }) => ({ ...at, store: 'S2', code: 本店 }),
    422,
    'wrong_store',
    'store',
  ],
  ['redeem: a partner’s', 'redeem', ({ 异业 }) => ({ ...at, code: 异业 }), 422, 'wrong_merchant', 'code'],
  [
    'lock: for 121 minutes',
    'lock',
    ({ 券 }) => ({ ...at, code: 券, minutes: 121 }),
    422,
    'invalid',
    'minutes',
  ],
];

test('each is refused by its name, in a sentence, with the field, and nothing is written', async () => {
  const till = await openTill();
  const before = rowCounts(till.shop.db);
  for (const [what, call, body, status, code, field] of wrongs) {
    const { json } = await till.pos('POST', `/coupons/${call}`, { body: body(till.codes) });
    expect([what, json['status'], json['code'], json['field']]).toEqual([what, status, code, field]);
    expect([what, String(json['detail']).length > 5]).toEqual([what, true]);
  }
  expect(rowCounts(till.shop.db)).toEqual(before);
  expect(
    couponRows(till.shop.db).every(({ state, lockedFor }) => state === 'issued' && lockedFor === null),
  ).toBe(true);
});

test('of somebody else’s code the quote says whose it is not, and the sale that names it for another member uses nothing', async () => {
  const { pos, shop, codes } = await openTill();
  const body = { store: '8005', member: { externalId: 'M2' }, lines: lines(1), couponCodes: [codes['券']] };
  const { json } = await pos('POST', '/quotes', { body });
  expect(json['others']).toMatchObject([
    { reason: 'NOT_THEIRS', message: expect.stringContaining('另一位会员') },
  ]);
  await shop.tell(sale({ orderNo: 'C', member: { externalId: 'M2' }, couponCodes: [codes['券'] ?? ''] }));
  expect(couponRows(shop.db).filter(({ state }) => state === 'used')).toEqual([]);
});

test('whose lock is over and was taken by another receipt is told until when, and once it is used, when', async () => {
  const { pos, shop, codes } = await openTill();
  const of = (orderNo: string) => ({ body: { ...at, orderNo, code: codes['券'] } });
  await pos('POST', '/coupons/lock', of('A'));
  shop.clock.now += 10 * 60_000;
  await pos('POST', '/coupons/lock', of('B'));
  const until = shop.clock.now + 10 * 60_000;
  expect((await pos('POST', '/coupons/redeem', of('A'))).json).toMatchObject({
    code: 'locked_by_other',
    numbers: { until },
  });
  await pos('POST', '/coupons/redeem', { body: { ...of('B').body, payableFen: 10_000 } });
  const late = await pos('POST', '/coupons/redeem', of('A'));
  expect(late.json).toMatchObject({ status: 409, code: 'already_used', numbers: { at: shop.clock.now } });
});

test('a till bound to S2 cannot say that it stands in 8005; letters small, in groups, with O for 0 and I for 1 are the same code', async () => {
  const { client, pos, codes } = await openTill();
  const { 券 = '' } = codes;
  const s2 = await client('hk_s2')('POST', '/coupons/redeem', { body: { ...at, code: 券 } });
  expect(s2.json).toMatchObject({ status: 403, code: 'outside_binding' });
  const spoken = 券
    .toLowerCase()
    .replaceAll('0', 'o')
    .replaceAll('1', 'i')
    .replaceAll(/(.{4})/g, '$1 ');
  const used = await pos('POST', '/coupons/redeem', { body: { ...at, code: spoken, payableFen: 10_000 } });
  expect([used.status, used.json['code']]).toEqual([200, 券]);
});
