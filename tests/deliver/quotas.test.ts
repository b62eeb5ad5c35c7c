/** 额度: what WeChat and the member allow is counted before anything is sent, and never used twice. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { agreeToSms, withdrawSms } from '../../workers/db/sms/sms-consents.ts';
import type { Db } from '../../workers/db/db.ts';
import { takeQuotas } from '../../workers/db/outbox/quotas.ts';
import { misbehaving, mentions } from '../support/faults.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import {
  acted,
  deliveryOf,
  playWechat,
  tokenPaths,
  type Call,
  type Reply,
  type Wechat,
} from '../support/wechat.ts';
import { playSms, smsSettings } from '../support/sms.ts';
import { queue } from '../support/outbox.ts';

const dayMs = 86_400_000;

const windows = ({ db }: Pick<Shop, 'db'>) =>
  db.all(`SELECT act, messages_left AS "left" FROM fan_windows ORDER BY act`);
const states = ({ db }: Pick<Shop, 'db'>) => outboxRows(db).map(({ state }) => state);
const texts = ({ calls }: Wechat) =>
  calls.filter(({ path }) => !tokenPaths.includes(path)).map(({ body }) => body['touser']);

/** A shop that has so many things to say to somebody. */
async function chatty(messages: number, through?: (db: Db) => Db): Promise<Shop> {
  const shop = await openShop({ ...(through && { through }) });
  for (let index = 0; index < messages; index += 1) {
    queue(shop, { kind: 'chat', openid: 'oMa', payload: { text: `第${String(index)}句` } });
  }
  return shop;
}

const refusing =
  (path: string, reply: Reply) =>
  (call: Call): Reply | undefined =>
    call.path === path ? reply : undefined;
const customPath = '/cgi-bin/message/custom/send';
const bizPath = '/cgi-bin/message/subscribe/bizsend';

describe('客服消息窗口', () => {
  test('somebody who did nothing in 48 hours is not written to, and WeChat is not asked', async () => {
    const shop = await chatty(1);
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(outboxRows(shop.db)).toMatchObject([
      { state: 'parked', lastError: '客服消息：48小时内没有互动，客服消息发不出去' },
    ]);
  });

  test('of 7 messages to somebody who said one thing 5 go out, and 2 are parked with the reason', async () => {
    const shop = await chatty(7);
    acted(shop, 'oMa');
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(texts(wechat)).toHaveLength(5);
    expect(windows(shop)).toEqual([{ act: 'said', left: 0 }]);
    expect(states(shop)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'parked', 'parked']);
    expect(outboxRows(shop.db)[6]?.passedOver).toEqual([
      { channel: 'wechat-service', why: '可发条数刚刚用完' },
    ]);
  });

  test('the window that closes first is used up first', async () => {
    const shop = await chatty(4);
    acted(shop, 'oMa');
    acted(shop, 'oMa', 'clicked');
    await drain(deliveryOf(shop, playWechat()), 10, shop.clock.now);
    expect(windows(shop)).toEqual([
      { act: 'clicked', left: 0 },
      { act: 'said', left: 4 },
    ]);
  });

  test('a window that has closed in the meantime is no window', async () => {
    const shop = await chatty(1);
    acted(shop, 'oMa', 'clicked');
    shop.clock.now += 60_000;
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(texts(wechat)).toEqual([]);
    expect(windows(shop)).toEqual([{ act: 'clicked', left: 3 }]);
  });

  test('four drains at once over 40 messages send 5, never 6, and nothing falls below zero', async () => {
    const shop = await chatty(40);
    acted(shop, 'oMa');
    const wechat = playWechat();
    const drains = Array.from({ length: 4 }, () => drain(deliveryOf(shop, wechat), 10, shop.clock.now));
    expect(await Promise.all(drains)).toEqual([10, 10, 10, 10]);
    expect(texts(wechat)).toHaveLength(5);
    expect(windows(shop)).toEqual([{ act: 'said', left: 0 }]);
    expect(states(shop).filter((state) => state === 'sent')).toHaveLength(5);
  });

  test.each([
    [45015, 'response out of time limit'],
    [45047, 'out of response count limit'],
  ])(
    '%d closes what we thought was open, and the next message does not try again',
    async (errcode, errmsg) => {
      const shop = await chatty(1);
      acted(shop, 'oMa');
      acted(shop, 'oMa', 'clicked');
      const wechat = playWechat(refusing(customPath, { errcode, errmsg }));
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      expect(windows(shop).map(({ left }) => left)).toEqual([0, 0]);
      expect(states(shop)).toEqual(['parked']);
      queue(shop, { kind: 'chat', openid: 'oMa', payload: { text: '再说一句' } });
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      expect(texts(wechat)).toHaveLength(1);
    },
  );

  test('what the person does while WeChat is refusing opens a window of its own, which stays open', async () => {
    const shop = await chatty(1);
    acted(shop, 'oMa');
    const wechat = playWechat(({ path }) => {
      if (path !== customPath) return undefined;
      shop.clock.now += 1;
      acted(shop, 'oMa');
      return { errcode: 45047, errmsg: 'out of response count limit' };
    });
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(windows(shop)).toEqual([{ act: 'said', left: 5 }]);
  });

  test('when nobody knows whether WeChat heard us, the count stands, and the message is tried again', async () => {
    const shop = await chatty(1);
    acted(shop, 'oMa');
    let isBroken = true;
    const wechat = playWechat(({ path }) =>
      isBroken && path === customPath ? new Error('reset') : undefined,
    );
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect([windows(shop), states(shop)]).toEqual([[{ act: 'said', left: 4 }], ['pending']]);
    isBroken = false;
    shop.clock.now += 40_000;
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect([windows(shop), states(shop)]).toEqual([[{ act: 'said', left: 3 }], ['sent']]);
  });

  test('whoever dies between counting and sending has used up one; the message still goes out, once', async () => {
    const shop = await chatty(1);
    acted(shop, 'oMa');
    const wechat = playWechat();
    const died = deliveryOf(shop, wechat);
    const never = new Promise<never>(() => {});
    // Sending begins and never ends: from here on this drain is gone.
    const reached = Promise.withResolvers<void>();
    const dying = {
      ...died,
      wechat: died.wechat && {
        ...died.wechat,
        sender: {
          ...died.wechat.sender,
          sendCustom: () => {
            reached.resolve();
            return never;
          },
        },
      },
    };
    void drain(dying, 10, shop.clock.now);
    await reached.promise;
    expect(windows(shop)).toEqual([{ act: 'said', left: 4 }]);
    expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now)).toBe(0);
    shop.clock.now += 60_000;
    expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now)).toBe(1);
    expect(texts(wechat)).toEqual(['oMa']);
    expect([windows(shop), states(shop)]).toEqual([[{ act: 'said', left: 3 }], ['sent']]);
  });

  test('a database that does not answer when it is asked to count sends nothing, and parks nothing', async () => {
    let isDown = true;
    const shop = await chatty(
      1,
      misbehaving((statements) =>
        isDown && mentions(statements, 'INSERT INTO fan_windows') ? 'down' : null,
      ),
    );
    acted(shop, 'oMa');
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(outboxRows(shop.db)).toMatchObject([{ state: 'pending', lastError: '暂时无法核对发送条数' }]);
    isDown = false;
    shop.clock.now += 40_000;
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(states(shop)).toEqual(['sent']);
  });
});

