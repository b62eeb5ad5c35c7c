/** K-60 套餐, A-24 次卡: paid for at once, redeemed one by one, and paid back at what was paid less what was used. */
import { expect, test } from 'vitest';
import { at, rfc3339, sale } from '../../support/builders.ts';
import { balanceOf, inboxRows, ledgerFaults, ledgerRows, memberId, memberRows } from '../../support/shop.ts';
import { items, openOffice, type Json, type Office } from '../support.ts';

const bath = {
  name: '洗澡次卡',
  items: [{ name: '洗澡', count: 10, unitPriceFen: 5_000 }],
  priceFen: 45_000,
  validDays: 30,
};

type Here = Office & { readonly id: string; readonly templateId: string };

async function open(given: object = {}, now = '2026-11-22 15:00'): Promise<Here> {
  const office = await openOffice({ now });
  await office.shop.tell({
    type: 'member.created',
    id: 'new-M1',
    occurredAt: rfc3339('2026-11-22 10:00'),
    data: { externalId: 'M1', phone: '13912345487' },
  });
  const { status, json } = await office.admin('POST', '/package-templates', { body: { ...bath, ...given } });
  expect(status).toBe(201);
  return { ...office, id: memberId(office.shop.db, 'ext:pos:M1'), templateId: String(json['id']) };
}

const sell = ({ pos, id, templateId }: Here, given: object = {}) =>
  pos('POST', `/members/${id}/packages`, { body: { packageNo: 'TC1', store: '8005', templateId, ...given } });
const act =
  (path: string) =>
  ({ pos }: Office, code: unknown, given: object = {}, key?: string) =>
    pos('POST', `/packages/${path}`, {
      body: { code, store: '8005', ...given },
      ...(key !== undefined && { headers: { 'idempotency-key': key } }),
    });
const redeem = act('redeem');
const undo = act('undo');
const payBack = act('refund');
const leftIn = (json: Json): unknown[] => (json['items'] as Json[]).map(({ left }) => left);
const prepaid = ({ shop }: Office): number => balanceOf(shop.db, 'ext:pos:M1', 'prepaid');

const told = (given: object = {}, id = 'told') => ({
  type: 'package.sold',
  id,
  occurredAt: rfc3339('2026-11-22 14:00'),
  data: {
    packageNo: 'T9',
    store: { id: '8005' },
    associate: { id: 'g1', name: '小李' },
    member: { externalId: 'M1' },
    package: {
      id: 'P1',
      name: '护理卡',
      items: [{ id: 'care', name: '护理', count: 10, unitPriceFen: 8_000 }],
    },
    paidFen: 68_000,
    validUntil: '2026-12-31',
    ...given,
  },
});
const used = (given: object = {}, id = 'used') => ({
  type: 'package.redeemed',
  id,
  occurredAt: rfc3339('2026-11-22 14:30'),
  data: { packageNo: 'T9', store: { id: '8005' }, item: 'care', count: 1, ...given },
});

test('K-60: of a package of 10 洗澡 3 are redeemed and 7 are left; 300 of the 450 that were paid come back', async () => {
  const here = await open();
  const sold = await sell(here);
  expect(sold).toMatchObject({
    status: 201,
    json: {
      packageNo: 'TC1',
      name: '洗澡次卡',
      state: 'open',
      paidFen: 45_000,
      refundFen: 45_000,
      // The day of the sale and 29 more.
      validUntil: '2026-12-21T16:00:00.000Z',
    },
  });
  const { code } = sold.json;
  const redeemed = await redeem(here, code, { item: '洗澡', count: 3, redeemNo: 'HX1' });
  expect([redeemed.status, leftIn(redeemed.json), redeemed.json['refundFen']]).toEqual([200, [7], 30_000]);
  expect(prepaid(here)).toBe(30_000);
  expect(items(await here.pos('GET', `/members/${here.id}/packages`)).map(leftIn)).toEqual([[7]]);
  const back = await payBack(here, code, { refundedFen: 30_000 });
  expect(back.json).toMatchObject({ state: 'refunded', refundedFen: 30_000, refundFen: 0 });
  expect((await payBack(here, code)).json).toEqual(back.json);
  expect((await redeem(here, code, { item: '洗澡' })).json).toMatchObject({
    status: 409,
    code: 'already_refunded',
    detail: '这张套餐 2026-11-22 15:00 已经退款 300元。',
    numbers: { refundedFen: 30_000 },
  });
  expect(prepaid(here)).toBe(0);
  expect(ledgerRows(here.shop.db).map(({ delta, cause }) => [delta, cause])).toEqual([
    [45_000, 'package:pos:TC1'],
    [-15_000, 'package-used:pos:HX1'],
    [-30_000, 'package-refund:package:pos:TC1'],
  ]);
  expect(ledgerFaults(here.shop.db)).toEqual([]);
});

