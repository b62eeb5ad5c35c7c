/** 欠会员的账: what the shop owes its members, closed a day at a time; of any history it is what the ledgers say, to the unit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  EventId,
  type CampaignId,
  type MemberId,
  type MemberTold,
  type TransferChanged,
} from '../../schema/index.ts';
import { correctPoints } from '../../workers/commands/members/correct-points.ts';
import { split, unite } from '../../workers/commands/members/merge.ts';
import { askWithdrawal } from '../../workers/commands/members/withdraw.ts';
import { configCache } from '../../workers/db/world/config.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { addDays, localDate } from '../../workers/decide/plain/dates.ts';
import { openOffice, type Office } from '../api/support.ts';
import { at, campaign, line, refund, rfc3339, sale, store, template, voided } from '../support/builders.ts';
import { ledgerFaults } from '../support/shop.ts';
import { closeBooks, closesOf, daysOf, faultsOf, ledgersAt, rowsBehind, waitingAt } from '../support/owed.ts';

const zone = 'Asia/Shanghai';
const voucher = template('618', {
  kind: 'presale',
  priceFen: 1_000,
  saleFrom: rfc3339('2026-01-01 00:00'),
  saleTo: rfc3339('2027-12-31 00:00'),
  valueFen: 2_000,
  scope: {},
  validity: { relative: { afterDays: 0, forDays: 3 } },
});

const open = (
  points: object = {},
  more: { readonly campaigns?: []; readonly settings?: object } = {},
): Promise<Office> =>
  openOffice({
    now: '2026-11-02 12:00',
    stores: [store(), store({ id: '8006' })],
    templates: [voucher, template('618-free')],
    campaigns: more.campaigns ?? [],
    settings: { points, ...more.settings } as never,
  });

/** Everything that gives and takes at once: gifts for what happens, levels that multiply and hold back, points as money, payouts. */
const gifts = {
  conditions: [],
  rewards: [
    { kind: 'points', points: 7 },
    { kind: 'red-packet', minFen: 100, maxFen: 300 },
  ],
} as const;
const busy = {
  campaigns: [
    campaign('bought', gifts as never),
    campaign('topped-up', { ...gifts, trigger: 'stored_value.recharged' } as never),
    campaign('checked-in', { ...gifts, trigger: 'member.checked_in' } as never),
    campaign('risen', { ...gifts, trigger: 'level.reached' } as never),
    campaign('new', { ...gifts, trigger: 'member.created' } as never),
  ] as never,
  settings: {
    publicUrl: 'https://shop.example',
    payout: { mode: 'transfer', minFen: 100, maxFen: 20_000 },
    checkIn: { on: true },
    pointsAsMoney: { on: true, leastPoints: 10, stepPoints: 10 },
    levels: {
      list: [
        { name: '普通', walletMonthFen: 700 },
        { name: 'VIP', amountFen: 30_000, pointsPercent: 150, walletMonthFen: 900 },
      ],
    },
  },
};

/** Tells the shop as its till would, at the clock's own time. */
const tillOf = (office: Office) => {
  const { shop } = office;
  let count = 0;
  const when = (): string => new Date(shop.clock.now).toISOString();
  return {
    sell: (who: number, orderNo: string, yuan: number, storeId = '8005') =>
      shop.tell({
        ...sale({
          orderNo,
          member: { externalId: `M${who}`, openid: `o${who}` },
          lines: [line({ amountFen: yuan * 100 })],
          store: storeId,
        }),
        occurredAt: when(),
      } as never),
    giveBack: (orderNo: string, refundNo: string, yuan: number) =>
      shop.tell({
        ...refund({ orderNo, refundNo, lines: [line({ originalLineNo: '1', amountFen: yuan * 100 })] }),
        occurredAt: when(),
      } as never),
    undo: (orderNo: string) => shop.tell({ ...voided({ orderNo }), occurredAt: when() } as never),
    stored: (type: string, who: number, data: object, storeId = '8005') =>
      shop.tell({
        type: `stored_value.${type}`,
        id: `sv${(count += 1)}`,
        occurredAt: when(),
        data: { store: { id: storeId }, member: { externalId: `M${who}` }, ...data },
      } as never),
    tell: (type: string, data: object) =>
      shop.tell({ type, id: `t${(count += 1)}`, occurredAt: when(), ...data } as never),
  };
};

