import { expect, test } from 'vitest';
import { line, rfc3339, sale } from '../../support/builders.ts';
import { memberId } from '../../support/shop.ts';
import { items, openOffice, pages } from '../support.ts';

const newcomer = { externalId: 'M1001', phone: '139 1234 5487', name: '陈小满', source: 'till' };

test('a member registered by hand is new once, and known from then on by any number', async () => {
  const { admin, shop } = await openOffice();
  const first = await admin('POST', '/members', { body: newcomer });
  expect(first.status).toBe(201);
  expect(first.json).toEqual({
    id: memberId(shop.db, 'phone:13912345487'),
    name: '陈小满',
    phone: '13912345487',
    level: null,
    levelLastOn: null,
    nextLevel: null,
    journey: 'potential',
    tenure: { since: '2026-11-22', months: 0, isOld: false },
    levelBenefits: null,
    tags: [],
    points: 0,
    pointsPending: 0,
    pointsEnding: [],
    pointsEarned: 0,
    pointsUsed: 0,
    accounts: { growth: 0, wallet: 0, principal: 0, bonus: 0 },
    stats: { orders: 0, spentFen: 0, firstAt: null, lastAt: null },
    associate: null,
    stages: [],
    children: [],
    birthday: null,
    source: null,
    joinedAt: null,
  });
  const again = await admin('POST', '/members', { body: { phone: '13912345487', level: '金卡' } });
  expect(again.status).toBe(200);
  expect(again.json).toEqual({ ...first.json, level: '金卡' });
  expect(shop.bells.length).toBe(2);
});

test('a member told with an associate is theirs from then on', async () => {
  const { admin } = await openOffice();
  await admin('PUT', '/associates/g7', { body: { name: '林小雨' } });
  const { json } = await admin('POST', '/members', { body: { ...newcomer, associateId: 'g7' } });
  expect(json['associate']).toEqual({ id: 'g7', name: '林小雨' });
  const unassigned = await admin('POST', '/members', { body: { ...newcomer, associateId: null } });
  expect(unassigned.json['associate']).toBeNull();
});

test('children given by hand are kept, and say what stage of life they bring; a till sees the stage alone', async () => {
  const { admin, pos } = await openOffice({ now: '2026-11-22 15:00' });
  const children = [{ born: '2027-03-01', isExpected: true }, { born: '2023-11-21' }];
  const { json } = await admin('POST', '/members', { body: { ...newcomer, children } });
  expect(json).toMatchObject({
    stages: ['pregnant', 'months-over-36'],
    children: [
      { born: '2027-03-01', isExpected: true },
      { born: '2023-11-21', isExpected: false },
    ],
  });
  const again = await admin('POST', '/members', { body: newcomer });
  expect(again.json['stages']).toEqual(['pregnant', 'months-over-36']);
  const atTill = await pos('GET', `/members/${String(json['id'])}`);
  expect(atTill.json).toMatchObject({ stages: ['pregnant', 'months-over-36'], children: [] });
});

test.each([
  ['a birthday tomorrow', { born: '2026-11-23' }, 'set isExpected'],
  ['a due date in 301 days', { born: '2027-09-19', isExpected: true }, 'too far away'],
  ['a due date long past', { born: '2026-10-24', isExpected: true }, 'was due before 2026-10-25'],
])('%s is refused, and no member is made (K-10)', async (_, child, said) => {
  const { admin } = await openOffice({ now: '2026-11-22 15:00' });
  const { json } = await admin('POST', '/members', { body: { ...newcomer, children: [child] } });
  expect(json).toMatchObject({ status: 422, code: 'invalid', field: 'children[0].born' });
  expect(json['detail']).toContain(said);
  expect(items(await admin('GET', '/members'))).toEqual([]);
});

test('a till sees 139****5487 where the office sees the whole number', async () => {
  const { admin, pos } = await openOffice();
  const { json } = await admin('POST', '/members', { body: newcomer });
  expect((await pos('GET', `/members/${String(json['id'])}`)).json['phone']).toBe('139****5487');
  expect(items(await pos('GET', '/members?phone=13912345487')).map(({ phone }) => phone)).toEqual([
    '139****5487',
  ]);
  expect((await pos('POST', '/members', { body: newcomer })).json['phone']).toBe('139****5487');
});

test('one number finds the member, two at a time are refused', async () => {
  const { admin } = await openOffice();
  const { json } = await admin('POST', '/members', {
    body: { ...newcomer, cardNo: '11', openid: 'oMember1' },
  });
  for (const query of ['phone=%2B8613912345487', 'externalId=M1001', 'cardNo=11', 'openid=oMember1']) {
    expect(items(await admin('GET', `/members?${query}`))).toEqual([json]);
  }
  expect(items(await admin('GET', '/members?phone=13912345488'))).toEqual([]);
  expect((await admin('GET', '/members?phone=139****5487')).json).toMatchObject({
    code: 'invalid',
    field: 'phone',
  });
  expect((await admin('GET', '/members?phone=13912345487&cardNo=11')).status).toBe(422);
  expect((await admin('GET', '/members?phnoe=13912345487')).json).toMatchObject({
    code: 'invalid',
    field: 'phnoe',
  });
});

