/** 红包到微信: a packet goes on to the member's WeChat by itself, and a return finds it wherever it is (K-49, K-50, K-52). */
import { beforeEach, describe, expect, test } from 'vitest';
import { campaign, line, refund, sale, spend, voided, type SaleGiven } from '../support/builders.ts';
import { balanceOf, grantRows, ledgerFaults, ledgerRows, outboxRows, saleRows } from '../support/shop.ts';
import { isWrite, mentions } from '../support/faults.ts';
import { minuteMs, openPayShop, payout, type PayShop } from '../support/payout.ts';

const tier = (id: string, atLeast: number, fen: number, more: object = {}) =>
  campaign(id, {
    conditions: [spend(atLeast)],
    group: 'tiers',
    rewards: [{ kind: 'red-packet', minFen: fen, maxFen: fen }],
    ...more,
  });
/** 满188得3.20，满388得8.00: the best one only. */
const campaigns = [tier('188', 18_800, 320), tier('388', 38_800, 800)];

let here: PayShop;
beforeEach(async () => {
  here = await openPayShop({ campaigns });
});

const buy = (fen: number, given: SaleGiven = {}) =>
  sale({ member: { externalId: 'M1', openid: 'open-M1' }, lines: [line({ amountFen: fen })], ...given });
const wallet = (who = 'M1'): number => balanceOf(here.shop.db, `ext:pos:${who}`, 'wallet');
const moves = (): [number, string][] =>
  ledgerRows(here.shop.db)
    .filter(({ account }) => account === 'wallet')
    .map(({ delta, cause }) => [delta, cause.replace(/HK\w{28}/, 'HK…')]);
const transfers = () => here.rows().map(({ amountFen, state, kind }) => [amountFen, state, kind]);
const bill = (place = 0): string => here.rows()[place]?.outBillNo ?? '';
const settle = async () => {
  for (const { outBillNo } of here.rows())
    if (here.pay.bills.has(outBillNo)) here.pay.finishCancel(outBillNo);
  here.later(minuteMs);
  await here.round();
};

test('200.00 spent: 3.20 come into the wallet by the sale, leave it by the withdrawal, and wait in WeChat', async () => {
  await here.tell(buy(20_000));
  expect(moves()).toEqual([
    [320, 'sale:pos:8005-372/campaign:188'],
    [-320, 'withdrawal:HK…'],
  ]);
  expect(transfers()).toEqual([[320, 'asked', 'red-packet']]);
  await here.round();
  const kinds = outboxRows(here.shop.db).map(({ kind }) => kind);
  expect(kinds).toEqual(['sale-earned', 'transfer-waiting']);
  here.pay.confirm(bill());
  await here.notify(bill());
  expect([transfers(), wallet(), here.pay.paidFen()]).toEqual([[[320, 'paid', 'red-packet']], 0, 320]);
});

test('the sale told twice, and told again word for word, pays one packet', async () => {
  await here.tell(buy(20_000));
  await here.tell(buy(20_000), buy(20_000, { id: 'again' }));
  expect(transfers()).toEqual([[320, 'asked', 'red-packet']]);
});

test('a correction that earns 4.80 more pays the 4.80 as well', async () => {
  await here.tell(buy(20_000));
  await here.round();
  await here.tell(buy(40_000, { version: '2' }));
  expect(transfers()).toEqual([
    [320, 'waiting', 'red-packet'],
    [480, 'asked', 'red-packet'],
  ]);
});

