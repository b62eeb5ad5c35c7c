/** 储值: K-34, K-35, G-10, Q-8: topped up by plans, spent up to the shop's part of a bill, given back into the parts that were spent. */
import { expect, test } from 'vitest';
import { recharge, sale, template } from '../../support/builders.ts';
import { balanceOf, inboxRows, ledgerFaults, memberId, memberRows } from '../../support/shop.ts';
import { openOffice, type Json, type Office } from '../support.ts';

/** 充100得300, as the case has it; and both other ways to write it. */
const plans = [
  { name: '充100得300', paidFen: 10_000, principalFen: 0, bonusFen: 30_000 },
  { name: '充100送200', paidFen: 10_000, principalFen: 10_000, bonusFen: 20_000 },
  { name: '充100送300', paidFen: 10_000, principalFen: 10_000, bonusFen: 30_000 },
];
type Rules = { ceilingPercent?: number; spendFirst?: 'principal' | 'bonus' | 'in-proportion' };

type Card = Office & {
  readonly id: string;
  readonly act: (what: string, body: object) => Promise<{ status: number; json: Json }>;
  readonly look: (payableFen?: number) => Promise<Json>;
};

async function open(rules: Rules = { ceilingPercent: 10 }): Promise<Card> {
  const office = await openOffice({ templates: [template('满80减8')] });
  await office.admin('PUT', '/settings', { body: { storedValue: { plans, ...rules } } });
  await office.shop.tell(sale({ member: { externalId: 'M1', phone: '13912345487' } }));
  const id = memberId(office.shop.db, 'ext:pos:M1');
  const path = `/members/${id}/stored-value`;
  return {
    ...office,
    id,
    act: (what, body) => office.admin('POST', `${path}/${what}`, { body: { store: '8005', ...body } }),
    look: async (payableFen) =>
      (await office.pos('GET', payableFen === undefined ? path : `${path}?payableFen=${payableFen}`)).json,
  };
}
const topUp = ({ act }: Card, plan = '充100得300', rechargeNo = 'CZ1') =>
  act('top-ups', { rechargeNo, plan });
const pay = ({ act }: Card, spendNo: string, payableFen: number, amountFen: number) =>
  act('spends', { spendNo, payableFen, amountFen });

test('K-34: with 300 on the card and 10 percent a time, a sale of 250.00 takes 25.00 and one of 299.99 takes 29.99', async () => {
  const card = await open();
  expect((await topUp(card)).json).toMatchObject({
    bonusFen: 30_000,
    left: { principalFen: 0, bonusFen: 30_000 },
  });
  expect(await card.look(25_000)).toMatchObject({ usableFen: 2_500 });
  expect(await card.look(29_999)).toMatchObject({ usableFen: 2_999 });
});

test('K-34: with 12.00 left, a sale of 500 takes 12.00', async () => {
  const card = await open();
  await topUp(card);
  expect((await pay(card, 'A', 288_000, 28_800)).status).toBe(201);
  expect(await card.look(50_000)).toMatchObject({ usableFen: 1_200, leftFen: 1_200 });
});

test('G-10: ten sales of 300 use up the 300; there is nothing for the eleventh', async () => {
  const card = await open();
  await topUp(card);
  for (let time = 1; time <= 10; time += 1)
    expect((await pay(card, `S${time}`, 30_000, 3_000)).json).toMatchObject({
      bonusFen: 3_000,
      left: { bonusFen: 30_000 - time * 3_000 },
    });
  expect((await pay(card, 'S11', 30_000, 3_000)).json).toMatchObject({
    code: 'insufficient',
    numbers: { have: 0, need: 3_000 },
    detail: '储值不够：可以用的有 0元，要用 30元。',
  });
});

test.each([
  ['充100得300', 0, 30_000],
  ['充100送200', 10_000, 20_000],
  ['充100送300', 10_000, 30_000],
])(
  'Q-8: %s puts %d fen of principal and %d of bonus on the card; 100 were paid',
  async (plan, principalFen, bonusFen) => {
    const card = await open();
    await topUp(card, plan);
    expect(await card.look()).toMatchObject({ paidFen: 10_000, principalFen, bonusFen });
  },
);

test('one fen more than its part of the bill is refused with the numbers, and nothing is spent', async () => {
  const card = await open();
  await topUp(card);
  expect(await pay(card, 'A', 29_999, 3_000)).toMatchObject({
    status: 409,
    json: {
      code: 'above_ceiling',
      numbers: { amountFen: 3_000, usableFen: 2_999, payableFen: 29_999, percent: 10 },
    },
  });
  expect(await card.look()).toMatchObject({ spentFen: 0, leftFen: 30_000 });
});