const idOf = (office: Office, who: number): MemberId | null => {
  const [row] = office.shop.db.all(`SELECT member_id AS id FROM identities WHERE key = ?`, `ext:pos:M${who}`);
  return row ? (String(row['id']) as MemberId) : null;
};
const turn = ({ shop }: Office, local: string): void => void (shop.clock.now = at(local));

test('a day is closed an hour after it is over: 200 points of a sale, 300 put on a card and 120 spent from it', async () => {
  const office = await open();
  const till = tillOf(office);
  await till.stored('recharged', 1, { rechargeNo: 'C1', principalFen: 10_000, bonusFen: 20_000 });
  turn(office, '2026-11-03 00:59');
  await closeBooks(office.shop);
  expect(closesOf(office.shop).map(({ onDay }) => onDay)).toEqual(['2026-10-31', '2026-11-01']);
  turn(office, '2026-11-03 12:00');
  await closeBooks(office.shop);
  await till.sell(1, 'A', 200, '8006');
  await till.stored('spent', 1, { spendNo: 'S1', amountFen: 12_000 }, '8006');
  turn(office, '2026-11-04 01:00');
  await closeBooks(office.shop);
  expect(closesOf(office.shop)).toMatchObject([
    { onDay: '2026-10-31' },
    { onDay: '2026-11-01', points: 0, principal: 0, bonus: 0 },
    { onDay: '2026-11-02', points: 0, principal: 10_000, bonus: 20_000, worthFen: 100 },
    { onDay: '2026-11-03', points: 200, pending: 0, principal: 0, bonus: 18_000 },
  ]);
  expect(daysOf(office.shop)).toEqual([
    { onDay: '2026-11-02', account: 'bonus', move: 'put-in', storeId: '8005', amount: 20_000 },
    { onDay: '2026-11-02', account: 'principal', move: 'put-in', storeId: '8005', amount: 10_000 },
    { onDay: '2026-11-03', account: 'bonus', move: 'spent', storeId: '8006', amount: -2_000 },
    { onDay: '2026-11-03', account: 'points', move: 'earned', storeId: '8006', amount: 200 },
    { onDay: '2026-11-03', account: 'principal', move: 'spent', storeId: '8006', amount: -10_000 },
  ]);
});

test('the API tells of each closed day what it began with, what moved, and what it ended with', async () => {
  const office = await open({ pendingDays: 7 });
  const till = tillOf(office);
  turn(office, '2026-11-03 12:00');
  await closeBooks(office.shop);
  await till.sell(1, 'A', 250);
  turn(office, '2026-11-04 12:00');
  await closeBooks(office.shop);
  const { json } = await office.admin('GET', '/owed?month=2026-11');
  expect(json).toMatchObject({
    closedTo: '2026-11-03',
    days: [
      { day: '2026-11-02', pendingPoints: 0 },
      { day: '2026-11-03', pendingPoints: 250, worthFen: 100, pointsWorthFen: 250 },
    ],
  });
  expect((json['days'] as { accounts: unknown[] }[])[1]?.accounts[0]).toEqual({
    account: 'points',
    opening: 0,
    moves: [{ move: 'earned', storeId: '8005', amount: 250 }],
    closing: 250,
  });
  expect((await office.admin('GET', '/owed?month=2026-13')).status).toBe(422);
});

test('a sale of Monday that the till tells on Wednesday stands in Wednesday, and Monday stays as it was closed', async () => {
  const office = await open();
  const till = tillOf(office);
  turn(office, '2026-11-03 02:00');
  await closeBooks(office.shop);
  const monday = closesOf(office.shop);
  turn(office, '2026-11-04 12:00');
  await office.shop.tell(
    sale({
      orderNo: 'late',
      at: '2026-11-02 11:00',
      member: { externalId: 'M1' },
      lines: [line({ amountFen: 5_000 })],
    }),
  );
  await till.sell(1, 'B', 30);
  turn(office, '2026-11-05 02:00');
  await closeBooks(office.shop);
  expect(closesOf(office.shop).slice(0, 2)).toEqual(monday);
  expect(daysOf(office.shop)).toEqual([
    { onDay: '2026-11-04', account: 'points', move: 'earned', storeId: '8005', amount: 80 },
  ]);
});