describe('a packet stays in the wallet', () => {
  test.each([
    ['of somebody without WeChat', {}, { member: { externalId: 'M1' } }],
    ['that is smaller than what may be sent', { payout: { ...payout, minFen: 321 } }, {}],
    ['that is larger than what may be sent', { payout: { ...payout, maxFen: 319 } }, {}],
    ['when the member’s day is full', { payout: { ...payout, perMemberDayFen: 319 } }, {}],
    ['when the shop’s day is full', { payout: { ...payout, perDayFen: 319 } }, {}],
    ['when the shop keeps money in the wallet', { payout: { mode: 'wallet' } }, {}],
  ])('%s', async (_, settings, given) => {
    here = await openPayShop({ campaigns, settings });
    await here.tell(buy(20_000, given));
    expect([transfers(), wallet()]).toEqual([[], 320]);
  });

  test('in a shop without keys, where nothing is asked of the tables of payments', async () => {
    const sent: string[] = [];
    here = await openPayShop({
      campaigns,
      through: (db) => ({
        batch: (statements) => {
          sent.push(...statements.map(({ sql }) => sql));
          return db.batch(statements);
        },
      }),
    });
    await here.shop.tell(buy(20_000), refund(), buy(40_000, { orderNo: '2', id: '2' }));
    expect(sent.filter((sql) => /transfers|payout_days/.test(sql))).toEqual([]);
    await here.tell(buy(40_000, { orderNo: '3', id: '3' }));
    expect(sent.filter((sql) => /transfers|payout_days/.test(sql)).length).toBeGreaterThan(0);
  });
});

