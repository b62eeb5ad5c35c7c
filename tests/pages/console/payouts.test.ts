/** 红包和提现 as the owner reads them: what waits, what failed and why, and what can still be done about it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { campaign, line, sale, spend } from '../../support/builders.ts';
import { balanceOf } from '../../support/shop.ts';
import { hourMs, idOf, member, minuteMs, openPayShop, payout, type PayShop } from '../../support/payout.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

let till: PayShop;
let office: Console;
const path = '/console/payouts';
const list = async (query = ''): Promise<string> => words(await office.owner.get(path + query));
const billOf = (place: number): string => till.rows()[place]?.outBillNo ?? '';
const one = async (place = 0): Promise<string> => words(await office.owner.get(`${path}/${billOf(place)}`));
const press = (act: string, more: Readonly<Record<string, string>> = {}, place = 0) =>
  office.send(`${path}/${billOf(place)}`, { act, ...more });
const sure = { sure: 'yes' };

beforeEach(async () => {
  till = await openPayShop({ settings: { payout: { ...payout, perDayFen: 100_000 } } });
  office = await openConsole({ shop: { ...till.shop, engine: till.engine } });
  await member(till, 'M1', 5_000);
});

describe('ten yuan on their way', () => {
  beforeEach(async () => {
    await till.withdraw('M1', 1_000);
    await till.round();
  });

  test('stand in the list with what they wait for, in the sums, and under their state', async () => {
    const page = await list();
    expect(page).toContain('今天转出 10 元，全店每天最多 1,000 元');
    expect(page).toContain('还在路上 10 元，1 笔');
    expect(page).toMatch(/提现 10 等会员确认 会员在微信里点“确认收款”才到账/);
    expect(await list('?state=waiting')).toContain('提现 10 等会员确认');
    expect(await list('?state=lost')).not.toContain('提现 10');
    expect(await list('?state=open&from=2026-11-22&to=2026-11-22')).toContain('提现 10');
    expect(await list('?from=2026-11-23')).not.toContain('提现 10');
    expect(await list('?to=2026-11-21')).not.toContain('提现 10');
  });

  test('called off: asked again first, then never sent any more, and the money is back', async () => {
    const asking = await press('stop');
    expect(words(asking)).toContain('叫停：提现 10 元');
    expect(till.rows()[0]?.cancelAskedAt).toBeNull();
    const answer = await press('stop', sure);
    expect(words(await office.owner.get(answer.location ?? ''))).toContain('已经叫停');
    till.later(minuteMs);
    await till.round();
    till.pay.finishCancel(billOf(0));
    till.later(minuteMs);
    await till.round();
    expect(await list()).toMatch(/已叫停 有人叫停/);
    expect(await list()).toContain('今天转出 0 元');
    expect(balance()).toBe(5_000);
    expect(words(await press('stop', sure))).toContain('这一笔已经有结果了');
    // From a page that was open since before.
    expect(words(await press('now'))).toContain('这一笔已经有结果了');
    expect(acts()).toEqual(['transfer.call-off']);
  });

  test('refused by WeChat for her name, it says why and what she has to do; paid anew, once, with another number', async () => {
    till.pay.close(billOf(0), 'REAL_NAME_CHECK_FAIL');
    till.later(minuteMs);
    await till.round();
    expect(await list('?state=lost')).toMatch(
      /没有成功 收款人没有在微信支付实名认证 请会员在微信里完成实名认证，再转一次。/,
    );
    expect(words(await press('again'))).toContain('再转一次：提现 10 元');
    expect(till.rows()).toHaveLength(1);
    const answers = [await press('again', sure), await press('again', sure)];
    expect(till.rows()).toHaveLength(2);
    expect(new Set(answers.map(({ location }) => location))).toEqual(
      new Set([`${path}/${billOf(1)}?said=sent-again`]),
    );
    expect(balance()).toBe(4_000);
    expect(await one(0)).toContain(`已经再转过一次： ${billOf(1)}`);
    expect(await one(0)).not.toContain('再转一次 状态');
    await till.round();
    till.pay.confirm(billOf(1));
    till.later(minuteMs);
    await till.round();
    expect(await list('?state=paid')).toContain('已到账');
    expect(till.pay.paidFen()).toBe(1_000);
    expect(words(await press('again', sure, 1))).toContain('只有没转成的才能再转一次');
  });

  test('what the wallet no longer holds is not paid anew', async () => {
    till.pay.close(billOf(0), 'ACCOUNT_FROZEN');
    till.later(minuteMs);
    await till.round();
    await till.withdraw('M1', 4_500);
    const refused = await press('again', sure);
    expect([refused.status, words(refused).includes('没有转：账户里只有5元')]).toEqual([409, true]);
    expect(till.rows()).toHaveLength(2);
  });
});

test('a red packet that came back is paid anew once, the page knows it, and who pressed is written down', async () => {
  const packet = { kind: 'red-packet', minFen: 320, maxFen: 320 };
  const campaigns = [campaign('188', { conditions: [spend(18_800)], rewards: [packet] })];
  till = await openPayShop({ campaigns, settings: { payout } });
  office = await openConsole({ shop: { ...till.shop, engine: till.engine } });
  const buyer = { externalId: 'M1', openid: 'open-M1' };
  await till.tell(sale({ member: buyer, lines: [line({ amountFen: 20_000 })] }));
  await till.round();
  till.pay.close(billOf(0), 'REAL_NAME_CHECK_FAIL');
  till.later(minuteMs);
  await till.round();
  expect([balance(), till.rows()[0]?.kind]).toEqual([320, 'red-packet']);
  const answers = [await press('again', sure), await press('again', sure)];
  expect(till.rows()).toHaveLength(2);
  expect(new Set(answers.map(({ location }) => location))).toEqual(
    new Set([`${path}/${billOf(1)}?said=sent-again`]),
  );
  expect(await one(0)).toContain(`已经再转过一次： ${billOf(1)}`);
  expect([balance(), acts()[0]]).toEqual([0, 'transfer.again']);
});

test('without funds it waits, says so, and is tried at once when the account is funded', async () => {
  till.pay.purseFen = 0;
  await till.withdraw('M1', 1_000);
  await till.round();
  expect(await list()).toMatch(
    /还没到微信支付 微信支付还没有收下：NOT_ENOUGH.*到微信支付商户平台给运营账户充值/,
  );
  till.pay.purseFen = 1_000_000;
  expect(await till.round()).toBe(0);
  await press('now');
  expect(await till.round()).toBe(1);
  expect(await list()).toContain('等会员确认');
  expect(till.pay.bills.size).toBe(1);
});

test('what could not be sent for a day is given up, with the reason that WeChat gave', async () => {
  till.pay.purseFen = 0;
  await till.withdraw('M1', 1_000);
  for (let round = 0; round < 60; round += 1) {
    await till.round();
    till.later(hourMs / 2);
  }
  expect(await list('?state=lost')).toMatch(/没有成功 商户号余额不足 到微信支付商户平台给运营账户充值/);
  expect(balance()).toBe(5_000);
});

test('pages go on by number, and the table has a line for each, the member masked', async () => {
  for (let count = 0; count < 5; count += 1) await till.withdraw('M1', 100);
  till.shop.db.all(
    `UPDATE members SET name = '王秀英', phone = '13912345487' WHERE id = ?`,
    idOf(till.shop, 'M1'),
  );
  const { text } = await office.send(`${path}/csv`, {});
  const lines = text.trim().split('\r\n').slice(1);
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/,王\*\* 139\*\*\*\*5487,提现,1,还没到微信支付,/);
  expect(await list(`?before=${String(till.rows()[1]?.seq)}`)).toMatch(
    /1 还没到微信支付(?!.*1 还没到微信支付)/s,
  );
  expect(acts()).toEqual(['list.export']);
});

test('only the owner sees where the money goes', async () => {
  const manager = await signInAs(office, await employ(office, 'manager'));
  expect((await manager.get(path)).status).toBe(403);
});

const balance = (): number => balanceOf(till.shop.db, 'ext:pos:M1', 'wallet');
const acts = (): unknown[] =>
  office.shop.db
    .all(`SELECT act FROM audit_rows WHERE person_id IS NOT NULL ORDER BY seq`)
    .map(({ act }) => act);
