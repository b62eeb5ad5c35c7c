/** 发送: due messages are leased, looked at again, sent, and get their verdict. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings, type Message } from '../../schema/index.ts';
import { attemptsMax } from '../../workers/deliver/closings.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { DbError, type Db } from '../../workers/db/db.ts';
import { putSettings } from '../../workers/db/shop/settings.ts';
import { campaign, line, sale } from '../support/builders.ts';
import { balanceOf, openShop, outboxRows, type Shop } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, type Call, type Reply } from '../support/wechat.ts';

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
        data: { thing1: { value: '天河店' }, amount2: { value: '100元' }, thing3: { value: '100积分' } },
      },
    },
  ]);
  expect(verdicts(shop)).toEqual([
    { state: 'sent', attempts: 1, channel: 'wechat-template', lastError: null, receipt: '1' },
  ]);
});

test('a card leads to the member’s page, where the shop has one', async () => {
  const shop = await shopWith(
    1,
    MerchantSettings.parse({ ...template, publicUrl: 'https://huike.example/' }),
  );
  const wechat = playWechat();
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  expect(sends(wechat.calls)[0]?.body['url']).toBe('https://huike.example/m/');
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
    await delivery.wechat?.tokens.token(null);
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
    expect(verdicts(shop)).toMatchObject([
      { state: 'pending', lastError: '微信令牌失效（40001 invalid credential）' },
    ]);
    expect(sends(wechat.calls).length).toBe(2);
  });
});

describe('a channel that cannot carry a message', () => {
  test('hands it to the next: without a template it goes out as a text, while the member’s window is open', async () => {
    const shop = await shopWith(1, MerchantSettings.parse({}));
    acted(shop, 'open-0');
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(sends(wechat.calls).map(({ path, body }) => [path, body])).toEqual([
      [
        '/cgi-bin/message/custom/send',
        {
          touser: 'open-0',
          msgtype: 'text',
          text: { content: '您于2026-11-22 14:59在天河店消费100元，获得100积分。' },
        },
      ],
    ]);
    expect(verdicts(shop)).toMatchObject([{ state: 'sent', channel: 'wechat-service' }]);
  });

  test('and when no way is open it is parked with every reason, and WeChat is not even asked for a token', async () => {
    const shop = await shopWith(1, MerchantSettings.parse({}));
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(verdicts(shop)).toMatchObject([
      {
        state: 'parked',
        channel: null,
        lastError: '模板消息、订阅通知：没有为这种消息设置模板；客服消息：48小时内没有互动，客服消息发不出去',
      },
    ]);
  });

  test('by WeChat’s own word hands it on too, and when none is left it is parked with every reason', async () => {
    const shop = await shopWith(1);
    acted(shop, 'open-0');
    const wechat = playWechat(({ path }) => {
      if (path === '/cgi-bin/message/template/send') return { errcode: 43116, errmsg: 'banned rid: 6500-1f' };
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
          '模板消息：模板已被封禁（43116 banned rid: 6500-1f）；客服消息：48小时内没有互动，客服消息发不出去（45015 out of window）；订阅通知：没有为这种消息设置模板',
        receipt: null,
      },
    ]);
  });

  test('one message that the program cannot word spoils none of the others', async () => {
    const shop = await shopWith(2);
    shop.db.all(`UPDATE outbox SET payload = '{"at":1e300}' WHERE seq = 1`);
    await drain(deliveryOf(shop, playWechat()), 10, shop.clock.now);
    expect(verdicts(shop)).toMatchObject([
      { state: 'parked', lastError: '程序出错（RangeError），请联系技术人员' },
      { state: 'sent' },
    ]);
  });
});

test('while the database does not say the token nothing goes out, and everything goes once it answers; what it refuses for good is a fault of ours', async () => {
  const shop = await shopWith(2);
  const wechat = playWechat();
  const delivery = deliveryOf(shop, wechat);
  const without = (message: string) => ({
    ...delivery,
    wechat: delivery.wechat && {
      ...delivery.wechat,
      tokens: { token: () => Promise.reject(new DbError(message)) },
    },
  });
  await drain(without('D1_ERROR: database is locked'), 10, shop.clock.now);
  expect(sends(wechat.calls)).toEqual([]);
  expect(verdicts(shop)).toMatchObject([
    { state: 'pending', lastError: '数据库暂时没有回答，过一会儿再发' },
    { state: 'pending' },
  ]);
  shop.clock.now += 3_600_000;
  await drain(delivery, 1, shop.clock.now);
  await drain(without('D1_ERROR: no such table: wechat_tokens'), 10, shop.clock.now);
  expect(verdicts(shop)).toMatchObject([
    { state: 'sent' },
    { state: 'parked', lastError: '程序出错（DbError），请联系技术人员' },
  ]);
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
  acted(shop, 'open-1');
  const wechat = playWechat(({ path }) =>
    path === '/cgi-bin/stable_token' ? undefined : { errcode: 43101, errmsg: 'refused' },
  );
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  const [call] = sends(wechat.calls);
  expect(call?.body['text']).toEqual({
    content: '您于2026-11-22 14:59在天河店消费100元，获得100积分、红包3.20元。',
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
    expect(verdicts(shop)).toMatchObject([
      { state: 'parked', lastError: '模板消息、客服消息、订阅通知：没有绑定微信' },
    ]);
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

describe('the bill', () => {
  /** With the configuration and the token at hand, as on any day but the first. */
  async function spent(members: number, limit: number): Promise<{ batches: number; statements: number }> {
    const shop = await shopWith(members + 1);
    const delivery = deliveryOf(shop, playWechat());
    await drain(delivery, 1, shop.clock.now);
    const before = { ...shop.db.counts };
    expect(await drain(delivery, limit, shop.clock.now)).toBe(members);
    return {
      batches: shop.db.counts.batches - before.batches,
      statements: shop.db.counts.statements - before.statements,
    };
  }

  test.each([1, 6, 120])(
    'of %d messages: lease, recipients, token, verdicts are four round trips',
    async (members) => {
      expect(await spent(members, 120)).toEqual({ batches: 4, statements: 6 });
    },
  );

  test('of 60 messages that fall from way to way is bounded by the ways, not by the messages', async () => {
    const shop = await shopWith(60);
    for (let member = 0; member < 60; member += 1) acted(shop, `open-${String(member)}`);
    const refusals: Record<string, Reply> = {
      '/cgi-bin/message/template/send': { errcode: 43116, errmsg: 'banned' },
      '/cgi-bin/message/custom/send': { errcode: 45015, errmsg: 'out of window' },
    };
    const wechat = playWechat(({ path }) => refusals[path]);
    const delivery = deliveryOf(shop, wechat);
    await delivery.wechat?.tokens.token(null);
    await delivery.config.get();
    const before = shop.db.counts.batches;
    expect(await drain(delivery, 120, shop.clock.now)).toBe(60);
    // Lease, recipients, token, one count for the texts of the second round, verdicts.
    expect(shop.db.counts.batches - before).toBe(5);
    expect(sends(wechat.calls)).toHaveLength(120);
  });

  test('a message sent by card is written twice, when it is leased and when it is done, and nothing else is', async () => {
    let written = 0;
    const through = (db: Db): Db => ({
      batch: async (statements) => {
        const results = await db.batch(statements);
        written += results.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0);
        return results;
      },
    });
    const shop = await openShop({ settings: template, through });
    for (const orderNo of ['1', '2', '3', '4']) {
      await shop.tell(sale({ orderNo, member: { externalId: orderNo, openid: `open-${orderNo}` } }));
    }
    const delivery = deliveryOf(shop, playWechat());
    await delivery.wechat?.tokens.token(null);
    written = 0;
    expect(await drain(delivery, 10, shop.clock.now)).toBe(4);
    expect(written).toBe(2 * 4);
  });

  test('nothing to send costs one round trip', async () => {
    const shop = await openShop({ settings: template });
    const before = shop.db.counts.batches;
    expect(await drain(deliveryOf(shop, playWechat()), 120, shop.clock.now)).toBe(0);
    expect(shop.db.counts.batches - before).toBe(1);
  });
});

