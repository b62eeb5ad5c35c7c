/** 换一条路: what waiting does not mend goes by the next lawful way at once, and is given up only when none is left. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { attemptsMax } from '../../workers/deliver/closings.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { queue } from '../support/outbox.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { playSms, smsSettings } from '../support/sms.ts';
import { acted, deliveryOf, playWechat, wecomOf, type Reply } from '../support/wechat.ts';

const settings = MerchantSettings.parse({
  wechatTemplates: {
    'run-out-member': { id: 'T1', fields: { thing1: 'product' } },
    'run-out-associate': { id: 'T1', fields: { thing1: 'product' } },
  },
});
const withSms = MerchantSettings.parse({ ...settings, sms: smsSettings(['run-out-member']) });

const templatePath = '/cgi-bin/message/template/send';
const payload = { productName: '奶粉', endsOn: '2026-12-06', memberName: '李佳怡' };

/** A member with a phone and a WeChat whose milk powder runs out. */
async function reminded(chosen = settings): Promise<Shop> {
  const shop = await openShop({ settings: chosen });
  shop.db.all(
    `INSERT INTO members (id, phone, orders, spent_fen, created_at, version) VALUES ('m1', '13912345487', 0, 0, 0, 1)`,
  );
  shop.db.all(`INSERT INTO identities VALUES ('openid:oMa', 'm1')`);
  queue(shop, { kind: 'run-out-member', memberId: 'm1', payload });
  return shop;
}

const refusingCards = (reply: Reply) => playWechat(({ path }) => (path === templatePath ? reply : undefined));
const only = ({ db }: Shop) => {
  const [row] = outboxRows(db);
  if (!row) throw new Error('there is no message');
  return row;
};

describe('a card that WeChat refuses', () => {
  test.each([
    -41000, 40165, 40249, 41030, 43107, 43108, 43117, 45103, 45109, 45168, 45009, 40038, 40037, 48001, 99999,
  ])('with %d goes at once as a text, while the member’s window is open', async (errcode) => {
    const shop = await reminded();
    acted(shop, 'oMa');
    await drain(deliveryOf(shop, refusingCards({ errcode, errmsg: 'no' })), 10, shop.clock.now);
    expect(only(shop)).toMatchObject({ state: 'sent', attempts: 1, channel: 'wechat-service' });
    expect(only(shop).passedOver?.[0]).toMatchObject({
      channel: 'wechat-template',
      why: expect.stringContaining(`（${String(errcode)} no）`),
    });
  });

  test('because the day’s quota is used up goes by text message where nothing free is open', async () => {
    const shop = await reminded(withSms);
    const sms = playSms();
    const wechat = refusingCards({ errcode: 45009, errmsg: 'reach max api daily quota limit' });
    await drain(deliveryOf(shop, wechat, { sms }), 10, shop.clock.now);
    expect(sms.sent).toHaveLength(1);
    expect(only(shop)).toMatchObject({ state: 'sent', channel: 'sms' });
  });

  test('because the day’s quota is used up waits for six hours where no other way is open', async () => {
    const shop = await reminded();
    const wechat = refusingCards({ errcode: 45009, errmsg: 'reach max api daily quota limit' });
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(only(shop)).toMatchObject({ state: 'pending', dueAt: shop.clock.now + 6 * 3_600_000 });
  });

  test.each([40037, 48001])(
    'with %d is tried again a few minutes later, and goes out when WeChat has come to itself',
    async (errcode) => {
      const shop = await reminded();
      let isOff = true;
      const wechat = playWechat(({ path }) =>
        isOff && path === templatePath ? { errcode, errmsg: 'no' } : undefined,
      );
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      expect(only(shop)).toMatchObject({ state: 'pending', attempts: 1, dueAt: shop.clock.now + 300_000 });
      isOff = false;
      shop.clock.now += 300_000;
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-template' });
    },
  );

  test.each<[number, number]>([
    [40037, 4],
    [99999, attemptsMax],
    [43117, 1],
  ])('with %d is shown to the merchant after %d attempts, with every reason', async (errcode, attempts) => {
    const shop = await reminded();
    const wechat = refusingCards({ errcode, errmsg: 'no' });
    for (let tries = 0; tries < 10; tries += 1) {
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      shop.clock.now += 6 * 3_600_000;
    }
    expect(only(shop)).toMatchObject({ state: 'parked', attempts });
    expect(only(shop).lastError).toMatch(/^模板消息：.+；客服消息：48小时内没有互动/);
  });

  test('as busy to the last attempt is no reason not to use a way that is open', async () => {
    const shop = await reminded();
    const wechat = refusingCards({ errcode: -1, errmsg: 'system error' });
    for (let tries = 1; tries < attemptsMax; tries += 1) {
      await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
      shop.clock.now += 30_000;
    }
    expect(only(shop)).toMatchObject({ state: 'pending', attempts: attemptsMax - 1 });
    acted(shop, 'oMa');
    await drain(deliveryOf(shop, wechat), 10, shop.clock.now);
    expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-service' });
  });
});

describe('an associate whom WeCom does not reach', () => {
  async function told(answer: (path: string) => Reply | undefined): Promise<Shop> {
    const shop = await openShop({ settings });
    shop.db.all(
      `INSERT INTO associates (id, name, openid, wecom_user_id) VALUES ('g7', '小林', 'oLin', 'lin')`,
    );
    queue(shop, { kind: 'run-out-associate', associateId: 'g7', payload });
    const wechat = playWechat(({ path }) => answer(path));
    await drain(deliveryOf(shop, wechat, { wecom: wecomOf(shop, wechat) }), 10, shop.clock.now);
    return shop;
  }

  test.each([60020, 40001, 45009, 40058, 99999])('because of %d is told in WeChat', async (errcode) => {
    const shop = await told((path) =>
      path === '/cgi-bin/message/send' ? { errcode, errmsg: 'not allow, from ip: 203.0.113.9' } : undefined,
    );
    expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-template' });
  });

  test('because its secret is wrong is told in WeChat', async () => {
    const shop = await told((path) =>
      path === '/cgi-bin/gettoken' ? { errcode: 40001, errmsg: 'invalid credential' } : undefined,
    );
    expect(only(shop)).toMatchObject({ state: 'sent', channel: 'wechat-template' });
  });

  test('because of our address is told in WeChat, and the merchant reads the address', async () => {
    const shop = await told((path) =>
      path === '/cgi-bin/message/send'
        ? { errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 203.0.113.9, more info' }
        : undefined,
    );
    expect(shop.db.all(`SELECT text FROM alerts`)).toEqual([
      { text: expect.stringContaining('203.0.113.9 不在企业微信应用的企业可信IP里') },
    ]);
  });
});
