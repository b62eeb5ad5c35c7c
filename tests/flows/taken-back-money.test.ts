/** 收回活动, what may go wrong: packets under way, a power cut at every batch, and a sale that is decided at that very moment. */
import { describe, expect, test } from 'vitest';
import type { CampaignId } from '../../schema/index.ts';
import { isJobDone } from '../../workers/commands/run-jobs.ts';
import { readTakeback } from '../../workers/db/takebacks/takebacks.ts';
import { campaign, line, sale, spend } from '../support/builders.ts';
import { isWrite, mentions, misbehaving, type Mischief } from '../support/faults.ts';
import { minuteMs, openPayShop, type PayShop } from '../support/payout.ts';
import { roundOf } from '../support/round.ts';
import { balanceOf, ledgerFaults, ledgerRows, openShop, outboxRows, type Shop } from '../support/shop.ts';
import { askBack, takenBackOf, turn } from '../support/taking-back.ts';

const packet = (id: string, fen: number) =>
  campaign(id, { conditions: [spend(100)], rewards: [{ kind: 'red-packet', minFen: fen, maxFen: fen }] });
const buy = (orderNo = '1') =>
  sale({ orderNo, member: { externalId: 'M1', openid: 'open-M1' }, lines: [line({ amountFen: 20_000 })] });

describe('a packet of 3.20 of the mistake and one of 1.00 beside it went on to WeChat together', () => {
  const opened = async (): Promise<PayShop> => {
    const here = await openPayShop({ campaigns: [packet('bad', 320), packet('good', 100)] });
    await here.tell(buy());
    return here;
  };
  const taken = (here: PayShop) =>
    takenBackOf({ ...here.shop, engine: here.engine }, 'bad', { tells: false });
  const wallet = ({ shop }: PayShop) => balanceOf(shop.db, 'ext:pos:M1', 'wallet');
  const bills = (here: PayShop) =>
    here.rows().map(({ amountFen, state, cancelReason }) => [amountFen, state, cancelReason]);

  test('before it is sent: it is called off, and 1.00 is in the wallet', async () => {
    const here = await opened();
    expect(await taken(here)).toMatchObject({ walletFen: 0, walletKeptFen: 0, underWayFen: 320 });
    expect(bills(here)).toEqual([[420, 'asked', 'withdrawn']]);
    await here.round();
    here.later(minuteMs);
    await here.round();
    expect([wallet(here), here.pay.paidFen()]).toEqual([100, 0]);
    expect(ledgerFaults(here.shop.db)).toEqual([]);
  });

  test('while the member has to confirm: it is called off at WeChat, and 1.00 is in the wallet', async () => {
    const here = await opened();
    await here.round();
    expect(await taken(here)).toMatchObject({ underWayFen: 320 });
    here.later(minuteMs);
    await here.round();
    for (const { outBillNo } of here.rows()) here.pay.finishCancel(outBillNo);
    here.later(minuteMs);
    await here.round();
    expect([wallet(here), here.pay.paidFen()]).toEqual([100, 0]);
    const counted = here.shop.db.all(
      `SELECT used, spent_fen AS fen FROM campaign_counters WHERE campaign_id = 'bad'`,
    );
    expect(counted).toEqual([{ used: 0, fen: 0 }]);
  });

  test('after it was paid: it stays with the member and is counted', async () => {
    const here = await opened();
    await here.round();
    const [bill = ''] = here.rows().map(({ outBillNo }) => outBillNo);
    here.pay.confirm(bill);
    await here.notify(bill);
    expect(await taken(here)).toMatchObject({ walletFen: 0, walletKeptFen: 320, underWayFen: 0 });
    expect([wallet(here), here.pay.paidFen()]).toEqual([0, 420]);
  });
});

const mistaken = {
  campaigns: [
    campaign('bad', {
      conditions: [],
      rewards: [
        { kind: 'points', points: 500 },
        { kind: 'message', text: '送您五百' },
      ],
    }),
  ],
};