test('a package of 10 that cost 300 gives back nothing after 7 of 50 each were used, and never less', async () => {
  const here = await open({ priceFen: 30_000 });
  const { code } = (await sell(here)).json;
  const { json } = await redeem(here, code, { item: '洗澡', count: 7 });
  expect([json['refundFen'], prepaid(here)]).toEqual([0, 0]);
  expect((await payBack(here, code)).json).toMatchObject({ state: 'refunded', refundedFen: 0 });
});

test('A-24: of a care card of 10 that the till sold, one is consumed without an appointment and 9 are left', async () => {
  const here = await open();
  await here.shop.tell(told(), used());
  const [card] = items(await here.pos('GET', `/members/${here.id}/packages`));
  expect(card).toMatchObject({
    packageNo: 'T9',
    associateId: 'g1',
    left: 9,
    refundFen: 60_000,
    // Good until the end of its last day.
    validUntil: '2026-12-31T16:00:00.000Z',
  });
  // Told again under other ids, and as a correction: nothing more.
  await here.shop.tell(told({}, 'again'), used({}, 'used'), told({ paidFen: 1 }, 'other'));
  expect(inboxRows(here.shop.db).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'done',
    'ignored',
    'parked',
  ]);
  expect(prepaid(here)).toBe(60_000);
  // It is no purchase and earns nothing.
  expect(memberRows(here.shop.db).map(({ orders, spentFen }) => [orders, spentFen])).toEqual([[0, 0]]);
  expect(balanceOf(here.shop.db, 'ext:pos:M1')).toBe(0);
});

test('a redemption that arrives before its package waits for it; more than is left is for a person to look at', async () => {
  const here = await open();
  await here.shop.tell(used({ count: 4, redeemNo: 'R1' }, 'first'));
  expect(inboxRows(here.shop.db).at(-1)?.state).toBe('waiting');
  await here.shop.tell(told());
  await here.shop.tell(used({ count: 4, redeemNo: 'R1' }, 'second'), used({ count: 7 }, 'third'));
  expect(inboxRows(here.shop.db).map(({ state, note }) => [state, note?.code ?? null])).toEqual([
    ['done', null],
    ['done', null],
    ['done', null],
    ['ignored', 'PACKAGE_KNOWN'],
    ['parked', 'PACKAGE'],
  ]);
  const found = await here.pos('POST', '/packages/find', { body: { packageNo: 'T9' } });
  expect(found.json).toMatchObject({ left: 6 });
});

test('one number is one package: asked again it answers the same; for another, or somebody else, it is taken', async () => {
  const here = await open();
  const first = await sell(here);
  const again = await Promise.all([sell(here), sell(here), sell(here)]);
  expect(again.map(({ json }) => json)).toEqual([first.json, first.json, first.json]);
  await here.shop.tell(sale({ member: { externalId: 'M2' } }));
  const other = { ...here, id: memberId(here.shop.db, 'ext:pos:M2') };
  expect((await sell(other)).json).toMatchObject({ status: 409, code: 'number_taken' });
  expect((await sell(here, { paidFen: 1 })).json).toMatchObject({
    status: 422,
    code: 'amount_differs',
    numbers: { toldFen: 1, dueFen: 45_000 },
  });
  expect(items(await here.pos('GET', `/members/${here.id}/packages`))).toHaveLength(1);
});