describe('订阅通知', () => {
  const settings = MerchantSettings.parse({
    wechatSubscriptions: { text: { id: 'S1', fields: { thing1: 'text' } } },
  });
  const stock = ({ db }: Shop) => db.all(`SELECT stock FROM permissions`).map((row) => row['stock']);

  async function agreed(times: number, messages: number): Promise<Shop> {
    const shop = await openShop({ settings });
    shop.db.all(`INSERT INTO permissions VALUES ('oMa', 'S1', CAST(? AS INTEGER), NULL)`, times);
    for (let index = 0; index < messages; index += 1) {
      queue(shop, { kind: 'text', openid: 'oMa', payload: { text: '周末有宝宝游泳体验' } });
    }
    return shop;
  }

  test('two consents are two notices: of 3 messages the third is not sent', async () => {
    const shop = await agreed(2, 3);
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls.filter(({ path }) => path === bizPath)).toMatchObject([
      { body: { touser: 'oMa', template_id: 'S1', data: { thing1: { value: '周末有宝宝游泳体验' } } } },
      { body: { touser: 'oMa' } },
    ]);
    expect([stock(shop), states(shop)]).toEqual([[0], ['sent', 'sent', 'parked']]);
  });

  test('three drains at once with one consent left send one notice', async () => {
    const shop = await agreed(1, 9);
    const wechat = playWechat();
    await Promise.all([3, 3, 3].map((limit) => drain(deliveryOf(shop, wechat), limit, shop.clock.now)));
    expect(wechat.calls.filter(({ path }) => path === bizPath)).toHaveLength(1);
    expect(stock(shop)).toEqual([0]);
  });

  test('43101 means that nothing is left of what we had counted', async () => {
    const shop = await agreed(3, 1);
    const wechat = playWechat(refusing(bizPath, { errcode: 43101, errmsg: 'user refuse to accept the msg' }));
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect([stock(shop), states(shop)]).toEqual([[0], ['parked']]);
  });

  test('without a consent it is not even tried', async () => {
    const shop = await agreed(0, 1);
    const wechat = playWechat();
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(wechat.calls).toEqual([]);
    expect(outboxRows(shop.db)[0]?.passedOver).toContainEqual({
      channel: 'wechat-subscription',
      why: '会员没有授权这种订阅通知，或授权已用完',
    });
  });
});

