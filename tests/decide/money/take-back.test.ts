/** 撤销: how much of what a sale earned comes back, by the merchant's policy (K-52). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeBackPolicies, type TakeBackPolicy } from '../../../schema/index.ts';
import { takeable } from '../../../workers/decide/money/take-back.ts';
import { campaign, line, refund, sale, template } from '../../support/builders.ts';
import { postElsewhere } from '../../support/kept.ts';
import {
  balanceOf,
  couponRows,
  grantRows,
  ledgerFaults,
  memberId,
  ledgerRows,
  openShop,
  type Shop,
} from '../../support/shop.ts';

const m1 = 'ext:pos:M1';

const generous = (takeBack: TakeBackPolicy = 'within_balance') =>
  openShop({
    settings: { takeBack },
    templates: [template('C')],
    campaigns: [
      campaign('c', {
        rewards: [
          { kind: 'red-packet', minFen: 320, maxFen: 320 },
          { kind: 'coupon', templateId: 'C', count: 1 },
        ],
      }),
    ],
  });

const sale200 = sale({ lines: [line({ amountFen: 20_000 })] });

/** What the member spent elsewhere, as a later posting of the same ledger. */
const spend = ({ db }: Shop, account: 'points' | 'wallet', amount: number): void =>
  postElsewhere(db, memberId(db, m1), account, -amount);

const holds = (shop: Shop) => ({
  points: balanceOf(shop.db, m1),
  walletFen: balanceOf(shop.db, m1, 'wallet'),
  coupons: couponRows(shop.db).map(({ state, flag }) => [state, flag]),
});

describe('a sale of 200 with 200 points, a coupon and a packet of 3.20 comes back', () => {
  test('untouched: points, packet and coupon are all gone, and a second telling changes nothing', async () => {
    const shop = await generous();
    await shop.tell(sale200);
    expect(holds(shop)).toEqual({ points: 200, walletFen: 320, coupons: [['issued', null]] });
    await shop.tell(refund());
    const gone = { points: 0, walletFen: 0, coupons: [['revoked', null]] };
    expect(holds(shop)).toEqual(gone);
    await shop.tell(refund({ id: 'told-again' }));
    expect(holds(shop)).toEqual(gone);
  });

  test('with the coupon used: it stays used and is flagged, once', async () => {
    const shop = await generous();
    await shop.tell(sale200);
    shop.db.all(`UPDATE coupons SET state = 'used', used_for = 'sale:elsewhere'`);
    await shop.tell(refund());
    expect(holds(shop).coupons).toEqual([['used', 'earned-by-returned-sale']]);
  });

  test.each<[TakeBackPolicy, number, number]>([
    ['within_balance', 0, 0],
    ['unlimited', -150, -300],
    ['only_unspent', 0, 0],
  ])(
    'after 150 points and 3.00 were spent, under %s: %d points and %d fen are left',
    async (policy, points, walletFen) => {
      const shop = await generous(policy);
      await shop.tell(sale200);
      spend(shop, 'points', 150);
      spend(shop, 'wallet', 300);
      await shop.tell(refund());
      expect(holds(shop)).toMatchObject({ points, walletFen });
      expect(ledgerFaults(shop.db)).toEqual([]);
    },
  );

  test('after 150 points were spent and another sale earned 100, only_unspent leaves those 100 alone', async () => {
    const left: Partial<Record<TakeBackPolicy, number>> = {};
    for (const policy of takeBackPolicies) {
      const shop = await generous(policy);
      await shop.tell(sale200);
      spend(shop, 'points', 150);
      await shop.tell(sale({ orderNo: '2', lines: [line({ amountFen: 10_000 })] }));
      await shop.tell(refund());
      left[policy] = balanceOf(shop.db, m1);
    }
    expect(left).toEqual({ within_balance: 0, unlimited: -50, only_unspent: 100 });
  });
});

