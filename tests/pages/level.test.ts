/** 我的等级: a member reads what she is, until when, what it brings and what is missing, in numbers that are true. */
import { expect, test } from 'vitest';
import { campaign, line, sale } from '../support/builders.ts';
import { openPages, signUp, withSms, words } from './support.ts';

const levels = {
  list: [
    { name: '普通', walletMonthFen: 500 },
    {
      name: '高级',
      amountFen: 100_000,
      orders: 5,
      payPercent: 90,
      pointsPercent: 150,
      walletMonthFen: 2_000,
    },
    {
      name: 'VIP',
      amountFen: 500_000,
      withinDays: 90,
      singleFen: 300_000,
      payPercent: 85,
      pointsPercent: 200,
      withdrawDayFen: 50_000,
    },
  ],
  keeping: { mode: 'months', months: 12, afterwards: 'down' },
};

test('A-10: with 700 yuan she is 普通 and 300 yuan or 4 purchases from 高级; with 1000 she is 高级 for a year, and told what it brings', async () => {
  const packet = campaign('红包', { rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }] });
  const pages = await openPages({
    now: '2026-11-01 10:00',
    settings: { ...withSms, levels } as never,
    campaigns: [packet],
  });
  const visitor = pages.visitor();
  await signUp(pages, visitor);
  const buys = (orderNo: string, amountFen: number) =>
    pages.shop.tell(
      sale({
        orderNo,
        member: { openid: 'oNewcomer' },
        at: '2026-11-01 11:00',
        lines: [line({ amountFen })],
      }),
    );
  const shown = async (): Promise<string> => words(await visitor.get('/m/level')).replaceAll(' ', '');
  expect(await shown()).toContain('您还没有等级。下次消费后就是普通。');

  await buys('A', 70_000);
  expect(await shown()).toContain(
    '您是普通，到2027年11月1日（当天还算）。再消费300元，或再买4次，就是高级。',
  );
  expect(await shown()).toContain('普通的权益活动红包每月最多5元这个月已得活动红包3元，最多5元。');

  await buys('B', 30_000);
  const high = await shown();
  expect(high).toContain('您是高级，到2027年11月1日（当天还算）。');
  expect(high).toContain('高级的权益买东西9折消费得1.5倍积分活动红包每月最多20元');
  expect(high).toContain('VIP90天内消费满5000元，或一次买满3000元');
  expect(high).toContain('买东西8.5折；消费得2倍积分；活动红包每月不封顶；每天最多提现500元');
  expect(high).toContain('高级·您在这一级12个月内消费满1000元，或12个月内买满5次');
  expect(high).toContain('这12个月里的消费还够得上，就再管12个月；不够就降一级。');

  expect((await visitor.get('/m/')).text).toContain('href="/m/level"');
});

test('a shop without levels has no page of them, and no link to one', async () => {
  const pages = await openPages({ now: '2026-11-01 10:00' });
  const visitor = pages.visitor();
  await signUp(pages, visitor);
  const answer = await visitor.get('/m/level');
  expect([answer.status, words(answer).includes('这家店没有会员等级')]).toEqual([404, true]);
  expect((await visitor.get('/m/')).text).not.toContain('/m/level');
});
