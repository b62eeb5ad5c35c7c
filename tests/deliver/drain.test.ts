/** 发送: due messages are leased, looked at again, sent, and get their verdict. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings, type Message } from '../../schema/index.ts';
import { attemptsMax, drain } from '../../workers/deliver/drain.ts';
import { campaign, line, sale } from '../support/builders.ts';
import { balanceOf, openShop, outboxRows, type Shop } from '../support/shop.ts';
import { deliveryOf, playWechat, type Call, type Reply } from '../support/wechat.ts';

const template = MerchantSettings.parse({
  wechatTemplates: {
    'sale-earned': { id: 'T1', fields: { thing1: 'store', amount2: 'paid', thing3: 'earned' } },
  },
});

/** One sale for each member, each with a WeChat of their own. */
async function shopWith(members: number, settings = template): Promise<Shop> {
  const shop = await openShop({ settings });
  await shop.tell(
    ...Array.from({ length: members }, (_, index) =>
      sale({
        orderNo: String(index),
        member: { externalId: `M${String(index)}`, openid: `open-${String(index)}` },
      }),
    ),
  );
  return shop;
}

const sends = (calls: readonly Call[]) => calls.filter(({ path }) => path !== '/cgi-bin/stable_token');
const verdicts = (shop: Shop): Pick<Message, 'state' | 'attempts' | 'channel' | 'lastError' | 'receipt'>[] =>
  outboxRows(shop.db).map(({ state, attempts, channel, lastError, receipt }) => ({
    state,
    attempts,
    channel,
    lastError,
    receipt,
  }));

test('a sale is told to its member once: what was paid, where, and what it earned', async () => {
  const shop = await shopWith(1);
  const wechat = playWechat();
  expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now)).toBe(1);
  expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now)).toBe(0);
  expect(sends(wechat.calls)).toEqual([
    {
      path: '/cgi-bin/message/template/send',
      token: 'token-1',
      body: {
        touser: 'open-0',
        template_id: 'T1',
        client_msg_id: 'huike-1',
        data: { thing1: { value: '天河店' }, amount2: { value: '100.00元' }, thing3: { value: '100积分' } },
      },
    },
  ]);
  expect(verdicts(shop)).toEqual([
    { state: 'sent', attempts: 1, channel: 'wechat-template', lastError: null, receipt: '1' },
  ]);
});

test('40 messages go out at most six at a time, each once, though two drains run', async () => {
  const shop = await shopWith(40);
  const wechat = playWechat();
  const counts = await Promise.all([
    drain(deliveryOf(shop, wechat), 25, shop.clock.now),
    drain(deliveryOf(shop, wechat), 25, shop.clock.now),
  ]);
  expect(counts.toSorted((a, b) => a - b)).toEqual([15, 25]);
  expect(wechat.busiest()).toBeLessThanOrEqual(12);
  expect(new Set(sends(wechat.calls).map(({ body }) => body['touser'])).size).toBe(40);
  expect(sends(wechat.calls).length).toBe(40);

  const alone = await shopWith(20);
  const other = playWechat();
  await drain(deliveryOf(alone, other), 20, alone.clock.now);
  expect(other.busiest()).toBe(6);
});

test('a leased message is left alone for a minute, and taken up again when its sender never came back', async () => {
  const shop = await shopWith(1);
  // Whoever leased it is gone.
  shop.db.all(`UPDATE outbox SET lease_until = ?, attempts = 1`, shop.clock.now + 60_000);
  const wechat = playWechat();
  expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now + 59_999)).toBe(0);
  expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now + 60_000)).toBe(1);
  expect(verdicts(shop)).toMatchObject([{ state: 'sent', attempts: 2 }]);
});

test('WeChat is busy: tried again, later each time, and parked with the last reason after 8 attempts', async () => {
  const shop = await shopWith(1);
  const wechat = playWechat(({ path }) =>
    path === '/cgi-bin/stable_token' ? undefined : { errcode: -1, errmsg: 'system busy' },
  );
  let now = shop.clock.now;
  for (let attempt = 1; attempt < attemptsMax; attempt += 1) {
    shop.clock.now = now;
    expect(await drain(deliveryOf(shop, wechat), 10, now)).toBe(1);
    expect(await drain(deliveryOf(shop, wechat), 10, now + 29_999)).toBe(0);
    now += 30_000;
  }
  expect(await drain(deliveryOf(shop, wechat), 10, now)).toBe(1);
  expect(verdicts(shop)).toEqual([
    {
      state: 'parked',
      attempts: 8,
      channel: 'wechat-template',
      lastError: '微信暂时不能处理（-1 system busy）',
      receipt: null,
    },
  ]);
  expect(sends(wechat.calls).length).toBe(8);
});

test.each<[string, Reply, string]>([
  ['the line is broken', new Error('reset'), 'network: reset'],
  ['the relay answers 502', 502, 'http: HTTP 502'],
])('%s: nobody knows, so it is tried again', async (_, reply, why) => {
  const shop = await shopWith(1);
  const wechat = playWechat(({ path }) => (path === '/cgi-bin/stable_token' ? undefined : reply));
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  expect(verdicts(shop)).toEqual([
    { state: 'pending', attempts: 1, channel: 'wechat-template', lastError: why, receipt: null },
  ]);
});