test('what the merchant changes counts for the next message, also where the old settings are at hand', async () => {
  const shop = await shopWith(2);
  const wechat = playWechat();
  const delivery = deliveryOf(shop, wechat);
  await drain(delivery, 1, shop.clock.now);
  await putSettings(shop.db, MerchantSettings.parse({}));
  await drain(delivery, 1, shop.clock.now);
  expect(verdicts(shop).map(({ state }) => state)).toEqual(['sent', 'parked']);
});

test('when WeChat is slow, what was not begun in ten seconds is given back untouched: no lease runs out under a send', async () => {
  const shop = await shopWith(20);
  const wechat = playWechat(({ path }) => {
    if (path === '/cgi-bin/message/template/send') shop.clock.now += 4_000;
    return undefined;
  });
  const start = shop.clock.now;
  expect(await drain(deliveryOf(shop, wechat), 20, start)).toBe(20);
  const states = Map.groupBy(verdicts(shop), ({ state }) => state);
  const given = states.get('pending') ?? [];
  expect(states.get('sent')?.length).toBe(sends(wechat.calls).length);
  expect(given.length).toBeGreaterThan(0);
  expect(given.every(({ attempts, lastError }) => attempts === 0 && lastError === null)).toBe(true);
  // They are taken up at once by whoever comes next.
  while ((await drain(deliveryOf(shop, wechat), 20, shop.clock.now)) > 0);
  expect(sends(wechat.calls)).toHaveLength(20);
});