test('a quote says how much of what is left after coupons is paid with the card: 29.99 of 299.99, and 29.19 where a coupon takes 8 off', async () => {
  const card = await open();
  await topUp(card);
  const quote = async (member: object | null) =>
    (
      await card.pos('POST', '/quotes', {
        body: { store: '8005', member, lines: [{ sku: 'milk', quantity: '1', amountFen: 29_999 }] },
      })
    ).json;
  const m1 = { externalId: 'M1' };
  expect(await quote(m1)).toMatchObject({ storedValue: { usableFen: 2_999, leftFen: 30_000 } });
  expect(await quote(null)).toMatchObject({ storedValue: null });
  await card.admin('POST', `/members/${card.id}/coupons`, {
    body: { templateId: '满80减8', reason: '补发' },
  });
  expect(await quote(m1)).toMatchObject({
    payableFen: 29_199,
    storedValue: { usableFen: 2_919, leftFen: 30_000 },
  });
});

test('K-35: 5,000 put in and 1,200 spent are 5,000 altogether and 3,800 left', async () => {
  const card = await open({});
  await card.act('top-ups', { rechargeNo: 'CZ1', principalFen: 500_000 });
  await pay(card, 'A', 120_000, 120_000);
  expect(await card.look()).toEqual({
    openedFen: 0,
    paidFen: 500_000,
    rechargedFen: 500_000,
    givenFen: 0,
    spentFen: 120_000,
    backFen: 0,
    cashedOutFen: 0,
    forfeitedFen: 0,
    correctedFen: 0,
    leftFen: 380_000,
    principalFen: 380_000,
    bonusFen: 0,
    usableFen: null,
  });
});

test.each([
  ['principal', 10_000, 5_000],
  ['bonus', 0, 15_000],
  ['in-proportion', 5_000, 10_000],
] as const)(
  '150 of 100 principal and 200 bonus, %s first, are %d and %d; 60 back are 40 percent of each',
  async (spendFirst, principalFen, bonusFen) => {
    const card = await open({ spendFirst });
    await topUp(card, '充100送200');
    expect((await pay(card, 'A', 15_000, 15_000)).json).toMatchObject({ principalFen, bonusFen });
    const back = await card.act('refunds', { refundNo: 'T1', spendNo: 'A', amountFen: 6_000 });
    expect(back.json).toMatchObject({ principalFen: principalFen * 0.4, bonusFen: bonusFen * 0.4 });
    expect((await card.act('refunds', { refundNo: 'T2', spendNo: 'A' })).json).toMatchObject({
      left: { principalFen: 10_000, bonusFen: 20_000 },
    });
    expect((await card.act('refunds', { refundNo: 'T3', spendNo: 'A', amountFen: 1 })).json).toMatchObject({
      code: 'more_than_spent',
      numbers: { have: 0, need: 1 },
    });
  },
);

test('everything is done once for its number, and another amount under it is refused', async () => {
  const card = await open({});
  for (const _ of [1, 2]) {
    await topUp(card, '充100送200');
    await pay(card, 'A', 15_000, 15_000);
    await card.act('refunds', { refundNo: 'T1', spendNo: 'A', amountFen: 6_000 });
    await card.act('cash-outs', { cashOutNo: 'K1', principalFen: 1_000 });
  }
  expect(await card.look()).toMatchObject({ spentFen: 15_000, backFen: 6_000, cashedOutFen: 1_000 });
  const others = [
    topUp(card, '充100送300'),
    pay(card, 'A', 15_000, 14_999),
    card.act('refunds', { refundNo: 'T1', spendNo: 'A', amountFen: 5_999 }),
    card.act('cash-outs', { cashOutNo: 'K1', principalFen: 999 }),
  ];
  for (const { json } of await Promise.all(others)) expect(json).toMatchObject({ code: 'number_taken' });
  expect(ledgerFaults(card.shop.db)).toEqual([]);
});

test('a hundred spendings of 10 at once from a card of 300 are thirty; it never goes below zero', async () => {
  const card = await open({});
  await topUp(card);
  const tries = await Promise.all(
    Array.from({ length: 100 }, (_, time) => pay(card, `S${time}`, 100_000, 1_000)),
  );
  const counts = Map.groupBy(tries, ({ status }) => status);
  // Who met too many others asks again.
  let done = counts.get(201)?.length ?? 0;
  for (let time = 0; time < 100; time += 1) {
    if (tries[time]?.status === 503 && (await pay(card, `S${time}`, 100_000, 1_000)).status === 201)
      done += 1;
  }
  expect(done).toBe(30);
  expect(await card.look()).toMatchObject({ spentFen: 30_000, leftFen: 0 });
  expect(ledgerFaults(card.shop.db)).toEqual([]);
});