describe('a token that WeChat no longer takes', () => {
  test('is replaced once for the whole drain, and every message still goes out', async () => {
    const shop = await shopWith(12);
    const wechat = playWechat();
    const delivery = deliveryOf(shop, wechat);
    await delivery.tokens.token(null);
    // Somebody took a new token by other means: the one we keep is worth nothing now.
    await wechat.client.stableToken({ appId: 'x', secret: 'y', forceRefresh: true });
    wechat.calls.length = 0;
    await drain(delivery, 20, shop.clock.now);
    expect(new Set(outboxRows(shop.db).map(({ state }) => state))).toEqual(new Set(['sent']));
    expect(wechat.calls.filter(({ path }) => path === '/cgi-bin/stable_token').length).toBe(1);
  });

  test('and whose successor is refused as well leaves the message for later', async () => {
    const shop = await shopWith(1);
    const wechat = playWechat(({ path }) =>
      path === '/cgi-bin/stable_token' ? undefined : { errcode: 40001, errmsg: 'invalid credential' },
    );
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(verdicts(shop)).toMatchObject([{ state: 'pending', lastError: 'access_token 刷新后仍被拒绝' }]);
    expect(sends(wechat.calls).length).toBe(2);
  });
});

describe('a channel that cannot carry a message', () => {
  test('hands it to the next: without a template it goes out as a text', async () => {
    const shop = await shopWith(1, MerchantSettings.parse({}));
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(sends(wechat.calls).map(({ path, body }) => [path, body])).toEqual([
      [
        '/cgi-bin/message/custom/send',
        {
          touser: 'open-0',
          msgtype: 'text',
          text: { content: '您于2026-11-22 14:59在天河店消费100.00元，获得100积分。' },
        },
      ],
    ]);
    expect(verdicts(shop)).toMatchObject([{ state: 'sent', channel: 'wechat-service' }]);
  });

  test('by WeChat’s own word hands it on too, and when none is left it is parked with every reason', async () => {
    const shop = await shopWith(1);
    const wechat = playWechat(({ path }) => {
      if (path === '/cgi-bin/message/template/send') return { errcode: 43116, errmsg: 'banned' };
      if (path === '/cgi-bin/message/custom/send') return { errcode: 45015, errmsg: 'out of window' };
      return undefined;
    });
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(verdicts(shop)).toEqual([
      {
        state: 'parked',
        attempts: 1,
        channel: null,
        lastError:
          'wechat-template: 模板已被封禁（43116 banned）；wechat-service: 会员48小时内没有互动，客服消息发不出去（45015 out of window）',
        receipt: null,
      },
    ]);
  });
});

test('what is too long for a field is cut between characters, never through one', async () => {
  const settings = MerchantSettings.parse({
    wechatTemplates: { 'sale-earned': { id: 'T1', fields: { thing1: 'store' } } },
  });
  const shop = await openShop({ settings });
  shop.db.all(`UPDATE stores SET name = ?`, '👶'.repeat(30));
  await shop.tell(sale({ member: { externalId: 'M1', openid: 'open-1' }, lines: [line()] }));
  const wechat = playWechat();
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  const [sent] = sends(wechat.calls);
  expect(sent?.body['data']).toEqual({ thing1: { value: `${'👶'.repeat(19)}…` } });
});

test('a message that cannot be sent takes nothing back: the packet stays in the wallet (K-50)', async () => {
  const packet = { kind: 'red-packet', minFen: 320, maxFen: 320 };
  const shop = await openShop({ campaigns: [campaign('c', { conditions: [], rewards: [packet] })] });
  await shop.tell(sale({ member: { externalId: 'M1', openid: 'open-1' } }));
  const wechat = playWechat(({ path }) =>
    path === '/cgi-bin/stable_token' ? undefined : { errcode: 43101, errmsg: 'refused' },
  );
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  const [call] = sends(wechat.calls);
  expect(call?.body['text']).toEqual({
    content: '您于2026-11-22 14:59在天河店消费100.00元，获得100积分、红包3.20元。',
  });
  expect(verdicts(shop)).toMatchObject([{ state: 'parked' }]);
  expect(balanceOf(shop.db, 'ext:pos:M1', 'wallet')).toBe(320);
});

describe('the present is looked at, not the day the message was written', () => {
  test('a member who left in the meantime is sent nothing', async () => {
    const shop = await shopWith(1);
    await shop.tell({
      type: 'member.deleted',
      id: 'd',
      occurredAt: '2026-11-22T16:00:00+08:00',
      data: { externalId: 'M0' },
    });
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(verdicts(shop)).toMatchObject([{ state: 'parked', lastError: '会员没有绑定微信' }]);
  });

  test('a member who was joined with another is reached through the one that stayed', async () => {
    const shop = await openShop({ settings: template });
    await shop.tell(
      sale({ orderNo: '1', at: '2026-11-20 10:00', member: { externalId: 'A' } }),
      sale({ orderNo: '2', member: { openid: 'open-b' } }),
    );
    await shop.tell({
      type: 'member.merged',
      id: 'm',
      occurredAt: '2026-11-22T16:00:00+08:00',
      data: { from: { openid: 'open-b' }, into: { externalId: 'A' } },
    });
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(sends(wechat.calls).map(({ body }) => body['touser'])).toEqual(['open-b']);
  });
});