test('vouchers: two are sold for 10 each, one is paid back, and the other is kept by the shop when its day is over', async () => {
  const office = await open();
  turn(office, '2026-11-03 02:00');
  await closeBooks(office.shop);
  turn(office, '2026-11-03 12:00');
  const sold = await office.pos('POST', '/voucher-sales', {
    body: { saleNo: 'Y1', store: '8005', templateId: '618', member: { externalId: 'M1' }, count: 2 },
  });
  const [first] = sold.json['coupons'] as { code: string }[];
  await office.pos('POST', '/voucher-refunds', {
    body: { saleNo: 'Y1', store: '8005', codes: [first?.code] },
  });
  for (const day of ['2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07', '2026-11-08', '2026-11-09']) {
    turn(office, `${day} 02:00`);
    await closeBooks(office.shop);
  }
  expect(closesOf(office.shop).map(({ prepaid }) => prepaid)).toEqual([0, 0, 1_000, 1_000, 1_000, 0, 0, 0]);
  expect(daysOf(office.shop)).toEqual([
    { onDay: '2026-11-03', account: 'prepaid', move: 'paid-out', storeId: '8005', amount: -1_000 },
    { onDay: '2026-11-03', account: 'prepaid', move: 'put-in', storeId: '8005', amount: 2_000 },
    { onDay: '2026-11-06', account: 'prepaid', move: 'expired', storeId: '', amount: -1_000 },
  ]);
});

test('two members with 100 and 50 waiting points become one with 150, which is no movement; she is erased, and 150 are owed no more', async () => {
  const office = await open({ pendingDays: 7 });
  const { shop } = office;
  const till = tillOf(office);
  turn(office, '2026-11-03 12:00');
  await closeBooks(shop);
  await till.sell(1, 'A', 100);
  await till.sell(2, 'B', 50);
  await till.tell('member.merged', { data: { from: { externalId: 'M1' }, into: { externalId: 'M2' } } });
  turn(office, '2026-11-04 12:00');
  await closeBooks(shop);
  await till.tell('member.deleted', { data: { externalId: 'M2' } });
  turn(office, '2026-11-05 02:00');
  await closeBooks(shop);
  expect(closesOf(shop).slice(-2)).toMatchObject([
    { onDay: '2026-11-03', points: 150, pending: 150 },
    { onDay: '2026-11-04', points: 0, pending: 0 },
  ]);
  expect(daysOf(shop)).toEqual([
    { onDay: '2026-11-03', account: 'points', move: 'earned', storeId: '8005', amount: 150 },
    { onDay: '2026-11-03', account: 'points', move: 'moved', storeId: '', amount: 0 },
    { onDay: '2026-11-04', account: 'points', move: 'expired', storeId: '', amount: -150 },
  ]);
});

type Op =
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'sell' | 'put' | 'spend' | 'out' | 'correct'; readonly who: number; readonly yuan: number }
  | {
      readonly do: 'return' | 'void' | 'back' | 'reverse' | 'redeem';
      readonly pick: number;
      readonly yuan: number;
    }
  | { readonly do: 'voucher' | 'forget' | 'check-in' | 'exchange'; readonly who: number }
  | {
      readonly do: 'pay' | 'move-in' | 'withdraw' | 'correct-card';
      readonly who: number;
      readonly yuan: number;
    }
  | {
      readonly do: 'unpay' | 'unexchange' | 'split' | 'fails' | 'rebuy' | 'take-back';
      readonly pick: number;
      readonly yuan: number;
    }
  | { readonly do: 'merge' | 'unite'; readonly who: number; readonly into: number };
const who = fc.nat(3);
const pick = fc.nat(6);
const yuan = fc.integer({ min: 1, max: 300 });
const some = (names: readonly Op['do'][], rest: object) =>
  fc.record({ do: fc.constantFrom(...names), ...rest }) as unknown as fc.Arbitrary<Op>;
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: some(['wait'], { days: fc.constantFrom(1, 1, 1, 2, 8, 40) }) },
  { weight: 9, arbitrary: some(['sell', 'put', 'spend', 'out', 'correct'], { who, yuan }) },
  { weight: 6, arbitrary: some(['return', 'void', 'back', 'reverse', 'redeem'], { pick, yuan }) },
  { weight: 2, arbitrary: some(['voucher', 'forget'], { who }) },
  { weight: 6, arbitrary: some(['pay', 'pay', 'move-in', 'withdraw', 'correct-card'], { who, yuan }) },
  { weight: 3, arbitrary: some(['check-in', 'exchange'], { who }) },
  {
    weight: 5,
    arbitrary: some(['unpay', 'unexchange', 'split', 'fails', 'rebuy', 'take-back'], { pick, yuan }),
  },
  { weight: 2, arbitrary: some(['merge', 'unite', 'unite'], { who, into: who }) },
);

