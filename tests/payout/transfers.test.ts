/** 提现: money leaves the wallet once, reaches WeChat once, and is in exactly one of the two places when it is over. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventId, TransferChanged } from '../../schema/index.ts';
import { callOffTransfer } from '../../workers/db/members/transfers.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { balanceOf, ledgerFaults, ledgerRows, outboxRows } from '../support/shop.ts';
import { hourMs, member, minuteMs, openPayShop, payout, type PayShop } from '../support/payout.ts';

let here: PayShop;
beforeEach(async () => {
  here = await openPayShop();
  await member(here, 'M1', 5_000);
});

const wallet = (who = 'M1'): number => balanceOf(here.shop.db, `ext:pos:${who}`, 'wallet');
const moves = (): [number, string][] =>
  ledgerRows(here.shop.db)
    .filter(({ account }) => account === 'wallet')
    .map(({ delta, cause }) => [delta, cause.replace(/HK\w{28}/, 'HK…')]);
const states = (): string[] => here.rows().map(({ state }) => state);
const asked = (): string[] => here.pay.calls.map(({ kind }) => kind);
const bill = (): string => here.rows()[0]?.outBillNo ?? '';
const waitingTexts = () => outboxRows(here.shop.db).filter(({ kind }) => kind === 'transfer-waiting');

describe('20.00 of 50.00 yuan', () => {
  beforeEach(async () => {
    await here.withdraw('M1', 2_000);
  });

  test('leave the wallet at once, wait for the member’s yes, and are paid when it comes', async () => {
    expect([wallet(), states()]).toEqual([3_000, ['asked']]);
    expect(bill()).toMatch(/^HK[0-9A-Z]{28}$/);
    await here.round();
    expect(states()).toEqual(['waiting']);
    expect(here.rows()[0]).toMatchObject({ packageInfo: `package-${bill()}`, attempts: 1, leaseUntil: null });
    expect(waitingTexts().map(({ payload, openid }) => ({ payload, openid }))).toEqual([
      {
        payload: { amountFen: 2_000, outBillNo: bill(), url: `https://shop.example/m/transfers/${bill()}` },
        openid: 'open-M1',
      },
    ]);
    here.pay.confirm(bill());
    here.later(minuteMs);
    await here.round();
    expect(states()).toEqual(['paid']);
    expect(here.rows()[0]).toMatchObject({ openid: null, packageInfo: null });
    expect([wallet(), here.pay.paidFen()]).toEqual([3_000, 2_000]);
    expect(moves()).toEqual([
      [5_000, 'test'],
      [-2_000, 'withdrawal:HK…'],
    ]);
    expect(asked()).toEqual(['create', 'query']);
    expect(waitingTexts().length).toBe(1);
  });

  test('what WeChat Pay is told is the same at every attempt, whatever the shop changes meanwhile', async () => {
    here.pay.mischief = ({ kind }) => (kind === 'create' ? 'down' : null);
    await here.round();
    here.shop.db.all(
      `UPDATE settings SET value = json_set(value, '$.payout.remark', '别的') WHERE key = 'merchant'`,
    );
    here.pay.mischief = () => null;
    here.later(minuteMs);
    await here.round();
    const text = here.pay.bills.get(bill())?.asked;
    expect(JSON.parse(text ?? '')).toMatchObject({
      appid: 'wx5823bf96d3bd56c7',
      transfer_scene_id: '1000',
      openid: 'open-M1',
      transfer_amount: 2_000,
      transfer_remark: '会员账户提现',
      notify_url: 'https://shop.example/hooks/wechat-pay',
      transfer_scene_report_infos: [
        { info_type: '活动名称', info_content: '会员红包' },
        { info_type: '奖励说明', info_content: '会员账户金额提现' },
      ],
    });
  });

  test.each([
    ['nobody confirmed for a day', 'OVERDUE_CLOSE', 'expired'],
    ['WeChat knows a reason against it', 'REAL_NAME_CHECK_FAIL', 'failed'],
  ])('come back when %s, and the ledger tells both ways', async (_, reason, state) => {
    await here.round();
    here.pay.close(bill(), reason);
    here.later(minuteMs);
    await here.round();
    expect([states(), wallet()]).toEqual([[state], 5_000]);
    expect(here.rows()[0]?.failReason).toBe(reason);
    expect(moves()).toEqual([
      [5_000, 'test'],
      [-2_000, 'withdrawal:HK…'],
      [2_000, `withdrawal:HK…/${state}`],
    ]);
    // It is no income: what the account ever received is still 50.00.
    expect(ledgerRows(here.shop.db).at(-1)?.credited).toBe(5_000);
    here.later(hourMs);
    expect(await here.round()).toBe(0);
    expect(ledgerFaults(here.shop.db)).toEqual([]);
  });

  test('can be called back until the member confirms', async () => {
    await here.round();
    const cancel = `UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked', due_at = 0`;
    here.shop.db.all(cancel);
    await here.round();
    expect([states(), wallet()]).toEqual([['cancelling'], 3_000]);
    here.pay.finishCancel(bill());
    here.later(minuteMs);
    await here.round();
    expect([states(), wallet(), asked()]).toEqual([
      ['cancelled'],
      5_000,
      ['create', 'query', 'cancel', 'query'],
    ]);
  });

  test('called back before anybody told WeChat Pay, are back without a call', async () => {
    here.shop.db.all(`UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked'`);
    await here.round();
    expect([states(), wallet(), asked()]).toEqual([['cancelled'], 5_000, []]);
  });

  test('called back too late, are paid', async () => {
    await here.round();
    here.pay.confirm(bill());
    here.shop.db.all(`UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked', due_at = 0`);
    await here.round();
    expect([states(), wallet(), here.pay.paidFen()]).toEqual([['paid'], 3_000, 2_000]);
  });

  test('what nobody closed is called back after two days, and the member was the one who did not confirm', async () => {
    await here.round();
    here.later(48 * hourMs);
    await here.round();
    await here.round();
    here.pay.finishCancel(bill());
    here.later(hourMs);
    await here.round();
    expect([states(), wallet()]).toEqual([['expired'], 5_000]);
  });

  test.each([
    ['another amount', { amountFen: 200 }],
    ['another person', { openid: 'somebody-else' }],
  ])('a bill that names %s moves nothing until somebody has looked', async (_, given) => {
    await here.round();
    Object.assign(here.pay.bills.get(bill()) ?? {}, { ...given, state: 'FAIL' });
    here.later(minuteMs);
    await here.round();
    expect([states(), wallet()]).toEqual([['waiting'], 3_000]);
    expect(here.shop.db.all(`SELECT kind, text FROM alerts`)).toEqual([
      { kind: 'transfer.differs', text: expect.stringContaining('20元') },
    ]);
  });
});

describe('an attempt', () => {
  beforeEach(async () => {
    await here.withdraw('M1', 2_000);
  });

  test.each(['reply-lost', 'bad-gateway', 'system-error', 'unsigned'] as const)(
    'that was done although the answer was %s is found by asking, and its package fetched under the same number',
    async (fault) => {
      here.pay.mischief = ({ kind }) => (kind === 'create' ? fault : null);
      await here.round();
      expect([states(), wallet(), here.pay.bills.size]).toEqual([['asked'], 3_000, 1]);
      here.pay.mischief = () => null;
      here.later(minuteMs);
      await here.round();
      expect(asked()).toEqual(['create', 'query', 'create']);
      expect([states(), here.pay.bills.size]).toEqual([['waiting'], 1]);
      expect(waitingTexts().length).toBe(1);
      here.pay.confirm(bill());
      here.later(minuteMs);
      await here.round();
      expect([states(), wallet(), here.pay.paidFen()]).toEqual([['paid'], 3_000, 2_000]);
    },
  );

  test('that died before its answer was stored is asked after first by the next payer', async () => {
    // The process goes with its second word to the database: its lease is all that is left of it.
    const { db } = here.engine;
    let words = 0;
    const batch: typeof db.batch = async (statements) => {
      words += 1;
      if (words > 1) throw new Error('killed');
      return db.batch(statements);
    };
    const engine = { ...here.engine, db: { batch } };
    await expect(here.round({ ...here.payer, engine })).rejects.toThrow('killed');
    expect([states(), here.pay.bills.size, here.rows()[0]?.attempts]).toEqual([['asked'], 1, 1]);
    expect(await here.round()).toBe(0);
    here.later(2 * minuteMs);
    expect(await here.round()).toBe(1);
    expect(asked()).toEqual(['create', 'query', 'create']);
    expect([states(), here.pay.bills.size]).toEqual([['waiting'], 1]);
  });

  test('by two payers at once is one attempt', async () => {
    await Promise.all([here.round(), here.round(), here.round()]);
    expect(asked()).toEqual(['create']);
  });

  test('during which somebody calls it back is undone at the very next look', async () => {
    const { db } = here.engine;
    const batch: typeof db.batch = async (statements) => {
      const results = await db.batch(statements);
      const isReading = statements.some(({ sql }) => sql.includes("SELECT 'applied'"));
      if (isReading) await db.batch([callOffTransfer(bill(), here.shop.clock.now)]);
      return results;
    };
    await here.round({ ...here.payer, engine: { ...here.engine, db: { batch } } });
    expect(here.rows()[0]).toMatchObject({ state: 'waiting', cancelReason: 'asked' });
    await here.round();
    expect([states(), asked()]).toEqual([['cancelling'], ['create', 'query', 'cancel']]);
  });

  test('that WeChat Pay took, and then denies, gives nothing back until somebody has looked', async () => {
    await here.round();
    here.shop.db.all(`UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked', due_at = 0`);
    here.pay.mischief = ({ kind }) => (kind === 'query' ? { refuse: 'NOT_FOUND', status: 404 } : null);
    await here.round();
    expect([states(), wallet(), here.rows()[0]?.lastError]).toEqual([
      ['waiting'],
      3_000,
      'WeChat Pay does not know the bill any more',
    ]);
    const event: TransferChanged = {
      type: 'transfer.changed',
      id: 'denied' as EventId,
      namespace: '',
      occurredAt: here.shop.clock.now,
      outBillNo: bill(),
      state: 'never-sent',
      amountFen: null,
      openid: null,
      transferBillNo: null,
      packageInfo: null,
      failReason: null,
    };
    const { outcomes } = await processGroup(here.engine, [{ event, seq: null }], here.shop.clock.now);
    expect(outcomes.get('denied')?.verdict).toBe('parked');
    expect([states(), wallet()]).toEqual([['waiting'], 3_000]);
    expect(here.shop.db.all(`SELECT kind FROM alerts`)).toEqual([{ kind: 'transfer.differs' }]);
  });

  test('that is still on its way when it is called off may arrive: the money comes back only once it no longer can', async () => {
    here.pay.mischief = () => 'late';
    await here.round();
    here.pay.mischief = () => null;
    here.shop.db.all(
      `UPDATE transfers SET cancel_asked_at = ?, cancel_reason = 'asked', due_at = 0`,
      here.shop.clock.now,
    );
    here.later(minuteMs);
    await here.round();
    expect([states(), wallet()]).toEqual([['asked'], 3_000]);
    here.later(3 * minuteMs);
    await here.pay.arrive();
    here.pay.confirm(bill());
    here.later(7 * minuteMs);
    await here.round();
    expect([states(), wallet(), here.pay.paidFen()]).toEqual([['paid'], 3_000, 2_000]);
  });

  test('that never arrived is made again only once WeChat Pay says that it has no such bill', async () => {
    here.pay.mischief = () => 'down';
    await here.round();
    here.later(minuteMs);
    await here.round();
    expect(asked()).toEqual(['create', 'query']);
    here.pay.mischief = () => null;
    here.later(10 * minuteMs);
    await here.round();
    expect(asked()).toEqual(['create', 'query', 'query', 'create']);
    expect(states()).toEqual(['waiting']);
  });
});

describe('a shop whose merchant account is empty', () => {
  beforeEach(async () => {
    here.pay.purseFen = 0;
    await here.withdraw('M1', 2_000);
    await here.round();
  });

  test('is told once a day, and pays under the same number when there is money again', async () => {
    here.later(10 * minuteMs);
    await here.round();
    expect(here.shop.db.all(`SELECT kind FROM alerts`)).toEqual([{ kind: 'payout.unfunded' }]);
    expect(here.rows()[0]?.lastError).toContain('NOT_ENOUGH');
    here.pay.purseFen = 10_000;
    here.later(30 * minuteMs);
    await here.round();
    expect([states(), [...here.pay.bills.keys()]]).toEqual([['waiting'], [bill()]]);
  });

  test('gives the money back after a day, ten quiet minutes after the last attempt', async () => {
    for (let tries = 0; tries < 60 && states()[0] === 'asked'; tries += 1) {
      here.later(30 * minuteMs);
      await here.round();
      if (here.rows()[0]?.cancelReason === 'gave-up') break;
    }
    expect([states(), wallet()]).toEqual([['asked'], 3_000]);
    const creates = asked().filter((kind) => kind === 'create').length;
    here.pay.purseFen = 10_000;
    here.later(9 * minuteMs);
    await here.round();
    expect(states()).toEqual(['asked']);
    here.later(minuteMs);
    await here.round();
    expect([states(), wallet(), here.pay.bills.size]).toEqual([['failed'], 5_000, 0]);
    expect(here.rows()[0]?.failReason).toBe('NOT_ENOUGH');
    expect(asked().filter((kind) => kind === 'create').length).toBe(creates);
  });
});

test('a refusal that waiting does not mend is tried eight times in an hour, then the money comes back', async () => {
  await here.withdraw('M1', 2_000);
  here.pay.mischief = ({ kind }) => (kind === 'create' ? { refuse: 'NO_AUTH', status: 403 } : null);
  for (let minutes = 0; minutes < 120; minutes += 1) {
    here.later(minuteMs);
    await here.round();
  }
  expect(asked().filter((kind) => kind === 'create').length).toBe(8);
  expect([states(), wallet(), here.rows()[0]?.failReason]).toEqual([['failed'], 5_000, 'NO_AUTH']);
});

test('WeChat Pay that cannot be reached for three days leaves the money where nobody can have it twice', async () => {
  await here.withdraw('M1', 2_000);
  here.pay.mischief = () => 'down';
  for (let hours = 0; hours < 80; hours += 1) {
    here.later(hourMs);
    await here.round();
  }
  expect([states(), wallet()]).toEqual([['asked'], 3_000]);
  expect(here.shop.db.all(`SELECT kind FROM alerts`)).toEqual([{ kind: 'transfer.stuck' }]);
  here.pay.mischief = () => null;
  here.later(6 * hourMs);
  await here.round();
  here.later(10 * minuteMs);
  await here.round();
  expect([states(), wallet(), here.pay.bills.size]).toEqual([['failed'], 5_000, 0]);
});

describe('nobody takes out', () => {
  const refusal = async (amountFen: number, who = 'M1') => {
    const answer = await here.withdraw(who, amountFen);
    return 'refusal' in answer ? answer.refusal : answer;
  };

  test('more than is there, less than 1.00 or more than 200.00 at a time', async () => {
    expect(await refusal(5_001)).toEqual({ code: 'INSUFFICIENT', amountFen: 5_001, balanceFen: 5_000 });
    expect(await refusal(99)).toEqual({ code: 'BELOW_MIN', amountFen: 99, minFen: 100 });
    await member(here, 'M2', 100_000);
    expect(await refusal(20_001, 'M2')).toEqual({ code: 'ABOVE_MAX', amountFen: 20_001, maxFen: 20_000 });
    expect([here.rows(), wallet()]).toEqual([[], 5_000]);
  });

  test('anything without a WeChat of theirs', async () => {
    await member(here, 'M3', 5_000, null);
    expect(await refusal(1_000, 'M3')).toEqual({ code: 'NOT_REACHABLE' });
  });

  test('anything while the shop keeps money in the wallet, or has no keys', async () => {
    const off = await openPayShop({ settings: { payout: { mode: 'wallet' } } });
    await member(off, 'M1', 5_000);
    expect(await off.withdraw('M1', 1_000)).toEqual({ refusal: { code: 'PAYOUT_OFF' } });
    const homeless = await openPayShop({ settings: { publicUrl: null } });
    await member(homeless, 'M1', 5_000);
    expect(await homeless.withdraw('M1', 1_000)).toEqual({ refusal: { code: 'PAYOUT_OFF' } });
  });

  test('more than 500.00 a day, and what came back makes room again', async () => {
    await member(here, 'M2', 100_000);
    for (const fen of [20_000, 20_000, 10_000]) await here.withdraw('M2', fen);
    expect(await refusal(100, 'M2')).toEqual({
      code: 'DAY_LIMIT',
      whose: 'member',
      amountFen: 100,
      limitFen: 50_000,
      usedFen: 50_000,
    });
    here.shop.db.all(`UPDATE transfers SET cancel_asked_at = 1, cancel_reason = 'asked' WHERE seq = 1`);
    await here.round();
    expect(await here.withdraw('M2', 20_000)).toMatchObject({ transfer: { state: 'asked' } });
    here.later(24 * hourMs);
    expect(await here.withdraw('M2', 20_000)).toMatchObject({ transfer: { state: 'asked' } });
  });

  test('the shop more than its own 100.00 a day: of 40 members who ask for 10.00 at once, ten get it', async () => {
    here = await openPayShop({ settings: { payout: { ...payout, perDayFen: 10_000 } } });
    const people = Array.from({ length: 40 }, (_, index) => `P${String(index)}`);
    for (const who of people) await member(here, who, 1_000);
    const answers = await Promise.all(people.map((who) => here.withdraw(who, 1_000)));
    expect(answers.filter((answer) => 'transfer' in answer).length).toBe(10);
    expect(
      answers.filter((answer) => 'refusal' in answer && answer.refusal.code === 'DAY_LIMIT').length,
    ).toBe(30);
    expect(here.shop.db.all(`SELECT spent_fen AS fen FROM payout_days`)).toEqual([{ fen: 10_000 }]);
    expect(people.map((who) => wallet(who)).reduce((sum, fen) => sum + fen, 0)).toBe(30_000);
  });

  test('the same request twice', async () => {
    await Promise.all([1, 2, 3].map(() => here.withdraw('M1', 2_000, 'one-and-the-same')));
    await here.withdraw('M1', 2_000, 'one-and-the-same');
    expect([here.rows().length, wallet()]).toEqual([1, 3_000]);
  });

  test('the whole wallet twice', async () => {
    const answers = await Promise.all([here.withdraw('M1', 5_000), here.withdraw('M1', 5_000)]);
    expect(
      answers.filter((answer) => 'refusal' in answer && answer.refusal.code === 'INSUFFICIENT').length,
    ).toBe(1);
    expect([here.rows().length, wallet()]).toEqual([1, 0]);
  });
});

test('members who turn out to be one keep the payment, and what comes back comes to the survivor', async () => {
  await here.withdraw('M1', 2_000);
  await here.round();
  await here.tell({
    type: 'member.merged',
    id: 'merge',
    occurredAt: '2026-11-22T15:00:00+08:00',
    data: { from: { externalId: 'M1' }, into: { cardNo: '77' } },
  });
  await member(here, 'M2', 0, null);
  here.pay.close(bill(), 'OVERDUE_CLOSE');
  here.later(minuteMs);
  await here.round();
  expect(wallet('M1')).toBe(5_000);
  expect(ledgerFaults(here.shop.db)).toEqual([]);
});
