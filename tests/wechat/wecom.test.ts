import { describe, expect, test } from 'vitest';
import { sealMessage } from '../../workers/wechat/crypto.ts';
import { sign } from '../../workers/wechat/signature.ts';
import { wecomClient, type WecomClient } from '../../workers/wechat/wecom/client.ts';
import { openEcho } from '../../workers/wechat/wecom/echo.ts';
import { readWecomEvent } from '../../workers/wechat/wecom/events.ts';
import { rootOf } from './reading.ts';
import { sealed } from './vectors.ts';

describe('the console’s check of the address', () => {
  const echoes = sealed.filter(({ kind }) => kind === 'encrypted-echostr-wecom');
  test('there is a published one', () => expect(echoes.length).toBeGreaterThanOrEqual(1));

  test.each(echoes)(
    '$id is answered with what was sealed in it, and only when it is genuine',
    async (echo) => {
      const { timestamp, nonce, msgSignature = '', encrypt: echostr, token, appId: corpId } = echo;
      const app = { token, encodingAESKeys: [echo.encodingAESKey], corpId };
      const query = { msgSignature, timestamp, nonce, echostr };
      expect(await openEcho(query, app)).toEqual({ ok: true, echo: echo.plaintext });
      const forged = { ...query, msgSignature: msgSignature.replace(/.$/, 'x') };
      expect(await openEcho(forged, app)).toEqual({ ok: false, why: 'bad-signature' });
      expect(await openEcho(query, { ...app, corpId: 'ww0' })).toEqual({ ok: false, why: 'not-for-us' });
    },
  );

  test('still answers under the former key while it is being changed', async () => {
    const [current, former] = ['a'.repeat(43), 'b'.repeat(43)];
    const echostr = await sealMessage({
      message: '1616140317555161061',
      encodingAESKey: former,
      appId: 'ww1',
    });
    const msgSignature = await sign({ token: 'T', timestamp: '1', nonce: '2', encrypt: echostr });
    const app = { token: 'T', encodingAESKeys: [current, former], corpId: 'ww1' };
    expect(await openEcho({ msgSignature, timestamp: '1', nonce: '2', echostr }, app)).toEqual({
      ok: true,
      echo: '1616140317555161061',
    });
  });
});

const xmlOf = (inner: string, from = 'sys'): string =>
  `<xml><ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>1795330740</CreateTime>${inner}</xml>`;
const read = (xml: string) => readWecomEvent(rootOf(xml));
const change = (type: string, inner: string) =>
  read(
    xmlOf(
      `<MsgType>event</MsgType><Event>change_external_contact</Event><ChangeType>${type}</ChangeType>${inner}`,
    ),
  );
const both = '<UserID>zhangsan</UserID><ExternalUserID>wm1</ExternalUserID>';
const who = { userId: 'zhangsan', externalUserId: 'wm1' };

describe('an employee’s customer', () => {
  test('is added by a code, with twenty seconds for a greeting', () => {
    const event = change('add_external_contact', `${both}<State>g7</State><WelcomeCode>W</WelcomeCode>`);
    expect(event).toEqual({
      corpId: 'ww1',
      createdAt: 1_795_330_740_000,
      agentId: null,
      dedupeKey: expect.stringContaining('add_external_contact|zhangsan|wm1'),
      kind: 'contact-added',
      half: false,
      ...who,
      state: 'g7',
      welcomeCode: 'W',
    });
  });

  test.each<[string, string, object]>([
    [
      'add_half_external_contact',
      both,
      { kind: 'contact-added', half: true, ...who, state: null, welcomeCode: null },
    ],
    ['edit_external_contact', `${both}<State>s</State>`, { kind: 'contact-edited', ...who, state: 's' }],
    ['del_external_contact', both, { kind: 'contact-removed', by: 'employee', ...who }],
    ['del_follow_user', both, { kind: 'contact-removed', by: 'customer', ...who }],
    [
      'transfer_fail',
      `${both}<FailReason>customer_refused</FailReason>`,
      { kind: 'transfer-failed', reason: 'customer_refused', ...who },
    ],
    ['msg_audit_approved', both, { kind: 'unknown', name: 'msg_audit_approved' }],
    ['add_external_contact', '<UserID>zhangsan</UserID>', { kind: 'unknown', name: 'add_external_contact' }],
  ])('%s', (type, inner, expected) => expect(change(type, inner)).toMatchObject(expected));

  test('added and edited in one second are two events', () => {
    expect(change('add_external_contact', both).dedupeKey).not.toBe(
      change('edit_external_contact', both).dedupeKey,
    );
  });
});

test('an employee writes to the app, and taps its menu', () => {
  const text =
    '<MsgType>text</MsgType><Content><![CDATA[库存 ]]></Content><MsgId>7</MsgId><AgentID>1000002</AgentID>';
  expect(read(xmlOf(text, 'zhangsan'))).toMatchObject({
    kind: 'text',
    agentId: '1000002',
    userId: 'zhangsan',
    msgId: '7',
    content: '库存 ',
  });
  const click = '<MsgType>event</MsgType><Event>click</Event><EventKey>today</EventKey><AgentID>1</AgentID>';
  expect(read(xmlOf(click, 'zhangsan'))).toMatchObject({ kind: 'click', userId: 'zhangsan', key: 'today' });
  expect(read(xmlOf('<MsgType>event</MsgType><Event>enter_agent</Event>'))).toMatchObject({
    kind: 'unknown',
    name: 'enter_agent',
  });
});