test('one number, or one key, is one redemption; undone it is there again, and once', async () => {
  const here = await open();
  const { code } = (await sell(here)).json;
  const wish = { item: '洗澡', count: 2 };
  for (let turn = 0; turn < 3; turn += 1) {
    expect(leftIn((await redeem(here, code, { ...wish, redeemNo: 'HX1' })).json)).toEqual([8]);
  }
  for (let turn = 0; turn < 3; turn += 1)
    expect((await redeem(here, code, wish, 'key')).json['left']).toBe(6);
  expect((await redeem(here, code, { ...wish, count: 3, redeemNo: 'HX1' })).json).toMatchObject({
    status: 409,
    code: 'number_taken',
    field: 'redeemNo',
  });
  for (let turn = 0; turn < 2; turn += 1)
    expect((await undo(here, code, { redeemNo: 'HX1' })).json['left']).toBe(8);
  // Without a number: the last of this item here, which was made with the key.
  expect((await undo(here, code, { item: '洗澡' })).json['left']).toBe(10);
  expect((await undo(here, code, { item: '洗澡' })).json).toMatchObject({ status: 404, code: 'unknown_use' });
  // What was undone is not done again by an answer that came late.
  expect((await redeem(here, code, { ...wish, redeemNo: 'HX1' })).json['code']).toBe('number_taken');
  expect(prepaid(here)).toBe(45_000);
});

test('more than a day later a till does not undo any more', async () => {
  const here = await open();
  const { code } = (await sell(here)).json;
  await redeem(here, code, { item: '洗澡', redeemNo: 'HX1' });
  here.shop.clock.now = at('2026-11-23 15:01');
  expect((await undo(here, code, { redeemNo: 'HX1' })).json).toMatchObject({
    status: 409,
    code: 'undo_closed',
    numbers: { until: at('2026-11-23 15:00') },
  });
});

test('it is good through its last day; afterwards it is refused with the moment, and still paid back', async () => {
  const here = await open();
  const { code } = (await sell(here)).json;
  here.shop.clock.now = at('2026-12-21 23:59');
  expect((await redeem(here, code, { item: '洗澡' })).json['left']).toBe(9);
  here.shop.clock.now = at('2026-12-22 00:00');
  expect((await redeem(here, code, { item: '洗澡' })).json).toMatchObject({
    status: 409,
    code: 'package_expired',
    detail: '这张套餐 2026-12-22 00:00 过期，不能再用；没用完的可以退。',
    numbers: { validUntil: at('2026-12-22 00:00') },
  });
  expect((await payBack(here, code)).json).toMatchObject({ refundedFen: 40_000 });
});

test('an item that is a gift counts nothing; what is not in it, or no more, is refused with what there is', async () => {
  const here = await open({
    items: [...bath.items, { name: '抚触', count: 2, unitPriceFen: 0 }],
  });
  const { code } = (await sell(here)).json;
  const typed = ` ${String(code)
    .toLowerCase()
    .replace(/^(.{4})/, '$1 ')}`;
  expect(leftIn((await redeem(here, typed, { item: '抚触', count: 2 })).json)).toEqual([10, 0]);
  expect(prepaid(here)).toBe(45_000);
  expect((await redeem(here, code, { item: '抚触' })).json).toMatchObject({
    status: 409,
    code: 'nothing_left',
    detail: '“抚触”不够：还剩 0 次，这次要用 1 次。',
    numbers: { have: 0, need: 1 },
  });
  expect((await redeem(here, code, { item: '理发' })).json).toMatchObject({
    status: 422,
    code: 'unknown_item',
    detail: '这张套餐里没有“理发”：里面有“洗澡”、“抚触”。',
  });
  expect((await redeem(here, 'nothing', { item: '洗澡' })).json).toMatchObject({
    status: 404,
    code: 'unknown_package',
  });
  // All used: the money is earned, and nothing is owed.
  await redeem(here, code, { item: '洗澡', count: 10 });
  expect((await payBack(here, code)).json).toMatchObject({
    status: 409,
    code: 'all_used',
    numbers: { count: 12 },
  });
  expect(prepaid(here)).toBe(0);
});

