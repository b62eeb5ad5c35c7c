/** 短信: the last resort, and only where the merchant wants it. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import type { SmsVerdict } from '../../workers/sms/define.ts';
import { queue } from '../support/outbox.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { playSms, type PlayedSms } from '../support/sms.ts';
import { deliveryOf, playWechat } from '../support/wechat.ts';

const sms = {
  on: true,
  signName: '阳光小镇',
  templates: { 'run-out-member': { id: 'SMS_7', params: { product: 'product', day: 'endsOn' } } },
};

/** A member who never followed the account, whose milk powder runs out. */
async function reminded(settings: object, phone: string | null = '13912345487'): Promise<Shop> {
  const shop = await openShop({ settings: MerchantSettings.parse(settings) });
  shop.db.all(
    `INSERT INTO members (id, phone, orders, spent_fen, created_at, version) VALUES ('m1', ?, 0, 0, 0, 1)`,
    phone,
  );
  const payload = { productName: '奶粉', endsOn: '2026-12-06', storeId: '8005' };
  queue(shop, { kind: 'run-out-member', memberId: 'm1', payload });
  return shop;
}

const send = (shop: Shop, provider: PlayedSms | null) =>
  drain(deliveryOf(shop, playWechat(), { sms: provider }), 10, shop.clock.now);

test('a member without WeChat is reminded by the provider’s template, under the shop’s own name', async () => {
  const shop = await reminded({ sms });
  const provider = playSms();
  await send(shop, provider);
  expect(provider.sent).toEqual([
    {
      phone: '13912345487',
      templateId: 'SMS_7',
      params: [
        { name: 'product', value: '奶粉', standIn: '商品' },
        { name: 'day', value: '2026-12-06' },
      ],
      signName: '阳光小镇',
      text: '您在天河店买的奶粉预计2026-12-06用完，记得提前备好。',
    },
  ]);
  expect(outboxRows(shop.db)).toMatchObject([{ state: 'sent', channel: 'sms', receipt: '1' }]);
});

test.each<[string, object, string]>([
  ['unless the merchant turns them on', {}, '没有开启短信'],
  ['while they are turned off', { sms: { ...sms, on: false } }, '没有开启短信'],
  ['without a signature', { sms: { ...sms, signName: ' ' } }, '没有设置短信签名'],
  ['of a kind without a template', { sms: { ...sms, templates: {} } }, '没有为这种消息设置模板'],
])('no text messages %s', async (_, settings, why) => {
  const shop = await reminded(settings);
  const provider = playSms();
  await send(shop, provider);
  expect(provider.sent).toEqual([]);
  expect(outboxRows(shop.db)[0]?.passedOver).toContainEqual({ channel: 'sms', why });
});

test('a deployment without a provider says so', async () => {
  const shop = await reminded({ sms });
  await send(shop, null);
  expect(outboxRows(shop.db)[0]?.passedOver).toContainEqual({ channel: 'sms', why: '没有接入短信服务' });
});

test.each<[SmsVerdict, object]>([
  [
    { verdict: 'retry', afterSeconds: 3600, why: '短信余额不足' },
    { state: 'pending', lastError: '短信余额不足' },
  ],
  [
    { verdict: 'park', why: '不知道短信是否已经发出' },
    { state: 'parked', lastError: '不知道短信是否已经发出' },
  ],
])('what the provider says is done: %o', async (verdict, row) => {
  const shop = await reminded({ sms });
  await send(
    shop,
    playSms(() => verdict),
  );
  expect(outboxRows(shop.db)).toMatchObject([{ ...row, channel: 'sms', attempts: 1 }]);
});