describe('a call', () => {
  const base = 'https://qyapi.weixin.qq.com';
  async function ask<R>(answer: object, act: (client: WecomClient) => Promise<R>) {
    let [call, body]: [string, unknown] = ['', null];
    const http = async (request: Request): Promise<Response> => {
      call = `${request.method} ${request.url.replace(base, '')} ${request.headers.get('authorization')}`;
      const text = await request.text();
      body = text === '' ? null : JSON.parse(text);
      return new Response(JSON.stringify(answer));
    };
    const client = wecomClient({ http, baseUrl: base, timeoutMs: 1000, relayKey: 'relay-key' });
    return { answer: await act(client), call, body };
  }
  const ok = { errcode: 0, errmsg: 'ok', rid: null };

  test('for a token', async () => {
    const reply = { errcode: 0, errmsg: 'ok', access_token: 'AT', expires_in: 7200 };
    const { answer, call } = await ask(reply, (client) =>
      client.token({ corpId: 'ww1', secret: 'app-secret' }),
    );
    expect(call).toBe('GET /cgi-bin/gettoken?corpid=ww1&corpsecret=app-secret Bearer relay-key');
    expect(answer).toEqual({ ok: true, reply: { ...ok, token: { value: 'AT', expiresInSeconds: 7200 } } });
  });

  test('to tell two employees something once in half an hour', async () => {
    const message = { userIds: ['a', 'b'], agentId: 1_000_002, duplicateCheckSeconds: 1800 };
    const { answer, call, body } = await ask(
      { errcode: 0, errmsg: 'ok', invaliduser: 'b', msgid: 'xxxx' },
      (client) => client.sendApp('token-1', { ...message, text: '3 位会员今天到期' }),
    );
    expect(call).toBe('POST /cgi-bin/message/send?access_token=token-1 Bearer relay-key');
    expect(body).toEqual({
      touser: 'a|b',
      agentid: 1_000_002,
      msgtype: 'text',
      text: { content: '3 位会员今天到期' },
      enable_duplicate_check: 1,
      duplicate_check_interval: 1800,
    });
    expect(answer).toEqual({ ok: true, reply: { ...ok, msgid: 'xxxx', invalidUserIds: ['b'] } });

    const textcard = { title: 'T', description: 'D', url: 'https://x' };
    const card = await ask({ errcode: 0 }, (client) =>
      client.sendApp('token-1', { ...message, duplicateCheckSeconds: 99_999, textcard }),
    );
    expect(card.body).toMatchObject({ msgtype: 'textcard', textcard, duplicate_check_interval: 14_400 });
    const off = await ask({ errcode: 60020, errmsg: 'not allow to access from your ip' }, (client) =>
      client.sendApp('token-1', { ...message, duplicateCheckSeconds: 0, textcard }),
    );
    expect(off.body).toMatchObject({ enable_duplicate_check: 0 });
    expect(off.answer).toMatchObject({ ok: true, reply: { errcode: 60020, invalidUserIds: [] } });
  });

  test('to greet a new customer', async () => {
    const attachment = { msgtype: 'link', link: { title: 'T', url: 'https://x' } } as const;
    const greet = (text: string | null) =>
      ask({ errcode: 41051, errmsg: 'externaluser has started chatting' }, (client) =>
        client.sendWelcome('token-1', { welcomeCode: 'W', text, attachments: [attachment] }),
      );
    const { answer, call, body } = await greet('您好');
    expect(call).toContain('POST /cgi-bin/externalcontact/send_welcome_msg?access_token=token-1');
    expect(body).toEqual({ welcome_code: 'W', text: { content: '您好' }, attachments: [attachment] });
    expect(answer).toMatchObject({ ok: true, reply: { errcode: 41051 } });
    expect((await greet(null)).body).toEqual({ welcome_code: 'W', attachments: [attachment] });
  });

  test('for an employee’s code', async () => {
    const way = { userIds: ['a'], state: 'g7', remark: '天河店', skipVerify: true };
    const { answer, call, body } = await ask(
      { errcode: 0, errmsg: 'ok', config_id: 'C', qr_code: 'https://wework.qpic.cn/1' },
      (client) => client.addContactWay('token-1', way),
    );
    expect(call).toContain('POST /cgi-bin/externalcontact/add_contact_way?access_token=token-1');
    expect(body).toEqual({
      type: 1,
      scene: 2,
      user: ['a'],
      state: 'g7',
      remark: '天河店',
      skip_verify: true,
    });
    const contactWay = { configId: 'C', qrCodeUrl: 'https://wework.qpic.cn/1' };
    expect(answer).toEqual({ ok: true, reply: { ...ok, contactWay } });
    const several = await ask({ errcode: 1, errmsg: 'no' }, (client) =>
      client.addContactWay('token-1', { ...way, userIds: ['a', 'b'] }),
    );
    expect(several.body).toMatchObject({ type: 2 });
    expect(several.answer).toMatchObject({ ok: true, reply: { errcode: 1, contactWay: null } });
  });

  test('that is answered with nothing is an outage', async () => {
    const message = { userIds: ['a'], agentId: 1, duplicateCheckSeconds: 0, text: 'x' };
    expect((await ask({}, (client) => client.sendApp('token-1', message))).answer).toMatchObject({
      ok: false,
      outage: 'malformed',
    });
  });
});