describe('the sale comes back', () => {
  const back = () => here.tell(refund());

  test('before WeChat Pay was told: no call is made, and the 3.20 are taken from the wallet they return to', async () => {
    await here.tell(buy(20_000));
    await back();
    await here.round();
    expect(here.pay.calls).toEqual([]);
    expect(transfers()).toEqual([[320, 'cancelled', 'red-packet']]);
    expect(moves()).toEqual([
      [320, 'sale:pos:8005-372/campaign:188'],
      [-320, 'withdrawal:HK…'],
      [320, 'withdrawal:HK…/cancelled'],
      [-320, 'recall:HK…'],
    ]);
    expect(grantRows(here.shop.db).map(({ times, awards }) => [times, awards])).toEqual([[0, {}]]);
  });

  test('while it waits for a yes: it is called back and taken, and nobody is told to confirm any more', async () => {
    await here.tell(buy(20_000));
    await here.round();
    await back();
    await here.round();
    expect(transfers()).toEqual([[320, 'cancelling', 'red-packet']]);
    await settle();
    expect([transfers(), wallet(), here.pay.paidFen()]).toEqual([[[320, 'cancelled', 'red-packet']], 0, 0]);
    expect(ledgerFaults(here.shop.db)).toEqual([]);
  });

  test('just after the member confirmed: it is paid, and what is left to take is the policy’s to say', async () => {
    await here.tell(buy(20_000));
    await here.round();
    here.pay.confirm(bill());
    await back();
    await here.round();
    expect([transfers(), wallet(), here.pay.paidFen()]).toEqual([[[320, 'paid', 'red-packet']], 0, 320]);
    expect(grantRows(here.shop.db).map(({ awards }) => awards)).toEqual([{ redPacketFen: 320 }]);
  });

  test('and goes to a merchant who lets the wallet fall below zero: paid, the member owes 3.20', async () => {
    here = await openPayShop({ campaigns, settings: { takeBack: 'unlimited' } });
    await here.tell(buy(20_000));
    await here.round();
    here.pay.confirm(bill());
    await here.notify(bill());
    await back();
    expect(wallet()).toBe(-320);
  });

  test('and below zero it is called back as well: then nobody owes anything', async () => {
    here = await openPayShop({ campaigns, settings: { takeBack: 'unlimited' } });
    await here.tell(buy(20_000));
    await here.round();
    await back();
    expect(wallet()).toBe(-320);
    await here.round();
    await settle();
    expect([wallet(), here.pay.paidFen()]).toEqual([0, 0]);
    expect(ledgerFaults(here.shop.db)).toEqual([]);
  });

  test('of a merchant who takes only what is unspent: what came back from WeChat is unspent', async () => {
    here = await openPayShop({ campaigns, settings: { takeBack: 'only_unspent' } });
    await here.tell(buy(20_000));
    await here.round();
    here.pay.close(bill(), 'OVERDUE_CLOSE');
    await here.notify(bill());
    expect(wallet()).toBe(320);
    await back();
    expect(wallet()).toBe(0);
  });

  test('in part, 40.00 of 400.00 fall to the lower tier: of 8.00 on the way, 4.80 are taken and 3.20 stay', async () => {
    const twoLines = [line({ amountFen: 36_000 }), line({ sku: 'cup', amountFen: 4_000 })];
    await here.tell(buy(0, { lines: twoLines }));
    expect(transfers()).toEqual([[800, 'asked', 'red-packet']]);
    await here.round();
    await here.tell(
      refund({ lines: [line({ sku: 'cup', amountFen: 4_000, lineNo: '2', originalLineNo: '2' })] }),
    );
    await here.round();
    await settle();
    expect([transfers(), wallet()]).toEqual([[[800, 'cancelled', 'red-packet']], 320]);
    expect(ledgerFaults(here.shop.db)).toEqual([]);
    expect(
      grantRows(here.shop.db)
        .map(({ campaignId, times, awards }) => `${campaignId}: ${String(times)} × ${JSON.stringify(awards)}`)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['188: 1 × {"redPacketFen":320}', '388: 0 × {}']);
  });

  test('and somebody else writes to the sale while the packet comes back: neither word is lost', async () => {
    let meanwhile = 0;
    here = await openPayShop({
      campaigns,
      through: (db) => ({
        batch: async (statements) => {
          if (isWrite(statements) && mentions(statements, 'recall:HK')) {
            meanwhile += 1;
            const written = `UPDATE sales SET points = points + 7, rev = rev + 1, document = json_set(document, '$[1]', rev + 1)`;
            if (meanwhile === 1) await db.batch([{ sql: written, params: [] }]);
          }
          return db.batch(statements);
        },
      }),
    });
    await here.tell(buy(20_000));
    await here.round();
    await back();
    await here.round();
    const [before] = saleRows(here.shop.db);
    const { points, rev } = before ?? { points: 0, rev: 0 };
    await settle();
    expect([wallet(), meanwhile]).toEqual([0, 2]);
    expect(saleRows(here.shop.db)).toMatchObject([{ points: points + 7, rev: rev + 2 }]);
    expect(grantRows(here.shop.db).map(({ times, awards }) => [times, awards])).toEqual([[0, {}]]);
  });

  test('in part that changes nothing about the packet leaves the packet alone', async () => {
    const twoLines = [line({ amountFen: 20_000 }), line({ sku: 'cup', amountFen: 4_000 })];
    await here.tell(buy(0, { lines: twoLines }));
    await here.round();
    await here.tell(refund({ lines: [line({ sku: 'cup', amountFen: 4_000, originalLineNo: '2' })] }));
    expect(here.rows()[0]).toMatchObject({ state: 'waiting', cancelAskedAt: null, recalls: [] });
  });

  test('as a void, and told twice, takes the packet once', async () => {
    await here.tell(buy(20_000));
    await here.round();
    await here.tell(voided());
    await here.tell({ ...voided(), id: 'void-again' }, refund());
    await here.round();
    await settle();
    expect([wallet(), here.pay.paidFen(), transfers()[0]?.[1]]).toEqual([0, 0, 'cancelled']);
    expect(moves().filter(([, cause]) => cause.startsWith('recall'))).toEqual([[-320, 'recall:HK…']]);
  });

  test('with money in the wallet from elsewhere: the policy takes that, and the packet that comes back is the member’s', async () => {
    here = await openPayShop({ campaigns, settings: { payout: { ...payout, perDayFen: 700 } } });
    await here.tell(
      buy(20_000),
      buy(20_000, { orderNo: '2', id: '2' }),
      buy(20_000, { orderNo: '3', id: '3' }),
    );
    expect([transfers().length, wallet()]).toEqual([2, 320]);
    await here.round();
    await here.tell(refund());
    expect(wallet()).toBe(0);
    await here.round();
    await settle();
    expect([wallet(), here.rows()[0]?.recalls]).toEqual([320, []]);
  });

  test('and the slot of a limited campaign, with its budget, is free again once the packet is here', async () => {
    here = await openPayShop({
      campaigns: [tier('one', 18_800, 320, { limits: { total: 1, budgetFen: 320, perMember: 1 } })],
    });
    const used = () =>
      here.shop.db
        .all(`SELECT used, spent_fen AS fen FROM campaign_counters`)
        .map(({ used: slots, fen }) => [slots, fen]);
    await here.tell(buy(20_000));
    await here.round();
    await back();
    expect(used()).toEqual([[1, 320]]);
    await here.round();
    await settle();
    expect(used()).toEqual([[0, 0]]);
    await here.tell(buy(20_000, { orderNo: '2', id: '2' }));
    expect(transfers().at(-1)).toEqual([320, 'asked', 'red-packet']);
  });

  test('in part: the budget has back what came back at once, and the rest when it is here', async () => {
    const given = { group: null, limits: { total: 9, budgetFen: 5_000 } };
    here = await openPayShop({
      campaigns: [
        tier('each', 10_000, 300, { ...given, repeat: 'multiple' }),
        tier('once', 20_000, 500, given),
      ],
    });
    const used = () =>
      Object.fromEntries(
        here.shop.db
          .all(`SELECT campaign_id AS id, used, spent_fen AS fen FROM campaign_counters`)
          .map(({ id, used: slots, fen }) => [id, [slots, fen]]),
      );
    const twoLines = [line({ amountFen: 18_000 }), line({ sku: 'cup', amountFen: 4_000 })];
    await here.tell(buy(0, { lines: twoLines }));
    expect(used()).toEqual({ each: [1, 600], once: [1, 500] });
    await here.round();
    await here.tell(refund({ lines: [line({ sku: 'cup', amountFen: 4_000, originalLineNo: '2' })] }));
    // 11 yuan are on their way: nothing has come back yet.
    expect(used()).toEqual({ each: [1, 600], once: [1, 500] });
    await here.round();
    await settle();
    expect([used(), wallet()]).toEqual([{ each: [1, 300], once: [0, 0] }, 300]);
  });

  test('for another member: the first one’s place and money are counted until the packet is back, then only the other’s', async () => {
    const limits = { total: 2, budgetFen: 640 };
    here = await openPayShop({ campaigns: [tier('one', 18_800, 320, { limits })] });
    const used = () =>
      here.shop.db
        .all(`SELECT used, spent_fen AS fen FROM campaign_counters`)
        .map(({ used: slots, fen }) => [slots, fen]);
    await here.tell(buy(20_000));
    await here.round();
    await here.tell(buy(20_000, { version: '2', member: { externalId: 'M2', openid: 'open-M2' } }));
    expect(used()).toEqual([[2, 640]]);
    await here.round();
    await settle();
    expect(used()).toEqual([[1, 320]]);
  });

  test('for another member: the first one’s packet is called back, the other gets one of their own', async () => {
    await here.tell(buy(20_000));
    await here.round();
    await here.tell(buy(20_000, { version: '2', member: { externalId: 'M2', openid: 'open-M2' } }));
    expect(here.rows().map(({ openid, cancelReason }) => [openid, cancelReason])).toEqual([
      ['open-M1', 'returned'],
      ['open-M2', null],
    ]);
    await here.round();
    await settle();
    expect([wallet('M1'), wallet('M2')]).toEqual([0, 0]);
    expect(transfers().map(([, state]) => state)).toEqual(['cancelled', 'waiting']);
    expect(grantRows(here.shop.db).map(({ awards }) => awards)).toEqual([{ redPacketFen: 320 }]);
  });
});