test('paid out is principal alone: 40 of 100 take 40 percent of the bonus with them, the rest all of it', async () => {
  const card = await open({});
  await topUp(card, '充100送200');
  expect((await card.act('cash-outs', { cashOutNo: 'K1', principalFen: 4_000 })).json).toMatchObject({
    principalFen: 4_000,
    bonusFen: 8_000,
    left: { principalFen: 6_000, bonusFen: 12_000 },
  });
  expect((await card.act('cash-outs', { cashOutNo: 'K2', principalFen: 6_001 })).json).toMatchObject({
    code: 'insufficient',
    numbers: { have: 6_000, need: 6_001 },
  });
  await card.act('cash-outs', { cashOutNo: 'K3', principalFen: 6_000 });
  expect(await card.look()).toMatchObject({ cashedOutFen: 10_000, forfeitedFen: 20_000, leftFen: 0 });
  const path = `/members/${card.id}/stored-value/cash-outs`;
  const body = { store: '8005', cashOutNo: 'K4', principalFen: 1 };
  expect((await card.pos('POST', path, { body })).status).toBe(403);
});

test('a top-up is called off while it is all there, once, and counts as if it had never been', async () => {
  const card = await open({});
  await topUp(card, '充100送200', 'CZ1');
  await topUp(card, '充100送200', 'CZ2');
  await card.act('reversals', { rechargeNo: 'CZ1' });
  await card.act('reversals', { rechargeNo: 'CZ1' });
  expect(await card.look()).toMatchObject({ paidFen: 10_000, rechargedFen: 10_000, leftFen: 30_000 });
  await pay(card, 'A', 1, 1);
  expect((await card.act('reversals', { rechargeNo: 'CZ2' })).json).toMatchObject({
    code: 'insufficient',
    numbers: { have: 29_999, need: 30_000 },
  });
  expect((await card.act('reversals', { rechargeNo: 'CZ9' })).json).toMatchObject({
    code: 'unknown_recharge',
  });
});

test('a plan that nobody knows, or another price than its own, is refused by name', async () => {
  const card = await open({});
  expect((await topUp(card, '充200')).json).toMatchObject({ status: 404, code: 'unknown_plan' });
  expect(
    (await card.act('top-ups', { rechargeNo: 'C', plan: '充100得300', paidFen: 9_900 })).json,
  ).toMatchObject({ status: 422, code: 'amount_differs', numbers: { toldFen: 9_900, dueFen: 10_000 } });
  expect((await card.act('top-ups', { rechargeNo: 'C' })).json).toMatchObject({ field: 'plan' });
  const bad = [{ name: '多了', paidFen: 100, principalFen: 101 }];
  expect(
    (await card.admin('PUT', '/settings', { body: { storedValue: { plans: bad } } })).json,
  ).toMatchObject({
    field: 'storedValue.plans[0].principalFen',
  });
});

const told = (type: string, id: string, data: object) =>
  ({
    type,
    id,
    occurredAt: '2026-11-22T15:00:00+08:00',
    data: { store: { id: '8005' }, member: { externalId: 'M1' }, ...data },
  }) as never;
const states = ({ shop }: Office) => inboxRows(shop.db).map(({ state, note }) => [state, note]);

test('a till tells it all by events: by plan, spent, back, called off, paid out; twice is once, and an API call of the same number too', async () => {
  const card = await open({});
  const events = [
    told('stored_value.recharged', 'a', { rechargeNo: 'CZ1', plan: '充100送200' }),
    told('stored_value.recharged', 'b', { rechargeNo: 'CZ2', principalFen: 5_000 }),
    told('stored_value.spent', 'c', { spendNo: 'S1', amountFen: 18_000 }),
    told('stored_value.refunded', 'd', { refundNo: 'T1', spendNo: 'S1', amountFen: 9_000 }),
    told('stored_value.reversed', 'e', { rechargeNo: 'CZ2' }),
    told('stored_value.cashed_out', 'f', { cashOutNo: 'K1', principalFen: 1_000 }),
  ];
  await card.shop.tell(...events);
  await card.shop.tell(
    ...events.map((one: object) => ({ ...one, id: `again-${String((one as Json)['id'])}` }) as never),
  );
  expect(states(card).map(([state]) => state)).toEqual([
    'done',
    ...events.map(() => 'done'),
    ...events.map(() => 'ignored'),
  ]);
  const sums = await card.look();
  // 150 + 200 in; 150 principal and 30 bonus spent; 75 and 15 back; 50 called off; 10 of 25 out with 40 percent of 185.
  expect(sums).toMatchObject({
    rechargedFen: 10_000,
    givenFen: 20_000,
    spentFen: 18_000,
    backFen: 9_000,
    cashedOutFen: 1_000,
    forfeitedFen: 7_400,
    principalFen: 1_500,
    bonusFen: 11_100,
    leftFen: 12_600,
  });
  await pay(card, 'S1', 100_000, 18_000);
  expect(await card.look()).toEqual(sums);
});

