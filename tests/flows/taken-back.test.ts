/** 收回活动: what a mistaken campaign gave comes back, once, whatever else happens to it, and nothing else is touched. */
import { describe, expect, test } from 'vitest';
import type { TakeBackPolicy } from '../../schema/index.ts';
import { campaign, line, refund, sale, template, voided } from '../support/builders.ts';
import { postElsewhere } from '../support/kept.ts';
import {
  balanceOf,
  couponRows,
  grantRows,
  ledgerFaults,
  ledgerRows,
  memberId,
  openShop,
  outboxRows,
  type Shop,
} from '../support/shop.ts';
import { askBack, takenBackOf, turn } from '../support/taking-back.ts';

const m1 = 'ext:pos:M1';
const m2 = 'ext:pos:M2';

/** 错发 gives 500 points, a packet of 3.20 and a coupon for each sale; 好的 gives 100 points, and stays. */
const openMistaken = (takeBack: TakeBackPolicy = 'within_balance'): Promise<Shop> =>
  openShop({
    settings: { takeBack },
    templates: [template('C', { stock: 100, faceCostFen: 500 })],
    campaigns: [
      campaign('bad', {
        name: '错发',
        conditions: [],
        limits: { total: 50, perMember: null, perMemberPerDay: null, budgetFen: 100_000 },
        rewards: [
          { kind: 'points', points: 500 },
          { kind: 'red-packet', minFen: 320, maxFen: 320 },
          { kind: 'coupon', templateId: 'C', count: 1 },
        ],
      }),
      campaign('good', { conditions: [], rewards: [{ kind: 'points', points: 100 }] }),
    ],
  });

const sold = (orderNo: string, who = 'M1') =>
  sale({ orderNo, member: { externalId: who, openid: `open-${who}` }, lines: [line({ amountFen: 20_000 })] });

const holds = ({ db }: Shop, key = m1) => ({
  points: balanceOf(db, key),
  walletFen: balanceOf(db, key, 'wallet'),
  coupons: couponRows(db)
    .filter((coupon) => coupon.memberId === memberId(db, key))
    .map(({ state, flag }) => [state, flag]),
});
const counted = ({ db }: Shop) => [
  db.all(`SELECT used, spent_fen AS spentFen FROM campaign_counters WHERE campaign_id = 'bad'`)[0],
  db.all(`SELECT issued FROM coupon_template_counters WHERE template_id = 'C'`)[0],
];
const told = ({ db }: Shop) =>
  outboxRows(db).flatMap(({ kind, memberId: who, payload }) =>
    kind === 'taken-back' ? [[who ?? '', payload] as const] : [],
  );

