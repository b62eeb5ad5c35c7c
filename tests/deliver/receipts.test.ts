/** 送达回执: what WeChat says after it took a message; what did not arrive goes another way, once. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings, type Arrival } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { processGroup } from '../../workers/engine/process.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { queue } from '../support/outbox.ts';
import { playSms, smsSettings } from '../support/sms.ts';
import { acted, deliveryOf, playWechat, type Wechat } from '../support/wechat.ts';

const hourMs = 3_600_000;

const settings = MerchantSettings.parse({
  wechatTemplates: { 'run-out-member': { id: 'T1', fields: { thing1: 'product' } } },
  sms: smsSettings(['run-out-member']),
});

/** A member with a phone and a WeChat, whose milk powder runs out. */
async function reminded(): Promise<Shop> {
  const shop = await openShop({ settings });
  shop.db.all(
    `INSERT INTO members (id, phone, orders, spent_fen, created_at, version) VALUES ('m1', '13912345487', 0, 0, 0, 1)`,
  );
  shop.db.all(`INSERT INTO identities VALUES ('openid:oMa', 'm1')`);
  remind(shop);
  return shop;
}

const remind = (shop: Shop) =>
  queue(shop, {
    kind: 'run-out-member',
    memberId: 'm1',
    payload: { productName: '奶粉', endsOn: '2026-12-06' },
  });

const arrived = (shop: Shop, receipt: string, arrival: Arrival) =>
  processGroup(
    shop.engine,
    [
      {
        event: {
          type: 'message.arrived',
          id: `ev_${receipt}_${arrival}_${String(shop.clock.now)}` as never,
          namespace: '',
          occurredAt: shop.clock.now,
          receipts: [{ receipt, arrival, why: arrival === 'delivered' ? null : `微信回执：${arrival}` }],
        },
        seq: null,
      },
    ],
    shop.clock.now,
  );

const paths = ({ calls }: Wechat) => calls.map(({ path }) => path);
const only = (shop: Shop) => {
  const [row] = outboxRows(shop.db);
  if (!row) throw new Error('there is no message');
  return row;
};
const earlyRows = ({ db }: Shop) => db.all(`SELECT receipt FROM early_receipts`);

test('a card that arrived is done with', async () => {
  const shop = await reminded();
  const wechat = playWechat();
  await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
  await arrived(shop, '1', 'delivered');
  expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-template', arrival: 'delivered' });
  expect(await drain(deliveryOf(shop, wechat), 10, shop.clock.now)).toBe(0);
});

describe.each(['blocked', 'failed'] as const)('a card that was %s', (arrival) => {
  test('is taken up again for the ways not tried yet, and every step can be read', async () => {
    const shop = await reminded();
    const [wechat, sms] = [playWechat(), playSms()];
    const delivery = deliveryOf(shop, wechat, { sms });
    await drain(delivery, 10, shop.clock.now);
    await arrived(shop, '1', arrival);
    expect(only(shop)).toMatchObject({ state: 'pending', attempts: 0, arrival: null, endedAt: null });
    expect(await drain(delivery, 10, shop.clock.now)).toBe(1);
    expect(paths(wechat).filter((path) => path.endsWith('template/send'))).toHaveLength(1);
    expect(sms.sent).toMatchObject([{ phone: '13912345487', templateId: 'SMS_run-out-member' }]);
    expect(only(shop)).toMatchObject({
      state: 'sent',
      channel: 'sms',
      passedOver: [
        { channel: 'wechat-template', why: `微信回执：${arrival}`, isTried: true },
        { channel: 'wechat-service', why: '48小时内没有互动，客服消息发不出去' },
        { channel: 'wechat-subscription', why: '没有为这种消息设置模板' },
      ],
    });
  });

  test('and has no other way open is parked, with what WeChat said first', async () => {
    const shop = await reminded();
    const delivery = deliveryOf(shop, playWechat());
    await drain(delivery, 10, shop.clock.now);
    await arrived(shop, '1', arrival);
    await drain(delivery, 10, shop.clock.now);
    expect(only(shop).state).toBe('parked');
    expect(only(shop).lastError).toMatch(new RegExp(`^模板消息：微信回执：${arrival}；`));
  });
});

