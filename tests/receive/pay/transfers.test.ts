/** 微信支付通知: only what WeChat Pay signed just now is believed, once, and never about another amount. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { receivePay } from '../../../workers/receive/pay/pay.ts';
import { balanceOf, inboxRows, rowCounts } from '../../support/shop.ts';
import { member, minuteMs, openPayShop, type PayShop } from '../../support/payout.ts';
import { forgetDecisions } from '../../support/inbox.ts';

let here: PayShop;
let bill: string;
beforeEach(async () => {
  here = await openPayShop();
  await member(here, 'M1', 5_000);
  await here.withdraw('M1', 2_000);
  await here.round();
  bill = here.rows()[0]?.outBillNo ?? '';
});

const wallet = (): number => balanceOf(here.shop.db, 'ext:pos:M1', 'wallet');
const state = () => here.rows()[0]?.state;
const payEvents = () =>
  inboxRows(here.shop.db)
    .filter(({ sourceId }) => sourceId === 'wechat-pay')
    .map(({ type, state: became, note }) => ({ type, became, note }));
const said = async (answer: Response) => ({ status: answer.status, body: await answer.text() });

test('“paid” ends the payment within the request, and the money stays gone', async () => {
  here.pay.confirm(bill);
  expect(await said(await here.notify(bill))).toEqual({ status: 204, body: '' });
  expect([state(), wallet()]).toEqual(['paid', 3_000]);
  expect(payEvents()).toEqual([{ type: 'pay.mchtransfer.bill.finished', became: 'done', note: null }]);
  const [row] = inboxRows(here.shop.db).filter(({ sourceId }) => sourceId === 'wechat-pay');
  expect([row?.body.includes('open-M1'), row?.trust]).toEqual([false, 'signed']);
  here.later(minuteMs);
  expect(await here.round()).toBe(0);
});

test('“failed” brings the money back once, however often and in whatever company it is said', async () => {
  here.pay.close(bill, 'ACCOUNT_FROZEN');
  const answers = await Promise.all(['EV-A', 'EV-A', 'EV-B', 'EV-C'].map((id) => here.notify(bill, { id })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  here.later(minuteMs);
  await Promise.all([here.round(), here.notify(bill, { id: 'EV-A' }), here.notify(bill)]);
  expect([state(), wallet()]).toEqual(['failed', 5_000]);
  expect(new Set(payEvents().map(({ became }) => became))).toEqual(new Set(['done', 'ignored']));
});

test('a notification that is faster than the answer to the call is believed, and the answer changes nothing', async () => {
  await here.withdraw('M1', 1_000);
  const second = here.rows()[1]?.outBillNo ?? '';
  const { client } = here.pay;
  const round = here.round({
    ...here.payer,
    client: {
      ...client,
      create: async (given) => {
        const answer = await client.create(given);
        here.pay.confirm(second);
        await here.notify(second);
        return answer;
      },
    },
  });
  await round;
  expect(here.rows()[1]).toMatchObject({ state: 'paid', packageInfo: null, openid: null });
  expect([wallet(), here.pay.paidFen()]).toEqual([2_000, 1_000]);
});

test('“paid” that comes between the payer’s look and its decision is not forgotten over it', async () => {
  await here.withdraw('M1', 1_000);
  const second = here.rows()[1]?.outBillNo ?? '';
  const { db } = here.engine;
  let isTold = false;
  const batch: typeof db.batch = async (statements) => {
    const results = await db.batch(statements);
    const isReading = statements.some(({ sql }) => sql.includes("SELECT 'applied'"));
    if (isReading && !isTold && here.pay.bills.has(second)) {
      isTold = true;
      here.pay.confirm(second);
      await here.notify(second);
    }
    return results;
  };
  await here.round({ ...here.payer, engine: { ...here.engine, db: { batch } } });
  expect([isTold, here.rows()[1]?.state, wallet()]).toEqual([true, 'paid', 2_000]);
});

describe('nothing is stored, and WeChat Pay is told to come again, when', () => {
  const refused = async (given: Parameters<typeof here.notify>[1], status: number, message: string) => {
    here.pay.confirm(bill);
    const before = rowCounts(here.shop.db);
    const answer = await said(await here.notify(bill, given));
    expect(answer).toEqual({ status, body: JSON.stringify({ code: 'FAIL', message }) });
    expect(rowCounts(here.shop.db)).toEqual(before);
    expect([state(), wallet()]).toEqual(['waiting', 3_000]);
  };

  test('the body was changed after it was signed', () =>
    refused({ body: (body) => body.replace('终态', '最终') }, 401, 'signature: mismatch'));
  test('it was signed more than five minutes ago, or will be', async () => {
    await refused({ at: here.shop.clock.now - 301_000 }, 401, 'signature: stale');
    await refused({ at: here.shop.clock.now + 301_000 }, 401, 'signature: stale');
  });
  test('the key is none of ours', () =>
    refused(
      { headers: { 'wechatpay-serial': '7132D72A03E93CDDF8C03BBD1F37EEDF' } },
      401,
      'signature: unknown-serial',
    ));
  test('a header is missing', () =>
    refused({ headers: { 'wechatpay-nonce': '' } }, 401, 'signature: missing-header'));

  test('it is one of the probes that WeChat Pay sends on purpose, of which nobody is warned', async () => {
    const warned = vi.spyOn(console, 'warn');
    await refused({ headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' } }, 401, 'signature: probe');
    expect(warned).not.toHaveBeenCalled();
  });

  test('it was sealed with another APIv3 key: ours is wrong, and may be right when it comes again', async () => {
    const notices = { ...here.pay.notices, apiV3Key: 'another key of thirty-two bytes!' };
    const answer = await receivePay({ ...here.shop.receiver, notices }, here.pay.notice(bill));
    expect(answer.status).toBe(500);
    expect(payEvents()).toEqual([]);
  });

  test('there are no keys at all', async () => {
    const answer = await receivePay({ ...here.shop.receiver, notices: null }, here.pay.notice(bill));
    expect(await said(answer)).toEqual({
      status: 404,
      body: '{"code":"FAIL","message":"WeChat Pay is not set up here"}',
    });
  });
});

describe('a notification is parked, the shop told, and no money moved, when', () => {
  const parked = async (resource: Record<string, unknown>, note: unknown) => {
    here.pay.close(bill, 'ACCOUNT_FROZEN');
    expect((await here.notify(bill, { resource })).status).toBe(204);
    expect(payEvents()).toEqual([{ type: 'pay.mchtransfer.bill.finished', became: 'parked', note }]);
    expect(wallet()).toBe(3_000);
  };
  const alerts = () => here.shop.db.all(`SELECT kind FROM alerts`).map(({ kind }) => kind);

  test('it speaks of 0.20 instead of 20.00 yuan', async () => {
    await parked(
      { transfer_amount: 20 },
      {
        code: 'BILL_AMOUNT_DIFFERS',
        outBillNo: bill,
        amountFen: 2_000,
        toldFen: 20,
      },
    );
    expect([state(), alerts()]).toEqual(['waiting', ['transfer.differs']]);
  });
  test('nobody here asked for the bill', () =>
    parked({ out_bill_no: 'HKFOREIGN' }, { code: 'BILL_UNKNOWN', outBillNo: 'HKFOREIGN' }));
  test('it is not as WeChat Pay describes it', () =>
    parked(
      { transfer_amount: '2000' },
      { code: 'UNREADABLE', faults: [{ field: 'transfer_amount', says: expect.any(String) }] },
    ));
});

test('“paid” after the money came back is alarmed, and changes nothing by itself', async () => {
  here.pay.close(bill, 'ACCOUNT_FROZEN');
  await here.notify(bill);
  await here.notify(bill, { resource: { state: 'SUCCESS', fail_reason: '' } });
  expect([state(), wallet()]).toEqual(['failed', 5_000]);
  expect(here.shop.db.all(`SELECT kind FROM alerts`)).toEqual([{ kind: 'transfer.differs' }]);
});

test('a notification about something else is kept and acted on by nobody', async () => {
  await here.notify(bill, { body: (body) => body });
  const [row] = inboxRows(here.shop.db).filter(({ sourceId }) => sourceId === 'wechat-pay');
  here.shop.db.all(
    `UPDATE inbox SET body = json_set(body, '$.event_type', 'SECURITY_ECHO.SUCCESS') WHERE seq = ?`,
    row?.seq ?? 0,
  );
  forgetDecisions(here.shop.db, `t.source_id = 'wechat-pay'`);
  await here.tell();
  expect(payEvents()[0]).toMatchObject({
    became: 'ignored',
    note: { code: 'NOT_ACTED_ON', type: 'SECURITY_ECHO.SUCCESS' },
  });
});