test('the address that WeChat does not let in is said to the merchant once, not for each of 12 messages', async () => {
  const shop = await shopWith(12);
  const errmsg = 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6500-1f2c';
  const wechat = playWechat(({ path }) =>
    path === '/cgi-bin/message/template/send' ? { errcode: 40164, errmsg } : undefined,
  );
  await drain(deliveryOf(shop, wechat), 12, shop.clock.now);
  shop.clock.now += 600_000;
  await drain(deliveryOf(shop, wechat), 12, shop.clock.now);
  expect(shop.db.all(`SELECT kind, source_id, text FROM alerts`)).toEqual([
    {
      kind: 'address.unlisted',
      source_id: 'deliver',
      text: '消息发不出去：服务器地址 203.0.113.9 不在公众号的IP白名单里。请到后台把它加进去，几分钟后会自动重发。',
    },
  ]);
  expect(verdicts(shop)[0]).toMatchObject({
    state: 'pending',
    lastError:
      '服务器地址不在公众号的IP白名单里（40164 invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6500-1f2c）',
  });
});

test('a secret that WeChat does not accept is told in its own words, and tried again', async () => {
  const shop = await shopWith(1);
  const wechat = playWechat(() => ({ errcode: 40125, errmsg: 'invalid appsecret' }));
  await drain(deliveryOf(shop, wechat), 1, shop.clock.now);
  expect(verdicts(shop)).toMatchObject([
    { state: 'pending', lastError: 'access_token: 40125 invalid appsecret' },
  ]);
});

test('and so is the address that gets no token', async () => {
  const shop = await shopWith(2);
  const wechat = playWechat(() => ({
    errcode: 61004,
    errmsg: 'access clientip is not registered requestIP: 203.0.113.9 rid: 1',
  }));
  await drain(deliveryOf(shop, wechat), 2, shop.clock.now);
  expect(shop.db.all(`SELECT text FROM alerts`)).toHaveLength(1);
  expect(verdicts(shop)).toMatchObject([{ state: 'pending' }, { state: 'pending' }]);
});
