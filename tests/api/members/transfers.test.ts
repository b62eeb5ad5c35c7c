/** 提现 and 转账 through the API. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { api } from '../../../workers/api/index.ts';
import { confirmationOf } from '../../../workers/commands/members/confirmation.ts';
import { balanceOf } from '../../support/shop.ts';
import { hourMs, idOf, member, minuteMs, openPayShop, payout, type PayShop } from '../../support/payout.ts';
import { adminToken, clientOf, items, pages, posToken, token, type Client } from '../support.ts';

let here: PayShop;
let admin: Client;
let pos: Client;
let path: string;

async function open(settings: object = {}): Promise<void> {
  here = await openPayShop({ settings });
  const { shop, engine } = here;
  await shop.db.batch([token(adminToken, ['admin']), token(posToken, ['pos'])]);
  const { doorbell } = shop.receiver;
  const app = api({ db: engine.db, engine, doorbell, jobsBell: shop.jobsBell, clock: () => shop.clock.now });
  admin = clientOf(app, adminToken);
  pos = clientOf(app, posToken);
  await member(here, 'M1', 5_000);
  path = `/members/${idOf(shop, 'M1')}/withdrawals`;
}
beforeEach(() => open());

const ask = (amountFen: unknown, key: string | null = 'k1', client = admin) =>
  client('POST', path, { body: { amountFen }, ...(key !== null && { headers: { 'idempotency-key': key } }) });
const wallet = (): number => balanceOf(here.shop.db, 'ext:pos:M1', 'wallet');

test('20.00 yuan are asked for, and the same request again is answered with the same payment', async () => {
  const first = await ask(2_000);
  expect([first.status, first.json]).toEqual([
    201,
    {
      id: expect.stringMatching(/^HK\w{28}$/),
      memberId: idOf(here.shop, 'M1'),
      kind: 'withdrawal',
      saleId: null,
      amountFen: 2_000,
      state: 'asked',
      stateText: '已申请，正在提交给微信支付',
      failReason: null,
      failText: null,
      transferBillNo: null,
      cancelAskedAt: null,
      askedAt: '2026-11-22T07:00:00.000Z',
      endedAt: null,
      attempts: 0,
      lastError: null,
    },
  ]);
  const second = await ask(2_000);
  expect(second.headers.get('idempotent-replay')).toBe('true');
  expect(second.json).toEqual(first.json);
  const [one, other] = await Promise.all([ask(1_000, 'k2'), ask(1_000, 'k2')]);
  expect(one.json['id']).toBe(other.json['id']);
  expect(wallet()).toBe(2_000);
  expect((await ask(1_500, 'k2')).json['code']).toBe('idempotency_key_reused');
});

test.each<[string, unknown, object]>([
  [
    'more than there is',
    5_001,
    {
      status: 409,
      code: 'insufficient',
      detail: '账户里只有50元',
      numbers: { amountFen: 5_001, balanceFen: 5_000 },
    },
  ],
  [
    'less than may be sent',
    99,
    {
      status: 422,
      code: 'below_min',
      field: 'amountFen',
      detail: '每次至少提现1元',
      numbers: { amountFen: 99, minFen: 100 },
    },
  ],
  [
    'more than may be sent at once',
    20_001,
    { status: 422, code: 'above_max', field: 'amountFen', detail: '每次最多提现200元' },
  ],
  ['a fraction', 10.5, { status: 422, code: 'invalid', field: 'amountFen' }],
  ['a text', '1000', { status: 422, code: 'invalid', field: 'amountFen' }],
])('%s is refused, with its numbers, and nothing moves', async (_, amountFen, problem) => {
  expect((await ask(amountFen)).json).toMatchObject(problem);
  expect([wallet(), here.rows()]).toEqual([5_000, []]);
});

test('what is refused today may be asked again under the same key tomorrow', async () => {
  await open({ payout: { ...payout, perMemberDayFen: 1_000 } });
  await ask(1_000, 'today');
  expect((await ask(900, 'k')).json).toMatchObject({
    code: 'day_limit',
    detail: '每天最多提现10元，今天还可以提现0元',
    numbers: { amountFen: 900, limitFen: 1_000, usedFen: 1_000 },
  });
  here.later(24 * hourMs);
  expect((await ask(900, 'k')).status).toBe(201);
});

test('a till may not, nobody may without a key, and nobody for a member who is not there', async () => {
  expect((await ask(1_000, 'k', pos)).json['code']).toBe('insufficient_scope');
  expect((await ask(1_000, null)).json).toMatchObject({ status: 422, field: 'Idempotency-Key' });
  path = '/members/m_nobody/withdrawals';
  expect((await ask(1_000)).json['code']).toBe('unknown_member');
});

test('without keys, or while money stays in the wallet, the answer says so', async () => {
  await open({ payout: { mode: 'wallet' } });
  expect((await ask(1_000)).json).toMatchObject({ status: 409, code: 'payout_off' });
});

describe('payments', () => {
  beforeEach(async () => {
    for (const [index, fen] of [500, 600, 700].entries()) await ask(fen, `k${String(index)}`);
    await here.round();
    here.pay.confirm(here.rows()[0]?.outBillNo ?? '');
    here.pay.close(here.rows()[1]?.outBillNo ?? '', 'REAL_NAME_CHECK_FAIL');
    here.later(minuteMs);
    await here.round();
  });

  test('are listed newest first, by state and by member', async () => {
    const fen = (rows: readonly Record<string, unknown>[]) => rows.map(({ amountFen }) => amountFen);
    expect(fen(items(await admin('GET', '/transfers')))).toEqual([700, 600, 500]);
    expect((await pages(admin, '/transfers', 2)).map(fen)).toEqual([[700, 600], [500]]);
    expect(items(await admin('GET', '/transfers?state=failed'))).toMatchObject([
      {
        amountFen: 600,
        state: 'failed',
        stateText: '转账没有成功，钱已退回账户',
        failReason: 'REAL_NAME_CHECK_FAIL',
        failText: '收款人没有在微信支付实名认证',
      },
    ]);
    const who = idOf(here.shop, 'M1');
    expect(fen(items(await admin('GET', `/transfers?member=${who}&state=paid`)))).toEqual([500]);
    expect(items(await admin('GET', '/transfers?member=m_nobody'))).toEqual([]);
  });

  test('are looked up by number, and show neither openid nor what confirms them', async () => {
    const { outBillNo } = here.rows()[2] ?? {};
    const answer = await admin('GET', `/transfers/${String(outBillNo)}`);
    expect(answer.json).toMatchObject({ state: 'waiting', stateText: '等待会员确认收款' });
    expect(JSON.stringify(answer.json)).not.toMatch(/open-M1|package/);
    expect((await admin('GET', '/transfers/HKNOBODY')).json['code']).toBe('unknown_transfer');
    expect((await pos('GET', '/transfers')).status).toBe(403);
  });

  test('are called back while they are under way, and not when they are over', async () => {
    const [paid, , waiting] = here.rows().map(({ outBillNo }) => outBillNo);
    expect((await admin('POST', `/transfers/${String(paid)}/cancel`)).json).toMatchObject({
      code: 'transfer_ended',
      detail: 'only a payment that is under way can be called back; this one is paid',
    });
    const answer = await admin('POST', `/transfers/${String(waiting)}/cancel`);
    expect(answer.json).toMatchObject({ state: 'waiting', cancelAskedAt: '2026-11-22T07:01:00.000Z' });
    await here.round();
    here.pay.finishCancel(String(waiting));
    await here.notify(String(waiting));
    expect(here.rows()[2]?.state).toBe('cancelled');
    expect(wallet()).toBe(4_500);
  });

  test('are confirmed by the member they are for, and by nobody else', async () => {
    const [paid, , waiting] = here.rows().map(({ outBillNo }) => String(outBillNo));
    const account = { mchId: '1900000001', appId: 'wx1' };
    const own = (who: string, outBillNo = '') =>
      confirmationOf(here.shop.db, account, who as MemberId, outBillNo);
    const me = idOf(here.shop, 'M1');
    expect(await own(me, waiting)).toEqual({ ...account, package: `package-${String(waiting)}` });
    await member(here, 'M2', 0);
    expect(await own(idOf(here.shop, 'M2'), waiting)).toBeNull();
    expect(await own(me, paid)).toBeNull();
    expect(await own(me, 'HKNOBODY')).toBeNull();
    await admin('POST', `/transfers/${String(waiting)}/cancel`);
    expect(await own(me, waiting)).toBeNull();
  });
});

test('the settings say how much may go out, and mistakes in them are named', async () => {
  const put = (value: object) => admin('PUT', '/settings', { body: { payout: value } });
  expect((await admin('GET', '/settings')).json['payout']).toMatchObject({
    mode: 'transfer',
    maxFen: 20_000,
  });
  expect((await put({ mode: 'transfer' })).json['payout']).toEqual({
    mode: 'transfer',
    minFen: 10,
    maxFen: 20_000,
    perMemberDayFen: 20_000,
    perDayFen: 500_000,
    sceneId: '1000',
    reports: [
      { infoType: '活动名称', infoContent: '会员红包' },
      { infoType: '奖励说明', infoContent: '会员账户金额提现' },
    ],
    remark: '会员账户提现',
    perception: null,
  });
  expect((await put({ mode: 'transfer', maxFen: 200_000 })).json).toMatchObject({ field: 'payout.maxFen' });
  expect((await put({ mode: 'transfer', minFen: 500, maxFen: 400 })).json).toMatchObject({
    field: 'payout.maxFen',
    detail: 'payout.maxFen: must not be below minFen',
  });
});