test('what a till tells and cannot be is left for a person with the numbers, and moves nothing', async () => {
  const card = await open({});
  await card.shop.tell(
    recharge({ principalFen: 1_200, bonusFen: 0 }),
    told('stored_value.spent', 'a', { spendNo: 'S1', amountFen: 5_000 }),
    told('stored_value.spent', 'b', { spendNo: 'S2', amountFen: 1, member: { externalId: 'M9' } }),
    told('stored_value.refunded', 'c', { refundNo: 'T1', spendNo: 'S9', amountFen: 1 }),
    told('stored_value.recharged', 'd', { rechargeNo: 'CZ9', plan: '没有的' }),
    told('stored_value.spent', 'e', { spendNo: 'S3' }),
  );
  expect(states(card).slice(2)).toMatchObject([
    ['parked', { code: 'STORED', number: 'S1', miss: { reason: 'INSUFFICIENT', have: 1_200, need: 5_000 } }],
    ['parked', { code: 'IDENTITY_MISSING' }],
    // It may be told yet.
    ['waiting', { code: 'SALE_AWAITED' }],
    ['parked', { code: 'STORED', miss: { reason: 'UNKNOWN_PLAN' } }],
    ['parked', { code: 'UNREADABLE' }],
  ]);
  expect(await card.look()).toMatchObject({ leftFen: 1_200 });
});

test('money on a card is counted once: putting it in is no turnover and earns nothing, the sale paid with it is and does', async () => {
  const card = await open({});
  const before = memberRows(card.shop.db).map(({ spentFen }) => spentFen);
  await card.act('top-ups', { rechargeNo: 'CZ1', principalFen: 20_000 });
  await pay(card, 'B', 12_000, 12_000);
  expect(memberRows(card.shop.db).map(({ spentFen }) => spentFen)).toEqual(before);
  const points = balanceOf(card.shop.db, 'ext:pos:M1');
  await card.shop.tell(
    sale({
      orderNo: 'B',
      at: '2026-11-22 15:00',
      lines: [{ sku: 'milk', quantity: '1', amountFen: 12_000 }],
      payments: [{ method: 'stored_value', amountFen: 12_000 }],
    }),
  );
  expect(memberRows(card.shop.db).map(({ spentFen }) => spentFen)).toEqual([(before[0] ?? 0) + 12_000]);
  expect(balanceOf(card.shop.db, 'ext:pos:M1')).toBe(points + 120);
  expect(await card.look()).toMatchObject({ leftFen: 8_000 });
});

test('a balance that was brought wrong is put right once for its number, with a reason, and never below zero', async () => {
  const card = await open({});
  await topUp(card, '充100送200');
  const path = `/members/${card.id}/stored-value/corrections`;
  const put = (correctionNo: string, principalFen: number, bonusFen: number) =>
    card.admin('POST', path, { body: { correctionNo, principalFen, bonusFen, reason: '旧系统抄错了' } });
  for (const _ of [1, 2])
    expect(await put('G1', -4_000, 500)).toMatchObject({
      status: 201,
      json: { principalFen: -4_000, bonusFen: 500, left: { principalFen: 6_000, bonusFen: 20_500 } },
    });
  expect((await put('G1', -4_001, 500)).json).toMatchObject({ code: 'number_taken' });
  expect((await put('G2', -6_001, 0)).json).toMatchObject({
    code: 'insufficient',
    numbers: { have: 6_000, need: 6_001 },
  });
  expect((await put('G3', 0, 0)).status).toBe(422);
  expect(await card.look()).toMatchObject({ correctedFen: -3_500, leftFen: 26_500 });
  expect(ledgerFaults(card.shop.db)).toEqual([]);
  const body = { correctionNo: 'G4', principalFen: 1, reason: '试试' };
  expect((await card.pos('POST', path, { body })).status).toBe(403);
});
