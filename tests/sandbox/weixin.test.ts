import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { fitField } from '../../workers/wechat/fields.ts';
import { wechatClient } from '../../workers/wechat/client.ts';
import { faultOf } from '../../workers/sandbox/weixin/field-rules.ts';
import { refused, settings, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.call('/sandbox/api/control', {
    failNext: { count: 0 },
    latencyMs: 0,
    callbackSpacingMs: 0,
    templateQuota: 100_000,
  });
});

const member = 'oMemberChenXiaoman';
const saleEarned = {
  amount1: { value: '¥207.20' },
  thing2: { value: '天河店' },
  thing3: { value: '207积分、1张券、红包3.20元' },
  time4: { value: '2026-11-22 14:59' },
};
const template = (given: object = {}) => ({
  touser: member,
  template_id: 'TMPL_SALE_EARNED',
  data: saleEarned,
  ...given,
});
const text = (touser: string, content = '您好') => ({ touser, msgtype: 'text', text: { content } });

const sendTemplate = async (body: object) =>
  sandbox.weixin(`/cgi-bin/message/template/send?access_token=${await sandbox.token()}`, body);
const sendCustom = async (body: object) =>
  sandbox.weixin(`/cgi-bin/message/custom/send?access_token=${await sandbox.token()}`, body);
const account = {
  grant_type: 'client_credential',
  appid: settings.WECHAT_APP_ID,
  secret: settings.WECHAT_APP_SECRET,
};
const List = z.object({ items: z.array(z.unknown()), next: z.null() });
const messagesOf = async (openid: string) =>
  List.parse((await sandbox.call(`/sandbox/api/messages?openid=${openid}`)).json).items;
const newestOf = async (openid: string) => (await messagesOf(openid))[0];

describe('an access token', () => {
  test('is not given to a wrong appid, a wrong secret or a wrong grant', async () => {
    const ask = async (given: object) =>
      (await sandbox.weixin('/cgi-bin/stable_token', { ...account, ...given })).json;
    expect(await ask({ appid: 'wx0' })).toEqual(refused(40013, 'invalid appid'));
    expect(await ask({ secret: 'no' })).toEqual(refused(40125, 'invalid appsecret'));
    expect(await ask({ grant_type: 'password' })).toEqual(refused(40002));
    expect(await ask({ appid: 5 })).toEqual(refused(47001));
  });

  test('stays the same until it is forced, and then the former still works for five minutes', async () => {
    const former = await sandbox.token();
    expect(await sandbox.token()).toBe(former);
    expect(former.length).toBeGreaterThan(100);
    const { json } = await sandbox.weixin('/cgi-bin/stable_token', { ...account, force_refresh: true });
    expect(json).toMatchObject({ expires_in: 7200, access_token: expect.not.stringContaining(former) });
    const again = await sandbox.weixin('/cgi-bin/stable_token', { ...account, force_refresh: true });
    expect(again.json, 'within 30 seconds nothing is forced').toMatchObject({
      access_token: await sandbox.token(),
    });
    const answer = await sandbox.weixin(`/cgi-bin/message/template/send?access_token=${former}`, template());
    expect(answer.json).toMatchObject({ errcode: 0 });
  });

  test('is asked for in every call', async () => {
    const call = async (query: string) =>
      (await sandbox.weixin(`/cgi-bin/message/template/send${query}`, template())).json;
    expect(await call('')).toEqual(refused(41001, 'access_token missing'));
    expect(await call('?access_token=made-up')).toEqual(refused(40001, 'invalid credential'));
  });

  test('ends after two hours', async () => {
    const old = await sandbox.token();
    await sandbox.call('/sandbox/api/control', { expireTokens: true });
    const answer = await sandbox.weixin(`/cgi-bin/message/template/send?access_token=${old}`, template());
    expect(answer.json).toEqual(refused(42001, 'access_token expired'));
    expect(await sandbox.token()).not.toBe(old);
  });
});