test('whoever turns out to be one person keeps both packages; whoever is forgotten is owed nothing, and theirs is nobody’s', async () => {
  const here = await open();
  const { code } = (await sell(here)).json;
  await here.shop.tell(told({ member: { externalId: 'M2' } }));
  const event = { occurredAt: rfc3339('2026-11-22 15:00') };
  const merged = { from: { externalId: 'M2' }, into: { externalId: 'M1' } };
  await here.shop.tell({ ...event, type: 'member.merged', id: 'one', data: merged });
  expect(items(await here.pos('GET', `/members/${here.id}/packages`))).toHaveLength(2);
  expect(prepaid(here)).toBe(45_000 + 68_000);
  await redeem(here, code, { item: '洗澡' });
  expect(prepaid(here)).toBe(45_000 + 68_000 - 5_000);
  await here.shop.tell({ ...event, type: 'member.deleted', id: 'gone', data: { externalId: 'M1' } });
  expect((await redeem(here, code, { item: '洗澡' })).json['code']).toBe('unknown_package');
  expect(here.shop.db.all(`SELECT sum(delta) AS owed FROM ledger WHERE account = 'prepaid'`)).toEqual([
    { owed: 0 },
  ]);
});

test('J-17: 23 pieces that were paid for before are kept for her, and handed over one by one; of money nothing is owed', async () => {
  const here = await open();
  const kept = { id: '寄存', items: [{ id: '奶粉', count: 23, unitPriceFen: 0 }] };
  const { code } = (await sell(here, { templateId: null, package: kept, paidFen: 0 })).json;
  expect((await redeem(here, code, { item: '奶粉', count: 2 })).json).toMatchObject({
    left: 21,
    validUntil: null,
  });
  expect([prepaid(here), ledgerRows(here.shop.db)]).toEqual([0, []]);
});

test.each([5_000, 0])(
  '50 redemptions at once of one item with 10 left, at %d each: exactly 10 succeed',
  async (unitPriceFen) => {
    const here = await open({ items: [{ name: '洗澡', count: 10, unitPriceFen }] });
    const { code } = (await sell(here)).json;
    const atLast = async (redeemNo: string): Promise<number> => {
      for (;;) {
        const { status } = await redeem(here, code, { item: '洗澡', redeemNo });
        if (status !== 503) return status;
      }
    };
    const answers = await Promise.all(Array.from({ length: 50 }, (_, place) => atLast(`HX${String(place)}`)));
    expect(answers.filter((status) => status === 200)).toHaveLength(10);
    expect(answers.filter((status) => status === 409)).toHaveLength(40);
    expect(here.shop.db.all('SELECT used, count FROM packages')).toEqual([{ used: 10, count: 10 }]);
    expect(prepaid(here)).toBe(0);
  },
);

test('what the office changes changes nothing that was sold; what it does not sell any more is not sold', async () => {
  const here = await open();
  const { code } = (await sell(here)).json;
  const path = `/package-templates/${here.templateId}`;
  const changed = await here.admin('PATCH', path, {
    body: { items: [{ ...bath.items[0], count: 1 }], enabled: false },
  });
  expect(changed.status).toBe(200);
  expect((await sell(here, { packageNo: 'TC2' })).json).toMatchObject({ status: 404, code: 'not_for_sale' });
  expect((await redeem(here, code, { item: '洗澡' })).json['left']).toBe(9);
});