test('at most once: the second way is not followed by a third, even if it fails as well', async () => {
  const shop = await reminded();
  acted(shop, 'oMa');
  const sms = playSms();
  const wechat = playWechat(({ path }) =>
    path.endsWith('custom/send') ? { errcode: 0, errmsg: 'ok', msgid: 2 } : undefined,
  );
  const delivery = deliveryOf(shop, wechat, { sms });
  await drain(delivery, 10, shop.clock.now);
  await arrived(shop, '1', 'failed');
  await drain(delivery, 10, shop.clock.now);
  expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-service', receipt: '2' });
  await arrived(shop, '2', 'failed');
  expect(only(shop)).toMatchObject({ state: 'sent', arrival: 'failed' });
  expect(await drain(delivery, 10, shop.clock.now)).toBe(0);
  expect(sms.sent).toEqual([]);
});

test('a receipt that is told twice takes nothing up twice', async () => {
  const shop = await reminded();
  const sms = playSms();
  const delivery = deliveryOf(shop, playWechat(), { sms });
  await drain(delivery, 10, shop.clock.now);
  await arrived(shop, '1', 'failed');
  await drain(delivery, 10, shop.clock.now);
  shop.clock.now += 1;
  await arrived(shop, '1', 'failed');
  expect(await drain(delivery, 10, shop.clock.now)).toBe(0);
  expect(sms.sent).toHaveLength(1);
});

test('two days later it is too late to remind by another way', async () => {
  const shop = await reminded();
  const sms = playSms();
  const delivery = deliveryOf(shop, playWechat(), { sms });
  await drain(delivery, 10, shop.clock.now);
  shop.clock.now += 48 * hourMs + 1;
  await arrived(shop, '1', 'failed');
  await drain(delivery, 10, shop.clock.now);
  expect(sms.sent).toEqual([]);
  expect(only(shop)).toMatchObject({
    state: 'parked',
    lastError: '回执说没有送达，但已经过去太久，不再换别的方式发送',
  });
});

test('what was emptied because the person wanted to be forgotten is not taken up again', async () => {
  const shop = await reminded();
  const delivery = deliveryOf(shop, playWechat(), { sms: playSms() });
  await drain(delivery, 10, shop.clock.now);
  shop.db.all(`UPDATE outbox SET payload = '{}'`);
  await arrived(shop, '1', 'blocked');
  expect(only(shop)).toMatchObject({ state: 'sent', arrival: 'blocked' });
});

describe('a receipt that comes before we have written down that we sent', () => {
  /** WeChat tells of the arrival while its answer is still on the line. */
  const hasty = (shop: Shop, arrival: Arrival): Wechat => {
    let isTold = false;
    return playWechat(async ({ path }) => {
      if (!path.endsWith('template/send') || isTold) return undefined;
      isTold = true;
      await arrived(shop, '7001', arrival);
      return { errcode: 0, errmsg: 'ok', msgid: 7001 };
    });
  };

  test('is not lost: the message is delivered', async () => {
    const shop = await reminded();
    await drain(deliveryOf(shop, hasty(shop, 'delivered')), 10, shop.clock.now);
    expect(only(shop)).toMatchObject({ state: 'sent', receipt: '7001', arrival: 'delivered' });
  });

  test('is not lost: the message that was blocked goes another way', async () => {
    const shop = await reminded();
    const sms = playSms();
    const delivery = deliveryOf(shop, hasty(shop, 'blocked'), { sms });
    await drain(delivery, 10, shop.clock.now);
    expect(only(shop)).toMatchObject({ state: 'pending', attempts: 0 });
    await drain(delivery, 10, shop.clock.now);
    expect(sms.sent).toHaveLength(1);
    expect(only(shop)).toMatchObject({ state: 'sent', channel: 'sms' });
  });

  test('costs no row where it comes in time, and none for what others send by the same account', async () => {
    const shop = await reminded();
    await drain(deliveryOf(shop, playWechat()), 10, shop.clock.now);
    await arrived(shop, '1', 'delivered');
    await arrived(shop, 'of-another-system', 'failed');
    expect(earlyRows(shop)).toEqual([]);
  });

  test('and belongs to nobody is forgotten after a day', async () => {
    const shop = await reminded();
    await drain(deliveryOf(shop, hasty(shop, 'delivered')), 10, shop.clock.now);
    expect(earlyRows(shop)).toEqual([{ receipt: '7001' }]);
    shop.clock.now += 24 * hourMs + 1;
    await arrived(shop, '1', 'delivered');
    expect(earlyRows(shop)).toEqual([]);
  });
});