describe('错发 gave each of two sales 500 points, 3.20 and a coupon, and one sale of somebody else the same', () => {
  test('all of it comes back, 好的 and the sales stay, the counts are free, and each member is told once', async () => {
    const shop = await openMistaken();
    await shop.tell(sold('1'), sold('2'), sold('3', 'M2'));
    expect(holds(shop)).toEqual({
      points: 1_600,
      walletFen: 640,
      coupons: [
        ['issued', null],
        ['issued', null],
      ],
    });
    const job = await takenBackOf(shop, 'bad');
    expect(job).toMatchObject({
      state: 'done',
      expected: 3,
      causes: 3,
      people: 2,
      told: 2,
      points: 1_500,
      pointsKept: 0,
      coupons: 3,
      couponsKept: 0,
      walletFen: 960,
      walletKeptFen: 0,
      underWayFen: 0,
      failed: 0,
    });
    expect(holds(shop)).toEqual({
      points: 600,
      walletFen: 0,
      coupons: [
        ['revoked', 'campaign-withdrawn'],
        ['revoked', 'campaign-withdrawn'],
      ],
    });
    expect(holds(shop, m2)).toMatchObject({ points: 300, walletFen: 0 });
    expect(counted(shop)).toEqual([{ used: 0, spentFen: 0 }, { issued: 0 }]);
    const said: [string, unknown][] = [
      [memberId(shop.db, m1), { campaign: '错发', earned: { points: 1_000, coupons: 2, redPacketFen: 640 } }],
      [memberId(shop.db, m2), { campaign: '错发', earned: { points: 500, coupons: 1, redPacketFen: 320 } }],
    ];
    expect(told(shop)).toEqual(said.toSorted(([one], [other]) => (one < other ? -1 : 1)));
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('a second one is refused while it runs and when it is done, and takes nothing', async () => {
    const shop = await openMistaken();
    await shop.tell(sold('1'));
    expect(await askBack(shop, 'bad')).toBe('taking');
    expect(await askBack(shop, 'bad')).toBe('taking_back');
    await takenBackOf(shop, 'bad');
    const rows = ledgerRows(shop.db);
    expect(await askBack(shop, 'bad')).toBe('taken_back');
    await turn(shop);
    expect(ledgerRows(shop.db)).toEqual(rows);
  });

  test('without the tick nobody is told, and one that gave nothing is refused', async () => {
    const shop = await openMistaken();
    expect(await askBack(shop, 'bad')).toBe('nothing_given');
    expect(await askBack(shop, 'nobody')).toBe('unknown_campaign');
    await shop.tell(sold('1'));
    await takenBackOf(shop, 'bad', { tells: false });
    expect(told(shop)).toEqual([]);
  });

  test.each<[TakeBackPolicy, number, number, number]>([
    ['within_balance', 0, 400, 100],
    ['unlimited', -100, 500, 0],
    ['only_unspent', 0, 400, 100],
  ])(
    'after 400 of 800 points were spent, under %s: %d are left, %d came back and %d stay',
    async (policy, points, back, kept) => {
      const shop = await openMistaken(policy);
      await shop.tell(sold('1'));
      postElsewhere(shop.db, memberId(shop.db, m1), 'points', -400);
      const job = await takenBackOf(shop, 'bad');
      expect([balanceOf(shop.db, m1), job.points, job.pointsKept]).toEqual([points, back, kept]);
      expect(ledgerFaults(shop.db)).toEqual([]);
    },
  );

  test('a coupon that was used stays and is counted, and does not come to life when its receipt comes back', async () => {
    const shop = await openMistaken();
    await shop.tell(sold('1'));
    const [code = ''] = couponRows(shop.db).map(({ id }) => id);
    const using = { ...sold('2', 'M2'), occurredAt: '2026-11-22T15:10:00+08:00' };
    await shop.tell({ ...using, data: { ...using.data, member: { externalId: 'M1' }, couponCodes: [code] } });
    const job = await takenBackOf(shop, 'bad');
    expect(job).toMatchObject({ coupons: 1, couponsKept: 1, causes: 2 });
    await shop.tell(voided({ orderNo: '2' }));
    expect(holds(shop).coupons).toEqual([
      ['revoked', 'campaign-withdrawn'],
      ['revoked', 'campaign-withdrawn'],
    ]);
  });
});

describe('what was taken back does not come again, and is not taken twice', () => {
  const spentOut = async (): Promise<Shop> => {
    const shop = await openMistaken();
    await shop.tell(sold('1'));
    await takenBackOf(shop, 'bad');
    return shop;
  };

  test('a correction, a part that comes back and all that comes back leave 好的 and the sale, then nothing', async () => {
    const shop = await spentOut();
    await shop.tell({ ...sale({ orderNo: '1', version: '2', lines: [line({ amountFen: 30_000 })] }) });
    expect(holds(shop)).toMatchObject({ points: 400, walletFen: 0 });
    await shop.tell(
      refund({
        orderNo: '1',
        refundNo: 'R1',
        lines: [line({ amountFen: 10_000, quantity: '0.5' })],
        scope: 'partial',
      }),
    );
    expect(holds(shop)).toMatchObject({ points: 300, walletFen: 0 });
    await shop.tell(voided({ orderNo: '1' }));
    expect(holds(shop)).toMatchObject({ points: 0, walletFen: 0 });
    expect(couponRows(shop.db).map(({ state }) => state)).toEqual(['revoked']);
  });

  test('a sale of the time that is told late earns 好的 alone', async () => {
    const shop = await spentOut();
    await shop.tell(sold('late', 'M2'));
    expect(holds(shop, m2)).toEqual({ points: 300, walletFen: 0, coupons: [] });
  });

  test('a sale that passes to somebody else gives that one nothing of it', async () => {
    const shop = await spentOut();
    await shop.tell({ ...sold('1', 'M2'), data: { ...sold('1', 'M2').data, version: '2' } });
    expect(holds(shop)).toMatchObject({ points: 0, walletFen: 0 });
    expect(holds(shop, m2)).toEqual({ points: 300, walletFen: 0, coupons: [] });
  });

  test('a return that comes between its beginning and its turn takes it, and it counts and is told', async () => {
    const shop = await openMistaken();
    await shop.tell(sold('1'), sold('2'));
    await askBack(shop, 'bad');
    await shop.tell(voided({ orderNo: '1' }));
    const job = await takenBackOf(shop, 'bad');
    expect(job).toMatchObject({ causes: 2, points: 1_000, coupons: 2, walletFen: 640, told: 1 });
    expect(holds(shop)).toMatchObject({ points: 300, walletFen: 0 });
  });
});

test('a lower tier of its group is not given in its place, neither now nor by a return', async () => {
  const shop = await openShop({
    campaigns: [
      campaign('bad', {
        conditions: [],
        group: 'g',
        priority: 2,
        rewards: [{ kind: 'points', points: 500 }],
      }),
      campaign('tier', { conditions: [], group: 'g', rewards: [{ kind: 'points', points: 100 }] }),
    ],
  });
  await shop.tell(sold('1'));
  await takenBackOf(shop, 'bad');
  expect(balanceOf(shop.db, m1)).toBe(200);
  await shop.tell(
    refund({ orderNo: '1', lines: [line({ amountFen: 10_000, quantity: '0.5' })], scope: 'partial' }),
  );
  expect(balanceOf(shop.db, m1)).toBe(100);
});

describe('what registering gave', () => {
  test.each<[TakeBackPolicy, number]>([
    ['within_balance', 0],
    ['only_unspent', 200],
  ])(
    'comes back under %s: %d of 200 earned since are left of it, after all of the gift was spent',
    async (policy, left) => {
      const shop = await openShop({
        settings: { takeBack: policy },
        templates: [template('C')],
        campaigns: [
          campaign('bad', {
            trigger: 'member.created',
            rewards: [
              { kind: 'points', points: 300 },
              { kind: 'coupon', templateId: 'C', count: 2 },
            ],
          }),
        ],
      });
      await shop.tell({
        type: 'member.created',
        id: 'new',
        occurredAt: '2026-11-22T14:00:00+08:00',
        data: { externalId: 'M1' },
      });
      expect(balanceOf(shop.db, m1)).toBe(300);
      postElsewhere(shop.db, memberId(shop.db, m1), 'points', -300);
      await shop.tell(sold('1'));
      const job = await takenBackOf(shop, 'bad');
      expect(balanceOf(shop.db, m1)).toBe(left);
      expect(job).toMatchObject({ causes: 1, coupons: 2, points: 200 - left, pointsKept: 100 + left });
      expect(couponRows(shop.db).map(({ state }) => state)).toEqual(['revoked', 'revoked']);
      expect(grantRows(shop.db).map(({ campaignId, times }) => [campaignId, times])).toEqual([['bad', 0]]);
    },
  );
});