describe('a template message', () => {
  test('arrives on the phone of a follower, rendered, newest first', async () => {
    await sendTemplate(template());
    const answer = await sendTemplate(
      template({ url: 'http://127.0.0.1:8787/m', data: { ...saleEarned, thing2: { value: '海珠店' } } }),
    );
    expect(answer.status).toBe(200);
    const msgid = /"msgid":(\d+)/.exec(answer.text)?.[1] ?? '';
    expect(BigInt(msgid)).toBeGreaterThan(2n ** 53n);
    expect(await newestOf(member)).toMatchObject({
      openid: member,
      kind: 'template',
      text: '消费奖励到账通知\n消费金额：¥207.20\n消费门店：海珠店\n本次获得：207积分、1张券、红包3.20元\n消费时间：2026-11-22 14:59',
      data: { thing2: { value: '海珠店' } },
      msgid,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\+08:00$/),
      url: 'http://127.0.0.1:8787/m',
    });
  });

  test('to somebody unknown is refused with 40003, to a former follower with 43004', async () => {
    expect((await sendTemplate(template({ touser: 'oNobody' }))).json).toEqual(
      refused(40003, 'invalid openid'),
    );
    await sandbox.call('/sandbox/api/follow', { openid: 'oLeaves' });
    expect((await sendTemplate(template({ touser: 'oLeaves' }))).json).toMatchObject({ errcode: 0 });
    await sandbox.call('/sandbox/api/unfollow', { openid: 'oLeaves' });
    expect((await sendTemplate(template({ touser: 'oLeaves' }))).json).toEqual(
      refused(43004, 'require subscribe'),
    );
  });

  test('with an unknown template is refused with 40037', async () => {
    expect((await sendTemplate(template({ template_id: 'TMPL_X' }))).json).toEqual(refused(40037));
  });

  test.each([
    [{ thing2: undefined }, 'argument invalid! data.thing2.value is emtpy'],
    [{ thing2: { value: ' ' } }, 'argument invalid! data.thing2.value is emtpy'],
    [{ thing2: {} }, 'argument invalid! data.thing2.value is emtpy'],
    [{ thing2: { value: '店'.repeat(21) } }, 'argument invalid! data.thing2.value invalid'],
    [{ thing2: { value: '天河店\n二楼' } }, 'argument invalid! data.thing2.value invalid'],
    [{ amount1: { value: '贰佰元' } }, 'argument invalid! data.amount1.value invalid'],
    [{ time4: { value: '下午三点' } }, 'argument invalid! data.time4.value invalid'],
  ])('with the field %j is refused with 47003', async (field, words) => {
    expect((await sendTemplate(template({ data: { ...saleEarned, ...field } }))).json).toEqual(
      refused(47003, words),
    );
  });

  test('with a body that is no message is refused with 47001', async () => {
    expect((await sendTemplate({ touser: member })).json).toEqual(refused(47001, 'data format error'));
  });

  test('sent twice under one client_msg_id arrives once', async () => {
    const openid = 'oMemberZhouTing';
    const once = template({ touser: openid, client_msg_id: 'sale-8005-372-1' });
    const answers = await Promise.all([sendTemplate(once), sendTemplate(once), sendTemplate(once)]);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await messagesOf(openid)).toHaveLength(1);
    await sendTemplate(template({ touser: openid, client_msg_id: 'sale-8005-373-1' }));
    expect(await messagesOf(openid)).toHaveLength(2);
  });

  test('beyond the quota of the day is refused with 45009', async () => {
    await sandbox.call('/sandbox/api/control', { templateQuota: 0 });
    expect((await sendTemplate(template())).json).toEqual(refused(45009, 'reach max api daily quota limit'));
  });
});

describe('a customer-service message', () => {
  test('is refused with 45015 while the user has done nothing', async () => {
    expect((await sendCustom(text('oMemberWangXue'))).json).toEqual(refused(45015));
  });

  test('may be sent 5 times after the user wrote, and the sixth is refused with 45047', async () => {
    await sandbox.call('/sandbox/api/say', { openid: 'oMemberLiJiayi', text: '在吗' });
    const codes: unknown[] = [];
    for (let turn = 0; turn < 6; turn += 1) codes.push((await sendCustom(text('oMemberLiJiayi'))).json);
    expect(codes).toEqual([
      ...Array.from({ length: 5 }, () => refused(0)),
      refused(45047, 'out of response count limit'),
    ]);
    await sandbox.call('/sandbox/api/say', { openid: 'oMemberLiJiayi', text: '还在吗' });
    expect((await sendCustom(text('oMemberLiJiayi'))).json).toMatchObject({ errcode: 0 });
  });

  test('may be sent 3 times after a follow, also when five are sent at once', async () => {
    await sandbox.call('/sandbox/api/follow', { openid: 'oNew' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => sendCustom(text('oNew'))));
    expect(answers.filter(({ text: body }) => body.includes('"errcode":0,'))).toHaveLength(3);
    expect(answers.filter(({ text: body }) => body.includes('"errcode":45047,'))).toHaveLength(2);
  });

  test('to somebody unknown is refused with 40003, to a former follower with 45015', async () => {
    expect((await sendCustom(text('oNobody'))).json).toEqual(refused(40003));
    await sandbox.call('/sandbox/api/say', { openid: 'oGone', text: '再见' });
    await sandbox.call('/sandbox/api/unfollow', { openid: 'oGone' });
    expect((await sendCustom(text('oGone'))).json).toEqual(refused(45015));
  });

  test('that is empty, too long or of a kind unknown is refused', async () => {
    expect((await sendCustom(text(member, ''))).json).toEqual(refused(44004));
    expect((await sendCustom(text(member, '店'.repeat(700)))).json).toEqual(refused(45002));
    expect((await sendCustom({ touser: member, msgtype: 'fax' })).json).toEqual(refused(40008));
  });
});