test('whichever batch fails, or is written without an answer, each of 30 sales is taken back once and each member told once', async () => {
  for (const fault of ['down', 'reply-lost'] as const) {
    for (let fatal = 1; fatal <= 24; fatal += 1) {
      let left = Number.POSITIVE_INFINITY;
      const mischief: Mischief = () => ((left -= 1) === 0 ? fault : null);
      const shop = await openShop({ ...mistaken, through: misbehaving(mischief) });
      const sales = Array.from({ length: 30 }, (_, place) =>
        sale({
          orderNo: String(place),
          member: { externalId: `M${place % 10}`, openid: `open-${place % 10}` },
          lines: [line()],
        }),
      );
      await shop.tell(...sales);
      await askBack(shop, 'bad');
      left = fatal;
      for (let turns = 0; turns < 12; turns += 1) await turn(shop, 'free').catch(() => undefined);
      const job = await readTakeback(shop.db, 'bad' as CampaignId);
      expect(job).toMatchObject({
        state: 'done',
        causes: 30,
        points: 15_000,
        people: 10,
        told: 10,
        failed: 0,
      });
      expect(balanceOf(shop.db, 'ext:pos:M0')).toBe(300);
      expect(outboxRows(shop.db).filter(({ kind }) => kind === 'taken-back').length).toBe(10);
      expect(ledgerFaults(shop.db)).toEqual([]);
    }
  }
});

test('what the campaign says to members and has not said yet is not said any more', async () => {
  const shop = await openShop(mistaken);
  await shop.tell(buy());
  const texts = () => outboxRows(shop.db).flatMap(({ kind, state }) => (kind === 'text' ? [state] : []));
  expect(texts()).toEqual(['pending']);
  await askBack(shop, 'bad');
  expect(texts()).toEqual(['parked']);
});

test('a sale that was read before and is written after its beginning is decided again, without it', async () => {
  let act: ((shop: Shop) => Promise<unknown>) | null = null;
  let here: Shop | null = null;
  const shop = await openShop({
    ...mistaken,
    through: (db) => ({
      batch: async (statements) => {
        const now = act;
        if (now && here && isWrite(statements) && mentions(statements, 'late')) {
          act = null;
          await now(here);
        }
        return db.batch(statements);
      },
    }),
  });
  here = shop;
  await shop.tell(buy());
  act = (one) => askBack(one, 'bad');
  await shop.tell(buy('late'));
  expect(act).toBe(null);
  const job = await takenBackOf(shop, 'bad');
  expect([balanceOf(shop.db, 'ext:pos:M1'), job.causes]).toEqual([400, 1]);
});

test('two turns at once take each cause once', async () => {
  const shop = await openShop(mistaken);
  await shop.tell(...Array.from({ length: 20 }, (_, place) => ({ ...buy(String(place)), id: `s${place}` })));
  await askBack(shop, 'bad');
  await Promise.all([turn(shop), turn(shop), turn(shop, 'free')]);
  const job = await takenBackOf(shop, 'bad');
  expect(job).toMatchObject({ causes: 20, points: 10_000, told: 1 });
  expect(
    ledgerRows(shop.db).filter(({ cause, account }) => cause.startsWith('takeback:') && account === 'points')
      .length,
  ).toBe(20);
});

test('a page of which nothing can be decided is told to the shop once a day, and is tried again', async () => {
  let isBroken = true;
  const shop = await openShop({
    ...mistaken,
    through: misbehaving((statements) =>
      isBroken && isWrite(statements) && mentions(statements, 'takeback:bad:sale:') ? 'refused' : null,
    ),
  });
  await shop.tell(...['1', '2', '3'].map((orderNo) => ({ ...buy(orderNo), id: orderNo })));
  await askBack(shop, 'bad');
  const goOn = (): Promise<boolean> => isJobDone(roundOf(shop), shop.clock.now);
  for (let turns = 0; turns < 3; turns += 1) await goOn();
  expect(shop.db.all(`SELECT text FROM alerts WHERE kind = 'chore.failed'`)).toEqual([
    { text: expect.stringContaining('收回活动') },
  ]);
  isBroken = false;
  for (let turns = 0; turns < 5; turns += 1) await goOn();
  expect(await readTakeback(shop.db, 'bad' as CampaignId)).toMatchObject({ state: 'done', causes: 3 });
});

test('a cause that cannot be decided is left and said; begun again, it is taken', async () => {
  let isBroken = true;
  const shop = await openShop({
    ...mistaken,
    through: misbehaving((statements) =>
      isBroken && isWrite(statements) && mentions(statements, 'takeback:bad:sale:pos:2') ? 'refused' : null,
    ),
  });
  await shop.tell(...['1', '2', '3'].map((orderNo) => ({ ...buy(orderNo), id: orderNo })));
  const first = await takenBackOf(shop, 'bad');
  expect(first).toMatchObject({ causes: 2, failed: 1 });
  isBroken = false;
  expect(await askBack(shop, 'bad')).toBe('taking');
  for (let turns = 0; turns < 5; turns += 1) await turn(shop);
  expect(await readTakeback(shop.db, 'bad' as CampaignId)).toMatchObject({
    state: 'done',
    causes: 3,
    failed: 0,
    told: 2,
  });
});
