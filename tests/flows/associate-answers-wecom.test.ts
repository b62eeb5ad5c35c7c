/** 导购在企业微信里回复: where the app passed on a member’s words, she answers there, and hears there to whom it went. */
import { encrypt, getSignature } from '@wecom/crypto';
import { expect, test } from 'vitest';
import { MerchantSettings, type Associate } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { receiveWecom } from '../../workers/receive/wecom/wecom.ts';
import { events, openAccount } from '../support/account.ts';
import { join } from '../support/scenes.ts';
import { inboxRows, openShop } from '../support/shop.ts';
import { deliveryOf, playWechat, wecomOf } from '../support/wechat.ts';

const corp = {
  corpId: 'ww1436e0e65a779aee',
  token: 'wecom-token',
  encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};
const li = {
  id: '12',
  name: '小李',
  storeId: null,
  openid: null,
  wecomUserId: 'lixiao',
} as unknown as Associate;

async function open() {
  const shop = await openShop({
    associates: [li],
    settings: MerchantSettings.parse({
      shopName: '阳光母婴',
      publicUrl: 'https://huike.example',
      wechat: { keywords: [{ match: 'exact', words: ['库存'], reply: '请看后台。' }] },
    }),
  });
  const account = openAccount(shop);
  const wecom = { ...corp, encodingAESKeys: [corp.encodingAESKey] };
  const [wechat, corporate] = [playWechat(), playWechat()];
  const delivery = deliveryOf(shop, wechat, { wecom: wecomOf(shop, corporate) });
  let pushed = 0;
  return {
    shop,
    account,
    /** An employee writes to the app. */
    push: async (userId: string, fields: string): Promise<void> => {
      pushed += 1;
      shop.clock.now += 1_000;
      const xml = `<xml><ToUserName>${corp.corpId}</ToUserName><FromUserName>${userId}</FromUserName><CreateTime>${Math.floor(shop.clock.now / 1000)}</CreateTime>${fields}<MsgId>${pushed}</MsgId><AgentID>1000002</AgentID></xml>`;
      const sealed = encrypt(corp.encodingAESKey, xml, corp.corpId);
      const query = new URLSearchParams({
        msg_signature: getSignature(corp.token, '1795000000', 'n', sealed),
        timestamp: '1795000000',
        nonce: 'n',
      });
      const request = new Request(`https://shop.example/hooks/wecom?${query.toString()}`, {
        method: 'POST',
        body: `<xml><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
      });
      expect((await receiveWecom({ ...account.receiver, wecom }, request)).status).toBe(200);
    },
    deliver: async (): Promise<void> => {
      shop.clock.now += 6_000;
      await shop.work();
      await drain(delivery, 50, shop.clock.now);
    },
    memberReads: (): unknown[] =>
      wechat.calls.filter(({ path }) => path.endsWith('/custom/send')).map(({ body }) => body['text']),
    sheReads: (): string[] =>
      corporate.calls
        .filter(({ path }) => path === '/cgi-bin/message/send')
        .map(({ body }) => (body['text'] as { content: string }).content.replace(/\n编号 \d+$/, '')),
  };
}

const text = (words: string): string => `<MsgType>text</MsgType><Content><![CDATA[${words}]]></Content>`;

test('her answer goes to the member who asked last, and she is told in WeCom', async () => {
  const { account, shop, push, deliver, memberReads, sheReads } = await open();
  await account.push('oMa', events.follow('adv_12'));
  await join(shop, 'oMa', '13912345487');
  await deliver();
  const before = memberReads().length;
  await account.push('oMa', events.say('奶粉到了吗'));
  await deliver();
  expect(sheReads()).toEqual(['张妈妈：奶粉到了吗']);
  await push('lixiao', text('到了]]>'));
  await push('lixiao', text('库存'));
  await push('lixiao', '<MsgType>image</MsgType><PicUrl>x</PicUrl>');
  await deliver();
  expect(memberReads().slice(before)).toEqual([{ content: '到了]]＞' }]);
  expect(sheReads().slice(1)).toEqual([
    '已转给张妈妈。',
    '请看后台。\n（这是关键词，没有转给会员。）',
    '这条没有转给会员：只有文字能转，请打字回复。',
  ]);
  expect(shop.db.all(`SELECT thread, associate_id, direction, text FROM contacts`).at(-1)).toEqual({
    thread: 'oMa',
    associate_id: '12',
    direction: 'out',
    text: '到了]]>',
  });
});

test('somebody of the corporation who is no associate is not answered', async () => {
  const { push, deliver, shop, sheReads } = await open();
  await push('boss', text('在吗'));
  await deliver();
  expect(sheReads()).toEqual([]);
  expect(inboxRows(shop.db)).toMatchObject([{ state: 'ignored' }]);
});