describe('营销短信 (A-02)', () => {
  const settings = MerchantSettings.parse({ sms: smsSettings(['text']) });

  async function promoted(messages: number): Promise<Shop> {
    const shop = await openShop({ settings });
    shop.db.all(
      `INSERT INTO members (id, phone, orders, spent_fen, created_at, version) VALUES ('m1', '13912345487', 0, 0, 0, 1)`,
    );
    for (let index = 0; index < messages; index += 1) promote(shop);
    return shop;
  }
  const promote = (shop: Shop) =>
    queue(shop, { kind: 'text', memberId: 'm1', payload: { text: '全场满188减20' } });
  const agree = (shop: Shop) => shop.db.batch([agreeToSms('m1', shop.clock.now)]);

  test('nobody gets any who has not agreed', async () => {
    const shop = await promoted(1);
    const sms = playSms();
    await drain(deliveryOf(shop, playWechat(), { sms }), 10, shop.clock.now);
    expect(sms.sent).toEqual([]);
    expect(outboxRows(shop.db)[0]?.passedOver).toContainEqual({
      channel: 'sms',
      why: '会员没有同意接收营销短信',
    });
  });

  test('of three in a week the third is dropped with the reason; seven days after the first there is room again', async () => {
    const shop = await promoted(3);
    await agree(shop);
    const sms = playSms();
    const delivery = deliveryOf(shop, playWechat(), { sms });
    await drain(delivery, 10, shop.clock.now);
    expect(sms.sent.map(({ text }) => text)).toEqual([
      '全场满188减20 拒收请回复R',
      '全场满188减20 拒收请回复R',
    ]);
    expect(states(shop)).toEqual(['sent', 'sent', 'parked']);

    promote(shop);
    shop.clock.now += 7 * dayMs - 1;
    await drain(delivery, 10, shop.clock.now);
    expect(outboxRows(shop.db)[3]?.lastError).toContain('短信：7天内已发过2条营销短信');
    promote(shop);
    shop.clock.now += 1;
    await drain(delivery, 10, shop.clock.now);
    expect(states(shop)[4]).toBe('sent');
  });

  test('at night it waits for nine in the morning, and uses up nothing until then', async () => {
    const shop = await promoted(0);
    await agree(shop);
    shop.clock.now = Date.parse('2026-11-22T23:30:00+08:00');
    promote(shop);
    const sms = playSms();
    const delivery = deliveryOf(shop, playWechat(), { sms });
    await drain(delivery, 10, shop.clock.now);
    const morning = Date.parse('2026-11-23T09:00:00+08:00');
    expect(outboxRows(shop.db)).toMatchObject([
      {
        state: 'pending',
        dueAt: morning,
        lastError: expect.stringContaining('晚上9点到早上9点不发营销短信'),
      },
    ]);
    shop.clock.now = morning;
    await drain(delivery, 10, shop.clock.now);
    expect(sms.sent).toHaveLength(1);
    expect(shop.db.all(`SELECT json_array_length(sent_at) AS sent FROM sms_consents`)).toEqual([{ sent: 1 }]);
  });

  test('whoever withdraws while we are about to send is left alone', async () => {
    const shop = await promoted(0);
    await agree(shop);
    await shop.db.batch([withdrawSms('m1', shop.clock.now)]);
    const wanted = new Map([[1, { kind: 'marketing-sms', key: ['m1'], limits: [2, 0] } as const]]);
    expect(await takeQuotas(shop.db, wanted, shop.clock.now)).toEqual(new Set());
  });

  test('four drains at once send two', async () => {
    const shop = await promoted(8);
    await agree(shop);
    const sms = playSms();
    const delivery = deliveryOf(shop, playWechat(), { sms });
    await Promise.all([2, 2, 2, 2].map((limit) => drain(delivery, limit, shop.clock.now)));
    expect(sms.sent).toHaveLength(2);
  });

  test('whoever withdraws gets none from then on, and agreeing again does not make room for more', async () => {
    const shop = await promoted(2);
    await agree(shop);
    const sms = playSms();
    const delivery = deliveryOf(shop, playWechat(), { sms });
    await drain(delivery, 10, shop.clock.now);
    await shop.db.batch([withdrawSms('m1', shop.clock.now)]);
    promote(shop);
    await drain(delivery, 10, shop.clock.now);
    await agree(shop);
    promote(shop);
    await drain(delivery, 10, shop.clock.now);
    expect(sms.sent).toHaveLength(2);
    expect(
      outboxRows(shop.db)
        .slice(2)
        .map(({ lastError }) => lastError),
    ).toEqual([
      expect.stringContaining('没有同意接收营销短信'),
      expect.stringContaining('7天内已发过2条营销短信'),
    ]);
  });
});