test('a correction that is taken back from an empty account and then made good pays nothing twice', async () => {
  const shop = await openShop();
  await shop.tell(sale200);
  spend(shop, 'points', 200);
  await shop.tell(sale({ version: '2', lines: [line({ amountFen: 0 })] }));
  await shop.tell(sale({ version: '3', lines: [line({ amountFen: 20_000 })] }));
  expect(balanceOf(shop.db, m1)).toBe(0);
});

test('a sale that moves to another member gives that one everything, though the first had spent it', async () => {
  const shop = await generous();
  await shop.tell(sale200);
  spend(shop, 'points', 200);
  spend(shop, 'wallet', 320);
  await shop.tell(sale({ version: '2', member: { externalId: 'M2' }, lines: [line({ amountFen: 20_000 })] }));
  const m2 = 'ext:pos:M2';
  expect([balanceOf(shop.db, m2), balanceOf(shop.db, m2, 'wallet')]).toEqual([200, 320]);
  await shop.tell(refund());
  expect([balanceOf(shop.db, m2), balanceOf(shop.db, m2, 'wallet')]).toEqual([0, 0]);
});

test('an exchange ticket that owes points to an empty account, voided, gives none', async () => {
  const shop = await openShop();
  await shop.tell(
    sale({
      lines: [
        line({ kind: 'exchange_in', amountFen: 30_000 }),
        line({ kind: 'exchange_out', amountFen: 10_000 }),
      ],
    }),
  );
  expect(balanceOf(shop.db, m1)).toBe(0);
  await shop.tell({
    type: 'sale.voided',
    id: 'v',
    occurredAt: '2026-11-22T16:00:00+08:00',
    data: { orderNo: '8005-372' },
  });
  expect(balanceOf(shop.db, m1)).toBe(0);
});

test('a coupon that was out of stock at the sale is not given when a return makes the ticket smaller', async () => {
  const shop = await openShop({
    templates: [template('C', { stock: 1 })],
    campaigns: [campaign('c', { conditions: [], rewards: [{ kind: 'coupon', templateId: 'C', count: 1 }] })],
  });
  await shop.tell(sale({ orderNo: '1' }), sale({ orderNo: '2' }));
  await shop.tell(refund({ orderNo: '1' }));
  await shop.tell(
    refund({
      refundNo: 'R2',
      orderNo: '2',
      lines: [line({ originalLineNo: '1', quantity: '0.1', amountFen: 1_000 })],
    }),
  );
  expect(couponRows(shop.db).map(({ state, saleId }) => [state, saleId])).toEqual([['revoked', 'pos:1']]);
  expect(grantRows(shop.db).map(({ cause, times }) => [cause, times])).toEqual([['sale:pos:1', 0]]);
});

test('no policy ever takes more than was asked for, and only unlimited goes below zero', () => {
  const whole = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...takeBackPolicies),
      whole,
      fc.integer({ min: -1000, max: 1_000_000 }),
      whole,
      whole,
      (policy, wanted, balance, mark, since) => {
        const taken = takeable(policy, wanted, { seq: 1, balance, credited: mark + since, lots: [] }, mark);
        expect(taken).toBeGreaterThanOrEqual(0);
        expect(taken).toBeLessThanOrEqual(wanted);
        if (policy !== 'unlimited') expect(balance - taken).toBeGreaterThanOrEqual(Math.min(0, balance));
      },
    ),
  );
});

test('every posting says why', async () => {
  const shop = await generous();
  await shop.tell(sale200);
  await shop.tell(refund());
  expect(ledgerRows(shop.db).map(({ account, delta, cause }) => [account, delta, cause])).toEqual([
    ['growth', 200, 'sale:pos:8005-372'],
    ['growth', -200, 'refund:pos:8005-372/R1'],
    ['points', 200, 'sale:pos:8005-372'],
    ['points', -200, 'refund:pos:8005-372/R1'],
    ['wallet', 320, 'sale:pos:8005-372/campaign:c'],
    ['wallet', -320, 'refund:pos:8005-372/R1'],
  ]);
});
