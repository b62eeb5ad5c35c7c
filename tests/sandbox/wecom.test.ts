import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openMessage } from '../../workers/wechat/crypto.ts';
import { callbacks } from './callbacks.ts';
import { queryOf, settings, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.tell({ '/hooks/wecom': { status: 200, body: '' } });
  await sandbox.act('/control', { reset: true });
  await sandbox.act('/control', { callbackSpacingMs: 0 });
  await sandbox.asked();
});

const wecom = async (path: string, body?: unknown) =>
  (await sandbox.call(`https://qyapi.weixin.qq.com${path}`, body)).json;
const gettoken = (given: Record<string, string> = {}) =>
  wecom(
    `/cgi-bin/gettoken?${queryOf({ corpid: settings.WECOM_CORP_ID, corpsecret: settings.WECOM_SECRET, ...given })}`,
  );
const token = async () => z.object({ access_token: z.string() }).parse(await gettoken()).access_token;
const api = async (path: string, body?: unknown) => {
  const separator = path.includes('?') ? '&' : '?';
  return wecom(`/cgi-bin${path}${separator}access_token=${await token()}`, body);
};
const refused = (errcode: number) => expect.objectContaining({ errcode });

describe('a token of the corp', () => {
  test('is the same as long as it is good, and refused to a wrong corp or secret', async () => {
    expect(await gettoken()).toMatchObject({ errcode: 0, expires_in: expect.any(Number) });
    expect(await token()).toBe(await token());
    expect(await gettoken({ corpid: 'ww0' })).toEqual(refused(40013));
    expect(await gettoken({ corpsecret: 'no' })).toEqual(refused(40001));
  });

  test('is asked for in every call, from a trusted address', async () => {
    const good = await token();
    expect(await wecom('/cgi-bin/message/send', {})).toEqual(refused(41001));
    expect(await wecom('/cgi-bin/message/send?access_token=x', {})).toEqual(refused(40014));
    await sandbox.act('/control', { ipAllowed: false });
    expect(await gettoken()).toMatchObject({ errcode: 0 });
    expect(await wecom(`/cgi-bin/message/send?access_token=${good}`, {})).toEqual(refused(60020));
    await sandbox.act('/control', { ipAllowed: true, expireTokens: true });
    expect(await wecom(`/cgi-bin/message/send?access_token=${good}`, {})).toEqual(refused(42001));
  });
});

describe('a message to an employee', () => {
  const send = (given: object = {}) =>
    api('/message/send', {
      touser: 'LinXiaoyu',
      msgtype: 'text',
      agentid: 1_000_002,
      text: { content: '陈小满的奶粉快喝完了' },
      ...given,
    });
  const letters = (userid: string) => sandbox.items(`/wecom/messages?userid=${userid}`);

  test('arrives, and names those whom nobody knows', async () => {
    expect(await send({ touser: 'LinXiaoyu|Nobody' })).toMatchObject({
      errcode: 0,
      invaliduser: 'Nobody',
      msgid: expect.any(String),
    });
    expect((await letters('LinXiaoyu'))[0]).toMatchObject({ kind: 'text', text: '陈小满的奶粉快喝完了' });
  });

  test.each<[string, object, number]>([
    ['nobody known', { touser: 'Nobody' }, 81013],
    ['another agent', { agentid: 1 }, 40056],
    ['no words', { text: { content: '' } }, 44004],
    ['a type nobody knows', { msgtype: 'fax' }, 40008],
  ])('with %s is refused', async (_, given, errcode) => {
    expect(await send(given)).toEqual(refused(errcode));
  });

  test('sent twice arrives once if a repetition is to be noticed, for as long as is said', async () => {
    const card = {
      touser: 'ChenMeijuan',
      msgtype: 'textcard',
      textcard: { title: '回访', description: '周婷', url: 'https://a.example' },
      enable_duplicate_check: 1,
      duplicate_check_interval: 60,
    };
    await send(card);
    await send(card);
    expect(await letters('ChenMeijuan')).toMatchObject([{ text: '回访\n周婷' }]);
    await sandbox.act('/control', { clockAheadMs: 61_000 });
    await send(card);
    expect(await letters('ChenMeijuan')).toHaveLength(2);
  });

  test('beyond 30 in a minute is accepted and thrown away', async () => {
    for (let turn = 0; turn < 31; turn += 1) await send({ touser: 'HuangXiaotong' });
    expect(await letters('HuangXiaotong')).toHaveLength(30);
  });
});