describe('a tester', () => {
  test('may have the next two calls answer -1, and the third go well', async () => {
    const token = await sandbox.token();
    await sandbox.call('/sandbox/api/control', { failNext: { count: 2, errcode: -1 } });
    const send = async () =>
      (await sandbox.weixin(`/cgi-bin/message/template/send?access_token=${token}`, template())).json;
    expect([await send(), await send(), await send()]).toEqual([
      refused(-1, 'system error'),
      refused(-1),
      refused(0),
    ]);
  });

  test('may have a call answer HTTP 502', async () => {
    const token = await sandbox.token();
    await sandbox.call('/sandbox/api/control', { failNext: { count: 1, status: 502 } });
    const { status } = await sandbox.weixin(
      `/cgi-bin/message/template/send?access_token=${token}`,
      template(),
    );
    expect(status).toBe(502);
  });

  test('may have WeChat take its time', async () => {
    const token = await sandbox.token();
    await sandbox.call('/sandbox/api/control', { latencyMs: 150 });
    const started = performance.now();
    await sandbox.weixin(`/cgi-bin/message/template/send?access_token=${token}`, template());
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  test('who asks for something unknown is told so', async () => {
    const { status, json } = await sandbox.call('/sandbox/api/control', { failNxet: 1 });
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('failNxet') },
    });
  });
});

test('an address WeChat does not have is refused with 40066', async () => {
  expect((await sandbox.weixin('/cgi-bin/nothing', {})).json).toEqual(refused(40066, 'invalid url'));
});

test('our own client and the simulator understand each other', async () => {
  const client = wechatClient({
    baseUrl: 'https://api.weixin.qq.com',
    timeoutMs: 5000,
    http: async (request) => {
      const { text: body, status } = await sandbox.call(request.url, await request.json());
      return new Response(body, { status });
    },
  });
  const issued = await client.stableToken({
    appId: settings.WECHAT_APP_ID,
    secret: settings.WECHAT_APP_SECRET,
    forceRefresh: false,
  });
  const token = issued.ok ? (issued.reply.token?.value ?? '') : '';
  const sent = await client.sendTemplate(token, template());
  expect(sent).toMatchObject({
    ok: true,
    reply: { errcode: 0, errmsg: 'ok', msgid: expect.stringMatching(/^\d{19}$/) },
  });
  expect(
    await client.sendCustom(token, { touser: 'oNobody', msgtype: 'text', text: { content: 'x' } }),
  ).toMatchObject({
    ok: true,
    reply: { errcode: 40003 },
  });
});

describe('whatever fitField lets through, the simulator takes', () => {
  const samples = [
    '2026-11-22 14:59',
    '2019年10月1日~2019年10月8日',
    '15:01',
    '¥8.00',
    '3.5元',
    '12',
    'AB',
    '粤A8Z888挂',
    '★',
    '陈小满',
    '+86-0766',
    '01-01',
  ];
  test.each([
    'thing1',
    'short_thing1',
    'number1',
    'letter1',
    'symbol1',
    'character_string1',
    'time1',
    'date1',
    'amount1',
    'phone_number1',
    'car_number1',
    'name1',
    'phrase1',
    'const1',
  ])('%s', (key) => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...samples),
      fc.stringMatching(/^[0-9A-Za-z.:~ /年月日¥元-]{1,36}$/),
    );
    fc.assert(
      fc.property(value, (given) => {
        const fitted = fitField(key, given);
        if (fitted.ok) expect(faultOf(key, fitted.value)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