test('a member nobody can be found by is refused, naming the field', async () => {
  const { admin } = await openOffice();
  const masked = await admin('POST', '/members', { body: { phone: '139****5487' } });
  expect(masked.json).toMatchObject({ status: 422, code: 'invalid', field: 'phone' });
  const nameless = await admin('POST', '/members', { body: { name: '陈小满' } });
  expect(nameless.json).toMatchObject({ status: 422, field: 'externalId' });
  const stranger = await admin('POST', '/members', { body: { ...newcomer, source: 'nowhere' } });
  expect(stranger.json).toMatchObject({ status: 422, field: 'source' });
});

test('an unknown member is a 404', async () => {
  const { admin } = await openOffice();
  for (const path of ['', '/ledger', '/coupons', '/sales', '/timeline']) {
    const { json } = await admin('GET', `/members/m_NOBODY${path}`);
    expect(json).toMatchObject({ status: 404, code: 'unknown_member' });
  }
});

test('a merged member answers with the survivor, in every list too', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A', member: { externalId: 'M1' }, at: '2026-11-20 10:00' }));
  await shop.tell(sale({ orderNo: 'B', member: { externalId: 'M2' }, at: '2026-11-21 10:00' }));
  const from = memberId(shop.db, 'ext:pos:M2');
  const into = memberId(shop.db, 'ext:pos:M1');
  await shop.tell({
    type: 'member.merged',
    id: 'merge',
    occurredAt: rfc3339('2026-11-22 10:00'),
    data: { from: { externalId: 'M2' }, into: { externalId: 'M1' } },
  });
  const { json } = await admin('GET', `/members/${from}`);
  expect(json).toMatchObject({ id: into, points: 200, stats: { orders: 2, spentFen: 20_000 } });
  const sales = items(await admin('GET', `/members/${from}/sales`));
  expect(sales.map(({ orderNo }) => orderNo)).toEqual(['B', 'A']);
  expect(items(await admin('GET', '/members')).map(({ id }) => id)).toEqual([into]);
});

test('a sale shows as points, growth, order count and the tags of its goods', async () => {
  const { admin, shop } = await openOffice();
  await admin('PUT', '/products/milk', { body: { name: '奶粉', tags: ['奶粉客'] } });
  await shop.tell(sale({ lines: [line({ quantity: '0.515', amountFen: 20_720 })] }));
  const id = memberId(shop.db, 'ext:pos:M1');
  expect((await admin('GET', `/members/${id}`)).json).toMatchObject({
    tags: ['奶粉客'],
    points: 207,
    accounts: { growth: 207, wallet: 0, principal: 0, bonus: 0 },
    stats: {
      orders: 1,
      spentFen: 20_720,
      firstAt: '2026-11-22T06:59:00.000Z',
      lastAt: '2026-11-22T06:59:00.000Z',
    },
  });
  expect(items(await admin('GET', `/members/${id}/ledger?account=points`))).toEqual([
    { seq: 1, delta: 207, balance: 207, cause: 'sale:pos:8005-372', at: '2026-11-22T06:59:00.000Z' },
  ]);
  const [sold] = items(await admin('GET', `/members/${id}/sales`));
  expect(sold).toMatchObject({
    id: 'pos:8005-372',
    occurredOn: '2026-11-22',
    keptFen: 20_720,
    lines: [{ lineNo: '1', sku: 'milk', name: '奶粉', quantity: '0.515', paidFen: 20_720 }],
  });
});

test('a sale told for the record says so, and earned nothing', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell({ ...sale({ orderNo: 'old' }), history: true }, sale({ orderNo: 'new' }));
  const sold = items(await admin('GET', `/members/${memberId(shop.db, 'ext:pos:M1')}/sales`));
  const shown = sold.map(({ orderNo, history, points }) => [orderNo, [history, points]]);
  expect(Object.fromEntries(shown)).toEqual({ old: [true, 0], new: [false, 100] });
});

test('pages of members do not shift when somebody new comes in between', async () => {
  const { admin } = await openOffice();
  const register = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from }, (_, place) =>
        admin('POST', '/members', { body: { externalId: `M${from + place}` } }),
      ),
    );
  await register(0, 7);
  const all = items(await admin('GET', '/members')).map(({ id }) => id);
  expect((await pages(admin, '/members', 3)).flat().map(({ id }) => id)).toEqual(all);
  const first = await admin('GET', '/members?limit=3');
  await register(7, 9);
  const second = await admin('GET', `/members?limit=3&after=${String(first.json['next'])}`);
  const seen = [...items(first), ...items(second)].map(({ id }) => id);
  expect(new Set(seen).size).toBe(6);
  expect(seen.map(String)).toEqual(seen.map(String).toSorted((a, b) => (a < b ? -1 : 1)));
});