describe('a customer adds an employee', () => {
  const add = (given: object = {}) =>
    sandbox.act('/wecom/add-contact', { externalUserid: 'wmCustomer', ...given });
  const Way = z.object({ config_id: z.string(), qr_code: z.url() });
  const contactWay = (given: object = {}) =>
    api('/externalcontact/add_contact_way', {
      type: 1,
      scene: 2,
      user: ['LinXiaoyu'],
      state: 'g7-618',
      ...given,
    });
  const welcome = (welcomeCode: unknown, given: object = { text: { content: '欢迎' } }) =>
    api('/externalcontact/send_welcome_msg', { welcome_code: welcomeCode, ...given });
  const Added = z.looseObject({ welcomeCode: z.string().nullable() });

  test('through a code that says where they came from, and Huike receives it sealed for the corp', async () => {
    const { config_id: configId } = Way.parse(await contactWay());
    const added = Added.parse(await add({ configId, unionid: 'uCustomer' }));
    expect(added).toMatchObject({ ok: true, status: 200, attempts: 1 });
    const [{ path, query, fields } = { path: '', query: {}, fields: {} }] = await callbacks(
      sandbox,
      '/hooks/wecom',
    );
    expect(path).toBe('POST /hooks/wecom');
    expect(Object.keys(query).toSorted()).toEqual(['msg_signature', 'nonce', 'timestamp']);
    expect(fields).toEqual({
      ToUserName: settings.WECOM_CORP_ID,
      FromUserName: 'sys',
      CreateTime: expect.stringMatching(/^\d{10}$/),
      MsgType: 'event',
      Event: 'change_external_contact',
      ChangeType: 'add_external_contact',
      UserID: 'LinXiaoyu',
      ExternalUserID: 'wmCustomer',
      State: 'g7-618',
      WelcomeCode: added.welcomeCode,
    });
    expect(await api('/externalcontact/get?external_userid=wmCustomer')).toMatchObject({
      external_contact: { external_userid: 'wmCustomer', unionid: 'uCustomer' },
      follow_user: [{ userid: 'LinXiaoyu', state: 'g7-618' }],
    });
  });

  test('and is welcomed once, within twenty seconds', async () => {
    const { welcomeCode } = Added.parse(await add());
    expect(await welcome('made-up')).toEqual(refused(41050));
    expect(await welcome(welcomeCode, {})).toEqual(refused(40058));
    expect(await welcome(welcomeCode)).toMatchObject({ errcode: 0 });
    expect(await welcome(welcomeCode)).toEqual(refused(41051));
    expect(await sandbox.items('/wecom/messages?externalUserid=wmCustomer')).toMatchObject([
      { text: '欢迎' },
    ]);
    const late = Added.parse(await add());
    await sandbox.act('/control', { clockAheadMs: 20_001 });
    expect(await welcome(late.welcomeCode)).toEqual(refused(41050));
  });

  test('and there is no code when the console has a greeting of its own', async () => {
    expect(await add({ welcome: false })).toMatchObject({ welcomeCode: null });
    const [{ fields } = { fields: {} }] = await callbacks(sandbox, '/hooks/wecom');
    expect(fields).not.toHaveProperty('WelcomeCode');
  });

  test('and drops them again', async () => {
    await sandbox.act('/wecom/drop-contact', {
      externalUserid: 'wmCustomer',
      userid: 'LinXiaoyu',
      by: 'customer',
    });
    const [{ fields } = { fields: {} }] = await callbacks(sandbox, '/hooks/wecom');
    expect(fields).toMatchObject({ ChangeType: 'del_follow_user', UserID: 'LinXiaoyu' });
    expect(await api('/externalcontact/get?external_userid=wmCustomer')).toEqual(refused(84061));
  });

  test('is told again when Huike did not take it', async () => {
    await sandbox.tell({
      '/hooks/wecom': [
        { status: 500, body: '' },
        { status: 200, body: '' },
      ],
    });
    expect(await add()).toMatchObject({ ok: true, attempts: 2 });
  });

  test.each<[string, object, number]>([
    ['two employees for a single one', { user: ['LinXiaoyu', 'ChenMeijuan'] }, 40058],
    ['a state of 31 characters', { state: 'x'.repeat(31) }, 40058],
    ['an employee nobody knows', { user: ['Nobody'] }, 60111],
  ])('a code with %s is refused', async (_, given, errcode) => {
    expect(await contactWay(given)).toEqual(refused(errcode));
  });
});

test('the console checks the address with a sealed echo, which must come back open', async () => {
  expect(await sandbox.act('/check-callback', { app: 'wecom' })).toMatchObject({ ok: false });
  const query = new URL((await sandbox.asked())[0]?.url ?? '').searchParams;
  const opened = await openMessage({
    encrypt: query.get('echostr') ?? '',
    encodingAESKeys: [settings.WECOM_ENCODING_AES_KEY],
    appId: settings.WECOM_CORP_ID,
  });
  expect(opened).toMatchObject({ ok: true, message: expect.stringMatching(/^[\w-]{16}$/) });
});
