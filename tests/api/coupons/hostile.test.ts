/** 恶意的收银台: what a till says that means harm, or has gone mad: each is refused by its field, or changes nothing that is anybody’s. */
import { expect, test } from 'vitest';
import { line, sale, template } from '../../support/builders.ts';
import { couponRows, inboxRows, memberId, rowCounts } from '../../support/shop.ts';
import { items, openOffice, token } from '../support.ts';

const at = { store: '8005', orderNo: 'B' };
const good = { sku: 'milk', quantity: '1', amountFen: 10_000 };
const minuteMs = 60_000;

async function openTill() {
  const office = await openOffice({ templates: [template('券', { stacksWith: 'any' })] });
  const { shop, admin } = office;
  await shop.tell(sale({ orderNo: 'first' }));
  const body = { templateId: '券', count: 2, reason: '开业' };
  const given = await admin('POST', `/members/${memberId(shop.db, 'ext:pos:M1')}/coupons`, { body });
  const codes = items(given).map(({ id }) => String(id));
  return { ...office, codes, code: codes[0] ?? '' };
}

const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);
const withLine = (given: object): object => ({ lines: [{ ...good, ...given }] });

const carts: readonly (readonly [what: string, given: object, field: string])[] = [
  ['501 lines', { lines: many(501, good) }, 'lines'],
  ['a line of less than nothing', withLine({ amountFen: -1 }), 'lines[0].amountFen'],
  ['half a fen', withLine({ amountFen: 0.5 }), 'lines[0].amountFen'],
  ['more money than there is', withLine({ amountFen: 1e308 }), 'lines[0].amountFen'],
  ['a quantity of 1e308', withLine({ quantity: '1e308' }), 'lines[0].quantity'],
  ['a quantity of 400 digits', withLine({ quantity: '9'.repeat(400) }), 'lines[0].quantity'],
  ['a negative quantity', withLine({ quantity: '-1' }), 'lines[0].quantity'],
  ['10,000 codes', { couponCodes: many(10_000, 'ABCDEFGHJKMNPQ') }, 'couponCodes'],
  ['a day that is none', { orderNo: 'B', businessDate: '2026-13-45' }, 'businessDate'],
];

test('a cart that cannot be is refused by its field, by a quote and by a redemption alike, and nothing is written', async () => {
  const { pos, shop, code } = await openTill();
  const before = rowCounts(shop.db);
  for (const [what, given, field] of carts) {
    const quoted = await pos('POST', '/quotes', { body: { store: '8005', lines: [good], ...given } });
    expect([what, quoted.status, quoted.json['field']]).toEqual([what, 422, field]);
    if ('couponCodes' in given) continue;
    const used = await pos('POST', '/coupons/redeem', { body: { ...at, code, ...given } });
    expect([what, used.status, used.json['field']]).toEqual([what, 422, field]);
  }
  expect(rowCounts(shop.db)).toEqual(before);
});

test('the same code a hundred times, however it is written, is one coupon: in a quote and on a receipt', async () => {
  const { pos, shop, code } = await openTill();
  const written = [code, code.toLowerCase(), ` ${code} `, code.replaceAll(/(.{4})/g, '$1-')];
  const couponCodes = Array.from({ length: 20 }, (_, place) => written[place % written.length] ?? code);
  const { json } = await pos('POST', '/quotes', { body: { store: '8005', lines: [good], couponCodes } });
  expect([json['offFen'], json['applied']]).toMatchObject([800, [{ code, offFen: 800 }]]);
  await shop.tell(sale({ orderNo: 'twice', couponCodes, lines: [line({ amountFen: 9_200 })] }));
  expect(inboxRows(shop.db).at(-1)?.outcome).toMatchObject({ couponsUsed: [code] });
  expect(inboxRows(shop.db).at(-1)?.outcome?.['couponsDeclined']).toBeUndefined();
});

test('a lock for a receipt that is here already takes nothing from anybody for longer than its time', async () => {
  const { pos, shop, code } = await openTill();
  const lock = (orderNo: string) => pos('POST', '/coupons/lock', { body: { store: '8005', orderNo, code } });
  expect((await lock('first')).status).toBe(200);
  expect((await lock('B')).json).toMatchObject({ status: 409, code: 'locked_by_other' });
  shop.clock.now += 10 * minuteMs;
  expect((await lock('B')).status).toBe(200);
  // Nor does the receipt, told again, take it.
  await shop.tell(sale({ orderNo: 'first', version: '2', couponCodes: [code] }));
  expect(couponRows(shop.db).find(({ id }) => id === code)).toMatchObject({ state: 'issued' });
});

test('a receipt of the year 2099 uses nothing of today’s', async () => {
  const { shop, code } = await openTill();
  await shop.tell(sale({ orderNo: 'late', at: '2099-01-01 10:00', couponCodes: [code] }));
  expect(couponRows(shop.db).find(({ id }) => id === code)).toMatchObject({ state: 'issued', usedFor: null });
});

test('a till of another system neither releases nor undoes what a receipt of the same number holds', async () => {
  const { pos, client, shop, code } = await openTill();
  const now = shop.clock.now;
  await shop.db.batch([
    {
      sql: `INSERT INTO sources (id, name, adapter, namespace, secrets, created_at) VALUES ('other', '别的', 'generic', 'shop2', '[]', 1)`,
      params: [],
    },
    token('hk_other', ['pos'], { sourceId: 'other', lastUsedAt: now }),
  ]);
  const other = client('hk_other');
  const body = { ...at, code };
  expect((await pos('POST', '/coupons/lock', { body: { ...body, source: 'till' } })).status).toBe(200);
  expect((await other('POST', '/coupons/release', { body })).json).toMatchObject({
    status: 409,
    code: 'locked_by_other',
    numbers: { until: now + 10 * minuteMs },
  });
  expect((await other('POST', '/coupons/redeem', { body: { ...body, payableFen: 10_000 } })).status).toBe(
    409,
  );
  expect((await other('POST', '/coupons/lock', { body: { ...body, source: 'till' } })).json).toMatchObject({
    status: 403,
  });
  await pos('POST', '/coupons/redeem', { body: { ...body, source: 'till', payableFen: 10_000 } });
  expect((await other('POST', '/coupons/undo', { body })).json).toMatchObject({ code: 'already_used' });
});