/** Lives a history, and closes every day of it at two at night. */
async function live(ops: readonly Op[], points: object): Promise<Office> {
  const office = await open(points, busy);
  const { shop } = office;
  const paying = { ...shop.engine, config: configCache(shop.engine.db, { canPay: true }) };
  const item = await office.admin('POST', '/exchange-items', {
    body: { name: '券', templateId: '618-free', points: 30 },
  });
  const paid: { who: number; no: string }[] = [];
  const exchanges: string[] = [];
  const unions: { fromId: MemberId; intoId: MemberId }[] = [];
  const asked: string[] = [];
  const note = (name: Op['do'], isDone: boolean): void => {
    if (isDone) happened[name] = (happened[name] ?? 0) + 1;
  };
  const till = tillOf(office);
  const orders: string[] = [];
  const spends: { who: number; no: string }[] = [];
  const puts: { who: number; no: string }[] = [];
  const codes: string[] = [];
  let count = 0;
  const next = (mark: string): string => `${mark}${(count += 1)}`;
  const storeOf = (): string => (count % 2 === 0 ? '8005' : '8006');
  const nights = async (days: number): Promise<void> => {
    for (let night = 0; night < days; night += 1) {
      const today = localDate(shop.clock.now, zone);
      turn(office, `${addDays(today, 1)} 02:00`);
      // On some nights the clock stands still: then two days are closed on the next.
      if ((count + night) % 5 !== 4) {
        await closeBooks(shop);
        expect(closesOf(shop).at(-1)?.pending).toBe(waitingAt(shop, today));
      }
      turn(office, `${addDays(today, 1)} 12:00`);
    }
  };
  // Somebody is there to whom all this can happen.
  for (const who of [0, 1, 2]) {
    orders.push(next('O'));
    await till.sell(who, orders.at(-1) ?? '', 150 * (who + 1), storeOf());
  }
  for (const one of ops) {
    switch (one.do) {
      case 'wait':
        await nights(one.days);
        break;
      case 'sell':
        orders.push(next('O'));
        await till.sell(one.who, orders.at(-1) ?? '', one.yuan, storeOf());
        break;
      case 'pay': {
        const id = idOf(office, one.who);
        const no = next('O');
        const body = {
          store: storeOf(),
          orderNo: no,
          points: 10 * Math.ceil(one.yuan / 30),
          payableFen: 100_000,
        };
        if (id === null) break;
        const { status } = await office.pos('POST', `/members/${id}/point-spends`, { body });
        note('pay', status === 201);
        if (status !== 201) break;
        paid.push({ who: one.who, no });
        // Every third waits for its receipt for ever.
        if (one.yuan % 3 === 0) break;
        orders.push(no);
        const lines = [line({ amountFen: one.yuan * 100 })];
        const payments = [{ method: 'points', amountFen: body.points }];
        const told = sale({
          orderNo: no,
          member: { externalId: `M${one.who}` },
          lines,
          store: body.store,
          payments,
        } as never);
        await shop.tell({ ...told, occurredAt: new Date(shop.clock.now).toISOString() } as never);
        break;
      }
      case 'unpay': {
        const found = paid.at(one.pick % (paid.length || 1));
        const id = found && idOf(office, found.who);
        if (!found || id == null) break;
        const body = { store: '8005', orderNo: found.no };
        note(
          'unpay',
          (await office.pos('POST', `/members/${id}/point-spends/undo`, { body })).status === 200,
        );
        break;
      }
      case 'move-in': {
        const event: MemberTold = {
          type: 'member.updated',
          id: EventId.parse(next('mi')),
          namespace: 'pos',
          occurredAt: shop.clock.now,
          isFromFile: true,
          data: { externalId: `M${one.who}` } as never,
          movedIn: { points: one.yuan, principalFen: one.yuan * 10, bonusFen: one.yuan },
        };
        const { outcomes } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
        note(
          'move-in',
          [...outcomes.values()].some(({ verdict }) => verdict === 'applied'),
        );
        break;
      }
      case 'withdraw': {
        const id = idOf(office, one.who);
        if (id === null) break;
        const ask = { id: EventId.parse(next('w')), memberId: id, amountFen: 100 + (one.yuan % 7) * 50 };
        const answer = await askWithdrawal(paying, ask, shop.clock.now);
        note('withdraw', 'transfer' in answer);
        if ('transfer' in answer) asked.push(answer.transfer.outBillNo);
        break;
      }
      case 'fails': {
        const outBillNo = asked.at(one.pick % (asked.length || 1));
        if (outBillNo === undefined) break;
        const event = {
          type: 'transfer.changed',
          id: EventId.parse(next('tc')),
          namespace: '',
          occurredAt: shop.clock.now,
          outBillNo,
          amountFen: null,
          openid: null,
          transferBillNo: null,
          packageInfo: null,
          failReason: null,
          state: one.yuan % 2 === 0 ? 'failed' : 'paid',
        } as unknown as TransferChanged;
        const { outcomes, failed } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
        expect(failed).toEqual([]);
        note(
          'fails',
          [...outcomes.values()].some(({ verdict }) => verdict === 'applied'),
        );
        break;
      }
      case 'correct-card': {
        const id = idOf(office, one.who);
        const body = {
          correctionNo: next('cc'),
          principalFen: one.yuan - 150,
          bonusFen: 20 - one.yuan,
          reason: '数错了',
        };
        if (id === null) break;
        note(
          'correct-card',
          (await office.admin('POST', `/members/${id}/stored-value/corrections`, { body })).status < 300,
        );
        break;
      }
      case 'check-in': {
        const id = idOf(office, one.who);
        if (id !== null)
          note('check-in', (await office.pos('POST', `/members/${id}/check-ins`)).status === 201);
        break;
      }
      case 'exchange': {
        const id = idOf(office, one.who);
        if (id === null) break;
        const { status, json } = await office.pos('POST', `/members/${id}/exchanges`, {
          body: { itemId: item.json['id'] },
          headers: { 'idempotency-key': next('exchanged') },
        });
        note('exchange', status === 201);
        if (status === 201) exchanges.push(String(json['id']));
        break;
      }
      case 'unexchange': {
        const id = exchanges.at(one.pick % (exchanges.length || 1));
        if (id === undefined) break;
        const { status } = await office.admin('POST', `/exchanges/${id}/undo`, {
          body: { reason: '换错了' },
        });
        note('unexchange', status === 200);
        break;
      }
      case 'rebuy': {
        const no = orders.at(one.pick % (orders.length || 1));
        if (no === undefined) break;
        const told = sale({
          orderNo: no,
          version: next('9'),
          id: next('re'),
          member: { externalId: `M${one.yuan % 4}` },
          lines: [line({ amountFen: one.yuan * 100 })],
        });
        await shop.tell({ ...told, occurredAt: new Date(shop.clock.now).toISOString() } as never);
        break;
      }
      case 'take-back': {
        const [grant] = shop.db.all(
          `SELECT cause, member_id AS id, campaign_id AS campaign FROM grants WHERE times > 0 ORDER BY cause LIMIT 1 OFFSET ?`,
          one.pick,
        );
        if (!grant) break;
        const event = {
          type: 'grant.withdrawn',
          id: EventId.parse(next('tb')),
          namespace: '',
          occurredAt: shop.clock.now,
          campaignId: String(grant['campaign']) as CampaignId,
          cause: String(grant['cause']),
          saleId: null,
          memberId: String(grant['id']) as MemberId,
          marks: {},
        } as const;
        const { outcomes } = await processGroup(shop.engine, [{ event, seq: null }], shop.clock.now);
        note(
          'take-back',
          [...outcomes.values()].some(({ verdict }) => verdict === 'applied'),
        );
        break;
      }
      case 'unite': {
        const [fromId, intoId] = [idOf(office, one.who), idOf(office, one.into)];
        if (fromId === null || intoId === null || fromId === intoId) break;
        const done = await unite(shop.engine, { key: next('united'), fromId, intoId }, shop.clock.now);
        note('unite', 'member' in done);
        unions.push({ fromId, intoId });
        break;
      }
      case 'split': {
        const last = unions.at(-1);
        if (!last) break;
        const done = await split(shop.engine, { key: next('parted'), ...last }, shop.clock.now);
        note('split', 'member' in done);
        if ('member' in done) unions.pop();
        break;
      }
      case 'put':
        puts.push({ who: one.who, no: next('C') });
        await till.stored(
          'recharged',
          one.who,
          { rechargeNo: puts.at(-1)?.no, principalFen: one.yuan * 100, bonusFen: one.yuan },
          storeOf(),
        );
        break;
      case 'spend':
        spends.push({ who: one.who, no: next('S') });
        await till.stored(
          'spent',
          one.who,
          { spendNo: spends.at(-1)?.no, amountFen: one.yuan * 37 },
          storeOf(),
        );
        break;
      case 'out':
        await till.stored('cashed_out', one.who, { cashOutNo: next('X'), principalFen: one.yuan * 11 });
        break;
      case 'correct': {
        const id = idOf(office, one.who);
        const delta = one.yuan - 150 || 1;
        if (id !== null)
          await correctPoints(shop.engine, { key: next('k'), memberId: id, delta }, shop.clock.now);
        break;
      }
      case 'return':
        if (orders.at(one.pick % (orders.length || 1)) !== undefined)
          await till.giveBack(orders.at(one.pick % (orders.length || 1)) ?? '', next('R'), one.yuan);
        break;
      case 'void':
        if (orders.at(one.pick % (orders.length || 1)) !== undefined)
          await till.undo(orders.at(one.pick % (orders.length || 1)) ?? '');
        break;
      case 'back':
        if (spends.at(one.pick % (spends.length || 1)))
          await till.stored('refunded', spends.at(one.pick % (spends.length || 1))?.who ?? 0, {
            refundNo: next('B'),
            spendNo: spends.at(one.pick % (spends.length || 1))?.no,
            amountFen: one.yuan * 7,
          });
        break;
      case 'reverse':
        if (puts.at(one.pick % (puts.length || 1)))
          await till.stored('reversed', puts.at(one.pick % (puts.length || 1))?.who ?? 0, {
            rechargeNo: puts.at(one.pick % (puts.length || 1))?.no,
          });
        break;
      case 'voucher': {
        const sold = await office.pos('POST', '/voucher-sales', {
          body: {
            saleNo: next('Y'),
            store: '8005',
            templateId: '618',
            member: { externalId: `M${one.who}` },
          },
        });
        const [coupon] = (sold.json['coupons'] ?? []) as { code: string }[];
        if (coupon) codes.push(coupon.code);
        break;
      }
      case 'redeem': {
        const code = codes.at(one.pick % (codes.length || 1));
        const act = one.yuan % 3 === 0 ? 'undo' : 'redeem';
        if (code !== undefined)
          await office.pos('POST', `/coupons/${act}`, { body: { code, store: '8006', orderNo: `P${code}` } });
        break;
      }
      case 'forget':
        await till.tell('member.deleted', { data: { externalId: `M${one.who}` } });
        break;
      case 'merge': {
        const [from, into] = [idOf(office, one.who), idOf(office, one.into)];
        if (from === null || into === null || from === into) break;
        await till.tell('member.merged', {
          data: { from: { externalId: `M${one.who}` }, into: { externalId: `M${one.into}` } },
        });
        break;
      }
      default:
        one satisfies never;
    }
  }
  await nights(2);
  return office;
}
/** What was asked for and done, in all histories together. */
const happened: Record<string, number> = {};

test('after any history every day adds up, the last one is what the ledgers hold, and each row of them stands behind one number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(op, { minLength: 30, maxLength: 60 }),
      fc.constantFrom({}, { pendingDays: 7 }, { pendingDays: 3, expiry: { mode: 'months', months: 1 } }),
      async (ops, points) => {
        const { shop } = await live(ops, points);
        expect(faultsOf(shop)).toEqual([]);
        for (const { onDay, points, principal, bonus, wallet, prepaid } of closesOf(shop))
          expect({ onDay, points, principal, bonus, wallet, prepaid }).toEqual({
            onDay,
            ...ledgersAt(shop, onDay),
          });
        expect(rowsBehind(shop)).toEqual(daysOf(shop));
        expect(ledgerFaults(shop.db)).toEqual([]);
        expect(shop.db.all(`SELECT id FROM alerts WHERE kind = 'owed.differs'`)).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
  // A history that nothing happened in would show nothing.
  expect(Object.keys(happened)).toEqual(
    expect.arrayContaining(['pay', 'check-in', 'move-in', 'take-back', 'unite']),
  );
}, 120_000);
