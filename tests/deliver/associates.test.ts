/** 导购的消息: in the app they work with, once each. */
import { describe, expect, test } from 'vitest';
import { MerchantSettings, type Associate } from '../../schema/index.ts';
import { drain } from '../../workers/deliver/drain.ts';
import { queue } from '../support/outbox.ts';
import { openShop, outboxRows, type Shop } from '../support/shop.ts';
import { acted, deliveryOf, playWechat, wecomOf, type Reply } from '../support/wechat.ts';

const wang = {
  id: 'g7',
  name: '小王',
  storeId: null,
  openid: 'oWang',
  wecomUserId: 'wang',
} as unknown as Associate;
const settings = MerchantSettings.parse({
  wechatTemplates: { 'chat-associate': { id: 'T9', fields: { thing1: 'member', thing2: 'said' } } },
});

const shopWith = (associate: Partial<Associate> = {}): Promise<Shop> =>
  openShop({ settings, associates: [{ ...wang, ...associate }] });
const said = (shop: Shop, text: string) =>
  queue(shop, {
    kind: 'chat-associate',
    associateId: 'g7',
    memberId: 'm1',
    payload: { memberName: '周女士', text },
  });

async function sentBy(shop: Shop, wecomReply?: Reply) {
  const [wechat, wecom] = [
    playWechat(),
    playWechat(({ path }) => (path === '/cgi-bin/message/send' ? wecomReply : undefined)),
  ];
  await drain(deliveryOf(shop, wechat, { wecom: wecomOf(shop, wecom) }), 10, shop.clock.now);
  return { wechat, wecom };
}
const channelsTaken = (shop: Shop) => outboxRows(shop.db).map(({ channel }) => channel);

test('an associate with a WeCom account is told there, and WeChat is not asked', async () => {
  const shop = await shopWith();
  acted(shop, 'oWang');
  said(shop, '奶粉有货吗');
  const { wechat, wecom } = await sentBy(shop, { errcode: 0, errmsg: 'ok', msgid: 'x1' });
  expect(wechat.calls).toEqual([]);
  expect(wecom.calls.at(-1)).toEqual({
    path: '/cgi-bin/message/send',
    token: 'token-1',
    body: {
      touser: 'wang',
      msgtype: 'text',
      agentid: 1_000_002,
      text: { content: '周女士：奶粉有货吗\n编号 1' },
      enable_duplicate_check: 1,
      duplicate_check_interval: 14_400,
    },
  });
  expect(outboxRows(shop.db)).toMatchObject([{ state: 'sent', channel: 'wecom-app', receipt: 'x1' }]);
});

test('a member who says the same thing twice is heard twice: WeCom drops what is the same, and these are not', async () => {
  const shop = await shopWith();
  said(shop, '在吗');
  said(shop, '在吗');
  const { wecom } = await sentBy(shop, { errcode: 0, errmsg: 'ok' });
  const contents = wecom.calls.flatMap(({ path, body }) =>
    path === '/cgi-bin/message/send' ? [body['text']] : [],
  );
  expect(contents).toEqual([{ content: '周女士：在吗\n编号 1' }, { content: '周女士：在吗\n编号 2' }]);
});

test('one message tried twice is the same to WeCom, which delivers it once', async () => {
  const shop = await shopWith();
  said(shop, '在吗');
  const first = await sentBy(shop, new Error('reset'));
  shop.clock.now += 40_000;
  const second = await sentBy(shop, { errcode: 0, errmsg: 'ok' });
  const bodies = [first, second].map(
    ({ wecom }) => wecom.calls.find(({ path }) => path === '/cgi-bin/message/send')?.body,
  );
  expect(bodies[0]).toEqual(bodies[1]);
});

test('whom WeCom does not know is told in an open conversation, and without one by card', async () => {
  const shop = await shopWith();
  acted(shop, 'oWang', 'clicked');
  said(shop, '一');
  await sentBy(shop, { errcode: 81013, errmsg: 'user & party & tag all invalid' });
  shop.clock.now += 60_000;
  said(shop, '二');
  await sentBy(shop, { errcode: 60111, errmsg: 'userid not found' });
  expect(channelsTaken(shop)).toEqual(['wechat-service', 'wechat-template']);
});

test('a shop without WeCom tells its associates by WeChat', async () => {
  const shop = await shopWith({ wecomUserId: null });
  said(shop, '在吗');
  const { wecom } = await sentBy(shop);
  expect(wecom.calls).toEqual([]);
  expect(channelsTaken(shop)).toEqual(['wechat-template']);
});

test('an associate who has neither is shown to the merchant', async () => {
  const shop = await shopWith({ wecomUserId: null, openid: null });
  said(shop, '在吗');
  await sentBy(shop);
  expect(outboxRows(shop.db)).toMatchObject([
    { state: 'parked', lastError: '企业微信：没有绑定企业微信账号；客服消息、模板消息：没有绑定微信' },
  ]);
});

describe('what a member wrote', () => {
  const said = (shop: Shop, text: string, memberName = '周女士') =>
    queue(shop, { kind: 'chat-associate', associateId: 'g7', payload: { memberName, text } });
  const heard = async (associate: Partial<Associate>, text: string, memberName?: string): Promise<string> => {
    const shop = await shopWith(associate);
    acted(shop, 'oWang');
    said(shop, text, memberName);
    const { wechat, wecom } = await sentBy(shop, { errcode: 0, errmsg: 'ok' });
    const sent = [...wechat.calls, ...wecom.calls].filter(({ path }) =>
      /custom\/send|message\/send$/.test(path),
    );
    expect(outboxRows(shop.db)).toMatchObject([{ state: 'sent' }]);
    const [{ content }] = sent.slice(-1).map(({ body }) => body['text'] as { content: string }) as [
      { content: string },
    ];
    return content;
  };
  const ways = [
    ['WeChat', { wecomUserId: null }],
    ['WeCom', {}],
  ] as const;

  test.each(ways)('is no link in %s, nor is their name', async (_, associate) => {
    const text = await heard(
      associate,
      '<a href="https://phish.example">工资</a> &lt;a href=x&gt; weixin://bizmsgmenu WEIXIN://x 1<2',
      '<A data-miniprogram-appid="x">周</A>',
    );
    expect(text).not.toMatch(/[<>]|&\w+;|weixin:\/\//i);
    expect(text).toContain('工资');
    expect(text).toContain('1＜2');
  });

  test.each(ways)(
    'fits into %s with their name, however long: it says that it goes on',
    async (_, associate) => {
      for (const long of ['奶'.repeat(700), '😀'.repeat(512), 'a'.repeat(2_048)]) {
        const text = await heard(associate, long, '周'.repeat(60));
        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(2_048);
        expect(text.startsWith(`${'周'.repeat(60)}：${long.slice(0, 40)}`)).toBe(true);
        expect(text).toContain('全文在后台的「聊天」里');
        expect(text.isWellFormed()).toBe(true);
      }
    },
  );

  test('is sent whole where it fits', async () => {
    expect(await heard({ wecomUserId: null }, '奶'.repeat(600))).toBe(`周女士：${'奶'.repeat(600)}`);
  });
});
