/** 谁来付: the doorbell pays at once, the cron what was left, and a shop without keys asks nothing of anybody. */
import { describe, expect, test } from 'vitest';
import { plans } from '../../workers/platform/plans.ts';
import type { Round } from '../../workers/schedule/round.ts';
import { tick } from '../../workers/schedule/tick.ts';
import { answerBell } from '../../workers/work.ts';
import { campaign, line, sale } from '../support/builders.ts';
import { member, minuteMs, openPayShop, type PayShop } from '../support/payout.ts';
import { outboxRows } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, type Wechat } from '../support/wechat.ts';

type Here = PayShop & { readonly sent: string[] };

async function open(settings: object = {}): Promise<Here> {
  const sent: string[] = [];
  const here = await openPayShop({
    settings,
    campaigns: [
      campaign('packet', { conditions: [], rewards: [{ kind: 'red-packet', minFen: 300, maxFen: 300 }] }),
    ],
    through: (db) => ({
      batch: (statements) => {
        sent.push(...statements.map(({ sql }) => sql));
        return db.batch(statements);
      },
    }),
  });
  return { ...here, sent };
}

function roundOf(
  { shop, engine, payer }: Here,
  plan: keyof typeof plans,
  { wechat = playWechat(), ...given }: Partial<Round> & { readonly wechat?: Wechat } = {},
): Round {
  const { doorbell } = shop.receiver;
  const delivery = deliveryOf(shop, wechat);
  return {
    engine,
    delivery,
    doorbell,
    sendingBell: { ring: () => void shop.bells.push({ work: 'sending' }) },
    jobsBell: { ring: () => undefined },
    later: () => {},
    plan: plans[plan],
    clock: () => shop.clock.now,
    payer,
    ...given,
  };
}

const ring = (round: Round) => answerBell(round, [{}], 1);
const states = (here: Here) => here.rows().map(({ state }) => state);
const buy = (orderNo: string) =>
  sale({
    orderNo,
    id: orderNo,
    member: { externalId: 'M1', openid: 'open-M1' },
    lines: [line({ amountFen: 100 })],
  });
const ofTransfers = ({ sent }: Here) => sent.filter((sql) => /\btransfers\b|payout_days/.test(sql));

describe('a ring', () => {
  test('pays what was asked for, and the member is told in the same breath', async () => {
    const here = await open();
    await member(here, 'M1', 0);
    acted(here.shop, 'open-M1');
    const wechat = playWechat();
    await ring(roundOf(here, 'paid', { wechat }));
    expect(states(here)).toEqual(['waiting']);
    const link = `https://shop.example/m/transfers/${String(here.rows()[0]?.outBillNo)}`;
    expect(wechat.calls.at(-1)?.body).toEqual({
      touser: 'open-M1',
      msgtype: 'text',
      text: { content: `您有一笔3元待确认收款，请在24小时内点这里领取：${link}` },
    });
    expect(outboxRows(here.shop.db).map(({ kind, state }) => [kind, state])).toEqual([
      ['sale-earned', 'sent'],
      ['transfer-waiting', 'sent'],
    ]);
  });

  test('that decides sales pays in the same invocation on the paid plan, and in a later one on the free plan', async () => {
    const paid = await open();
    await paid.shop.post(buy('1'));
    await ring(roundOf(paid, 'paid'));
    expect(states(paid)).toEqual(['waiting']);
    const free = await open();
    await free.shop.post(buy('1'));
    await ring(roundOf(free, 'free'));
    expect(states(free)).toEqual(['asked']);
    await ring(roundOf(free, 'free'));
    expect(states(free)).toEqual(['waiting']);
  });

  test('takes on 2 payments at a time on the free plan, and rings again for the others', async () => {
    const here = await open();
    await here.tell(buy('1'), buy('2'), buy('3'));
    const bells = here.shop.bells.length;
    await ring(roundOf(here, 'free'));
    expect([states(here), here.shop.bells.length]).toEqual([['waiting', 'waiting', 'asked'], bells + 1]);
  });

  test('of a free plan stays below 50 statements with everything it does', async () => {
    const here = await open();
    await here.tell(buy('1'), buy('2'));
    here.sent.length = 0;
    await ring(roundOf(here, 'free'));
    expect(here.sent.length).toBeLessThan(50);
    expect(states(here)).toEqual(['waiting', 'waiting']);
  });
});

describe('the cron', () => {
  test.each([
    ['paid', 1],
    ['free', 4],
  ] as const)('of a %s plan asks after what is under way, within %d minutes', async (plan, minutes) => {
    const here = await open();
    await here.tell(buy('1'));
    const within = async () => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await tick(roundOf(here, plan), here.shop.clock.now);
        here.later(minuteMs);
      }
    };
    await within();
    here.pay.confirm(here.rows()[0]?.outBillNo ?? '');
    await within();
    expect(states(here)).toEqual(['paid']);
  });

  test('brings to its end what began before the shop kept its money, and begins nothing new', async () => {
    const here = await open();
    await here.tell(buy('1'));
    here.shop.db.all(
      `UPDATE settings SET value = json_set(value, '$.payout', json('{"mode":"wallet"}')) WHERE key = 'merchant'`,
    );
    here.shop.db.all(`UPDATE settings SET value = CAST(value + 1 AS TEXT) WHERE key = 'config_version'`);
    await here.tell(buy('2'));
    expect(states(here)).toEqual(['asked']);
    await tick(roundOf(here, 'paid'), here.shop.clock.now);
    expect(states(here)).toEqual(['waiting']);
  });
});

test('without keys of WeChat Pay neither a ring nor the cron sends one statement about payments', async () => {
  const here = await open();
  const { payer: _, ...bare } = roundOf(here, 'paid', { engine: here.shop.engine });
  await here.shop.post(buy('1'));
  here.sent.length = 0;
  await ring(bare);
  await tick(bare, here.shop.clock.now);
  expect(here.sent.length).toBeGreaterThan(10);
  expect(ofTransfers(here)).toEqual([]);
});

test('with keys, but money kept in the wallet, a ring asks nothing and the cron one thing', async () => {
  const here = await open({ payout: { mode: 'wallet' } });
  await here.shop.post(buy('1'));
  here.sent.length = 0;
  await ring(roundOf(here, 'paid'));
  expect(ofTransfers(here)).toEqual([]);
  await tick(roundOf(here, 'paid'), here.shop.clock.now);
  expect(ofTransfers(here).length).toBe(1);
});
