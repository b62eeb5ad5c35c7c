/** 企业微信欢迎语: said within twenty seconds, by whoever drains first, and never late. */
import { expect, test } from 'vitest';
import { drain } from '../../workers/deliver/drain.ts';
import { openShop, outboxRows } from '../support/shop.ts';
import { deliveryOf, playWechat, wecomOf } from '../support/wechat.ts';
import { insertSet } from '../../workers/db/set.ts';
import { outbox } from '../../schema/index.ts';

async function welcomed(afterMs: number) {
  const shop = await openShop();
  const askedAt = shop.clock.now;
  const row = {
    cause: 'ev_1/welcome',
    kind: 'wecom-welcome',
    payload: { welcomeCode: 'WELCOME', askedAt, text: '您好，欢迎来到阳光母婴！' },
    state: 'pending' as const,
    dueAt: 0,
    attempts: 0,
    createdAt: askedAt,
  };
  await shop.engine.db.batch([insertSet(outbox, [row as never], ['seq'])]);
  shop.clock.now += afterMs;
  const tencent = playWechat();
  await drain(deliveryOf(shop, tencent, { wecom: wecomOf(shop, tencent) }), 10, shop.clock.now);
  return {
    calls: tencent.calls.filter(({ path }) => path.endsWith('send_welcome_msg')),
    rows: outboxRows(shop.db),
  };
}

test('after five seconds the new customer is greeted with the code that WeCom gave', async () => {
  const { calls, rows } = await welcomed(5_000);
  expect(calls.map(({ body }) => body)).toEqual([
    { welcome_code: 'WELCOME', text: { content: '您好，欢迎来到阳光母婴！' }, attachments: [] },
  ]);
  expect(rows).toMatchObject([{ state: 'sent', channel: 'wecom-welcome' }]);
});

test('after twenty seconds nothing is said, and the shop reads why', async () => {
  const { calls, rows } = await welcomed(20_000);
  expect(calls).toEqual([]);
  expect(rows).toMatchObject([{ state: 'parked', lastError: expect.stringContaining('20秒') }]);
});
