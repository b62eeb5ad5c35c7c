/** 企业微信回调, told by an independent client: the sealed echo, a new customer, and everything that is refused. */
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { expect, test } from 'vitest';
import type { Associate } from '../../../schema/index.ts';
import { answerWecomEcho, receiveWecom, type WecomReceiver } from '../../../workers/receive/wecom/wecom.ts';
import { openAccount } from '../../support/account.ts';
import { inboxRows, openShop, outboxRows, type Shop } from '../../support/shop.ts';

const corp = {
  corpId: 'ww1436e0e65a779aee',
  token: 'wecom-token',
  encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

// As the database gives one back.
const guide = {
  id: 'g7',
  name: '小李',
  storeId: null,
  openid: null,
  wecomUserId: 'lixiao',
} as unknown as Associate;

async function open(): Promise<{ shop: Shop; receiver: WecomReceiver }> {
  const shop = await openShop({ associates: [guide], settings: { shopName: '阳光母婴' } as never });
  const wecom = { ...corp, encodingAESKeys: [corp.encodingAESKey] };
  return { shop, receiver: { ...openAccount(shop).receiver, wecom } };
}

function signed(sealed: string, token = corp.token): URLSearchParams {
  const [timestamp, nonce] = ['1795000000', 'VHh7ymSeb0jc4lSb'];
  return new URLSearchParams({
    msg_signature: getSignature(token, timestamp, nonce, sealed),
    timestamp,
    nonce,
  });
}

const added = (now: number, welcomeCode = 'WELCOME'): string =>
  `<xml><ToUserName>${corp.corpId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>${Math.floor(now / 1000)}</CreateTime><MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType><UserID>lixiao</UserID><ExternalUserID>wmEXT1</ExternalUserID><State>adv_g7</State><WelcomeCode>${welcomeCode}</WelcomeCode></xml>`;

function post(xml: string, id = corp.corpId): Request {
  const sealed = encrypt(corp.encodingAESKey, xml, id);
  return new Request(`https://shop.example/hooks/wecom?${signed(sealed).toString()}`, {
    method: 'POST',
    body: `<xml><ToUserName><![CDATA[${id}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`,
  });
}

test('the console’s check is answered with the opened echo and nothing else', async () => {
  const { receiver } = await open();
  const echostr = encrypt(corp.encodingAESKey, '5927782489442352469', corp.corpId);
  const query = signed(echostr);
  query.set('echostr', echostr);
  const answer = await answerWecomEcho(
    receiver,
    new URL(`https://shop.example/hooks/wecom?${query.toString()}`),
  );
  expect(await answer.text()).toBe('5927782489442352469');
  expect(decrypt(corp.encodingAESKey, echostr).id).toBe(corp.corpId);
  query.set('msg_signature', '0'.repeat(40));
  const refused = await answerWecomEcho(
    receiver,
    new URL(`https://shop.example/hooks/wecom?${query.toString()}`),
  );
  expect(refused.status).toBe(401);
});

test('a new customer of 小李 is greeted by name, once, before anything else that waits', async () => {
  const { shop, receiver } = await open();
  const answers = await Promise.all([1, 2, 3].map(() => receiveWecom(receiver, post(added(shop.clock.now)))));
  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['', '', '']);
  expect(outboxRows(shop.db)).toMatchObject([
    {
      kind: 'wecom-welcome',
      dueAt: 0,
      payload: { welcomeCode: 'WELCOME', text: '您好，欢迎来到阳光母婴！有问题随时问我。' },
    },
  ]);
  expect(shop.db.all(`SELECT thread, associate_id, channel FROM contacts`)).toEqual([
    { thread: 'wecom:wmEXT1', associate_id: 'g7', channel: 'wecom' },
  ]);
  expect(inboxRows(shop.db)).toHaveLength(1);
});

test('a code is used whichever event brings it, and nobody is noted as new twice', async () => {
  const { shop, receiver } = await open();
  const bringing = (change: string, code: string): Request =>
    post(added(shop.clock.now, code).replace('add_external_contact', change));
  for (const change of ['msg_audit_approved', 'edit_external_contact', 'something_new']) {
    await receiveWecom(receiver, bringing(change, change));
  }
  expect(outboxRows(shop.db).map(({ kind, payload }) => [kind, payload['welcomeCode']])).toEqual([
    ['wecom-welcome', 'msg_audit_approved'],
    ['wecom-welcome', 'edit_external_contact'],
    ['wecom-welcome', 'something_new'],
  ]);
  expect(shop.db.all(`SELECT thread FROM contacts`)).toEqual([]);
  await receiveWecom(receiver, bringing('msg_audit_approved', ''));
  expect(outboxRows(shop.db)).toHaveLength(3);
});

test('what cannot be read is kept for a person to look at, and not refused', async () => {
  const { shop, receiver } = await open();
  const answer = await receiveWecom(receiver, post('<xml><a>'));
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(inboxRows(shop.db)).toMatchObject([{ type: 'wecom.unreadable', state: 'parked' }]);
});

test('without a code the console has greeted already, and we stay silent', async () => {
  const { shop, receiver } = await open();
  await receiveWecom(receiver, post(added(shop.clock.now, '').replace('<WelcomeCode></WelcomeCode>', '')));
  expect(outboxRows(shop.db)).toEqual([]);
});

test('another corporation, another signature and no signature are refused, and nothing is kept', async () => {
  const { shop, receiver } = await open();
  const foreign = post(added(shop.clock.now), 'ww0000000000000000');
  const forged = new Request(`https://shop.example/hooks/wecom?${signed('other').toString()}`, {
    method: 'POST',
    body: await post(added(shop.clock.now)).text(),
  });
  const bare = new Request('https://shop.example/hooks/wecom', { method: 'POST', body: added(0) });
  for (const request of [foreign, forged, bare]) {
    expect((await receiveWecom(receiver, request)).status).toBe(401);
  }
  expect(inboxRows(shop.db)).toEqual([]);
});
