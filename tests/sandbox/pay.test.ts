import {
  createDecipheriv,
  createSign,
  createVerify,
  publicEncrypt,
  constants,
  randomBytes,
} from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { until } from '../support/until.ts';
import { merchant, platform, settings, startSandbox, startsAt, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.settled();
  await sandbox.tell({ '/hooks/pay': { status: 204, body: '' } });
  await sandbox.act('/control', { reset: true });
  await sandbox.act('/control', { notifySpacingMs: 10, receiptDelayMs: 20 });
  await sandbox.asked();
});

const base = '/v3/fund-app/mch-transfer/transfer-bills';
let bills = 0;
const newNo = () => `RP${startsAt}${(bills += 1)}`;
const bill = (given: object = {}) => ({
  appid: settings.WECHAT_APP_ID,
  out_bill_no: newNo(),
  transfer_scene_id: '1000',
  openid: 'oMemberZhouTing',
  transfer_amount: 320,
  transfer_remark: '满188抽红包',
  notify_url: 'http://127.0.0.1:8787/hooks/pay',
  user_recv_perception: '现金奖励',
  transfer_scene_report_infos: [
    { info_type: '活动名称', info_content: '满188抽红包' },
    { info_type: '奖励说明', info_content: '消费红包' },
  ],
  ...given,
});

/** Signed by the book, with Node's own crypto; `given` replaces headers, or leaves them out with ''. */
async function ask(
  method: 'GET' | 'POST',
  path: string,
  body: unknown = '',
  { timestamp = startsAt / 1000, headers = {} as Record<string, string> } = {},
) {
  const text = body === '' ? '' : JSON.stringify(body);
  const nonce = randomBytes(16).toString('hex');
  const signed = `${method}\n${path}\n${timestamp}\n${nonce}\n${text}\n`;
  const signature = createSign('RSA-SHA256').update(signed).sign(merchant.privateKey, 'base64');
  const parts = {
    mchid: settings.PAY_MCH_ID,
    nonce_str: nonce,
    timestamp,
    serial_no: settings.PAY_SERIAL,
  };
  const authorization = Object.entries({ ...parts, signature }).map(([name, value]) => `${name}="${value}"`);
  const all = {
    authorization: `WECHATPAY2-SHA256-RSA2048 ${authorization.join(',')}`,
    accept: 'application/json',
    'user-agent': 'test/1.0',
    ...(text === '' ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const response = await sandbox.fetch(`https://api.mch.weixin.qq.com${path}`, {
    method,
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    ...(text === '' ? {} : { body: text }),
  });
  const answer = await response.text();
  const head = (name: string) => response.headers.get(`wechatpay-${name}`) ?? '';
  const isSigned = createVerify('RSA-SHA256')
    .update(`${head('timestamp')}\n${head('nonce')}\n${answer}\n`)
    .verify(platform.publicKey, head('signature'), 'base64');
  return { status: response.status, json: jsonOf(answer), isSigned, serial: head('serial') };
}
/** Null for the page of a gateway that is down. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
const create = (body: object) => ask('POST', base, body);
const query = (no: string) => ask('GET', `${base}/out-bill-no/${no}`);
const cancel = (no: string) => ask('POST', `${base}/out-bill-no/${no}/cancel`);
const confirm = (outBillNo: string, given: object = {}) =>
  sandbox.act('/confirm-transfer', { openid: 'oMemberZhouTing', outBillNo, accept: true, ...given });
const wrong = (code: string, words = '') => ({ code, message: expect.stringContaining(words) });

const Notification = z.object({
  id: z.string(),
  event_type: z.literal('MCHTRANSFER.BILL.FINISHED'),
  resource: z.object({ ciphertext: z.string(), nonce: z.string(), associated_data: z.string() }),
});

/** Every notification that came, verified and opened. */
async function notifications() {
  return (await sandbox.asked()).map(({ body, headers }) => {
    const head = (name: string) => headers[`wechatpay-${name}`] ?? '';
    const isGenuine = createVerify('RSA-SHA256')
      .update(`${head('timestamp')}\n${head('nonce')}\n${body}\n`)
      .verify(platform.publicKey, head('signature'), 'base64');
    const { id, resource } = Notification.parse(JSON.parse(body));
    const sealed = Buffer.from(resource.ciphertext, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', settings.PAY_API_V3_KEY, resource.nonce);
    decipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
    const content: unknown = JSON.parse(plain);
    return { id, isGenuine, serial: head('serial'), content };
  });
}
const notified = async (outBillNo: string, times = 1) => {
  const statuses = async () => {
    const found = (await sandbox.items('/transfers')).find((each) => each['outBillNo'] === outBillNo);
    return z.array(z.array(z.number())).parse(found?.['notified']);
  };
  await until(async () => (await statuses()).length >= times);
  return statuses();
};

describe('接口IP: an address that is not listed', () => {
  const refused = { status: 400, isSigned: true, json: wrong('INVALID_REQUEST', '此IP地址不允许调用该接口') };

  test('is refused by every call, and a listed one is heard: each address by itself, IPv6 as well', async () => {
    const known = bill();
    await create(known);
    for (const [callerAddress, payAddresses] of [
      ['203.0.113.9', []],
      ['2001:db8::9', ['203.0.113.9']],
    ] as const) {
      await sandbox.act('/control', { callerAddress, payAddresses });
      const asked = bill();
      expect(await create(asked)).toMatchObject(refused);
      expect(await query(known.out_bill_no)).toMatchObject(refused);
      expect(await cancel(known.out_bill_no)).toMatchObject(refused);
      await sandbox.act('/control', { payAddresses: ['203.0.113.9', callerAddress] });
      expect((await query(asked.out_bill_no)).status).toBe(404);
      expect((await create(asked)).status).toBe(200);
    }
  });
});

describe('a call that the merchant has not signed is not heard', () => {
  const unsigned = { status: 401, json: wrong('SIGN_ERROR') };

  test.each<[string, Record<string, string>]>([
    ['without a signature', { authorization: '' }],
    ['with half a signature', { authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1"' }],
    ['of another kind', { authorization: 'Bearer x' }],
  ])('%s', async (_, headers) => {
    expect(await ask('GET', `${base}/out-bill-no/x`, '', { headers })).toMatchObject(unsigned);
  });

  test('over another body, another path, or six minutes ago', async () => {
    const honest = await ask('GET', `${base}/out-bill-no/x`);
    expect(honest).toMatchObject({ status: 404, json: wrong('NOT_FOUND'), isSigned: true });
    const old = startsAt / 1000 - 360;
    expect(await ask('GET', `${base}/out-bill-no/x`, '', { timestamp: old })).toMatchObject({
      status: 401,
      json: wrong('SIGN_ERROR', '不得超过5分钟'),
    });
    const nonce = 'n';
    const now = startsAt / 1000;
    const signature = createSign('RSA-SHA256')
      .update(`GET\n${base}/out-bill-no/y\n${now}\n${nonce}\n\n`)
      .sign(merchant.privateKey, 'base64');
    const authorization = `WECHATPAY2-SHA256-RSA2048 mchid="${settings.PAY_MCH_ID}",nonce_str="${nonce}",timestamp="${now}",serial_no="${settings.PAY_SERIAL}",signature="${signature}"`;
    expect(await ask('GET', `${base}/out-bill-no/x`, '', { headers: { authorization } })).toMatchObject(
      unsigned,
    );
    expect(await ask('GET', `${base}/out-bill-no/y`, '', { headers: { authorization } })).toMatchObject({
      status: 404,
    });
  });

  test.each<[string, Record<string, string>, number]>([
    ['the wish for JSON', { accept: 'text/html' }, 406],
    ['a key that is known', { 'wechatpay-serial': 'PUB_KEY_ID_other' }, 400],
  ])('nor one without %s', async (_, headers, status) => {
    expect(await ask('GET', `${base}/out-bill-no/x`, '', { headers })).toMatchObject({ status });
  });
});

test('a call without a user agent, as a Worker makes it by itself, is turned away', async () => {
  const answer = await sandbox.call(`/out?url=https://api.mch.weixin.qq.com${base}/out-bill-no/x`);
  expect(answer).toMatchObject({ status: 403, json: wrong('RULE_LIMIT', 'User-Agent') });
});

describe('a transfer of 3.20', () => {
  test('waits until the person confirms, and then both sides know', async () => {
    const made = bill();
    const answer = await create(made);
    expect(answer).toEqual({
      status: 200,
      json: {
        out_bill_no: made.out_bill_no,
        transfer_bill_no: expect.stringMatching(/^1330000\d{32}$/),
        create_time: expect.stringMatching(/\+08:00$/),
        state: 'WAIT_USER_CONFIRM',
        package_info: expect.any(String),
      },
      isSigned: true,
      serial: settings.PAY_PLATFORM_KEY_ID,
    });
    expect(await confirm(made.out_bill_no, { openid: 'oMemberWangXue' })).toHaveProperty('error');
    expect(await confirm(made.out_bill_no)).toEqual({ ok: true, state: 'SUCCESS' });
    expect(await confirm(made.out_bill_no)).toEqual({ error: 'the bill is SUCCESS' });
    const whole = {
      mch_id: settings.PAY_MCH_ID,
      out_bill_no: made.out_bill_no,
      state: 'SUCCESS',
      transfer_amount: 320,
      openid: 'oMemberZhouTing',
    };
    expect((await query(made.out_bill_no)).json).toMatchObject({ ...whole, transfer_remark: '满188抽红包' });
    expect(await notified(made.out_bill_no)).toEqual([[204]]);
    expect(await notifications()).toMatchObject([
      { isGenuine: true, serial: settings.PAY_PLATFORM_KEY_ID, content: whole },
    ]);
  });

  test('asked for again under its number is the same, and with another content is refused', async () => {
    const made = bill();
    const answers = await Promise.all([create(made), create(made), create(made)]);
    expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    expect(await create({ ...made, transfer_amount: 330 })).toMatchObject({
      status: 400,
      json: wrong('INVALID_REQUEST', '单号已存在但信息不一致'),
      isSigned: true,
    });
    const found = (await sandbox.items('/transfers')).filter(
      (each) => each['outBillNo'] === made.out_bill_no,
    );
    expect(found).toMatchObject([{ amountFen: 320 }]);
  });

  test('may have been made though the answer was 500: whoever takes another number pays twice', async () => {
    await sandbox.act('/control', { failNext: { path: base, count: 1, status: 500, afterwards: true } });
    const made = bill();
    expect(await create(made)).toMatchObject({ status: 500, isSigned: false });
    expect((await query(made.out_bill_no)).json).toMatchObject({ state: 'WAIT_USER_CONFIRM' });
  });

  test('may only be accepted at first, and moves on when it is asked for', async () => {
    await sandbox.act('/control', { transferState: 'ACCEPTED' });
    const made = bill();
    const { json } = await create(made);
    expect(json).toMatchObject({ state: 'ACCEPTED' });
    expect(json).not.toHaveProperty('package_info');
    expect((await create(made)).json).toMatchObject({
      state: 'WAIT_USER_CONFIRM',
      package_info: expect.any(String),
    });
  });

  test('fails when the person cannot receive it', async () => {
    const made = bill();
    await create(made);
    await confirm(made.out_bill_no, { accept: false, failReason: 'ACCOUNT_FROZEN' });
    expect((await query(made.out_bill_no)).json).toMatchObject({
      state: 'FAIL',
      fail_reason: 'ACCOUNT_FROZEN',
    });
    await notified(made.out_bill_no);
    expect(await notifications()).toMatchObject([
      { content: { state: 'FAIL', fail_reason: 'ACCOUNT_FROZEN' } },
    ]);
  });

  test('is over after a day that nobody confirmed in', async () => {
    const made = bill();
    await create(made);
    await sandbox.act('/control', { clockAheadMs: 24 * 3_600_000 });
    expect((await query(made.out_bill_no)).json).toMatchObject({
      state: 'FAIL',
      fail_reason: 'OVERDUE_CLOSE',
    });
    expect(await confirm(made.out_bill_no)).toEqual({ error: 'the bill is FAIL' });
    expect(await notified(made.out_bill_no)).toEqual([[204]]);
  });

  test('can be cancelled before it is confirmed, and not after', async () => {
    const made = bill();
    await create(made);
    expect(await cancel(made.out_bill_no)).toMatchObject({ status: 200, json: { state: 'CANCELING' } });
    expect(await confirm(made.out_bill_no)).toHaveProperty('error');
    await notified(made.out_bill_no);
    expect((await query(made.out_bill_no)).json).toMatchObject({ state: 'CANCELLED' });
    expect(await notifications()).toMatchObject([{ content: { state: 'CANCELLED' } }]);
    const paid = bill();
    await create(paid);
    await confirm(paid.out_bill_no);
    expect(await cancel(paid.out_bill_no)).toMatchObject({ status: 400, json: wrong('INVALID_REQUEST') });
    expect(await cancel('nothing')).toMatchObject({ status: 404, json: wrong('NOT_FOUND') });
  });

  test('is refused when the money does not suffice, and its number stays free', async () => {
    await sandbox.act('/control', { merchantBalanceFen: 0 });
    const made = bill();
    expect(await create(made)).toMatchObject({ status: 403, json: wrong('NOT_ENOUGH') });
    expect(await query(made.out_bill_no)).toMatchObject({ status: 404 });
    await sandbox.act('/control', { merchantBalanceFen: 10_000_000 });
    expect(await create(made)).toMatchObject({ status: 200 });
  });
});

describe('a transfer is refused', () => {
  const reports = [{ info_type: '活动名称', info_content: '红包' }];
  test.each<[string, object, string]>([
    ['for another appid', { appid: 'wx0' }, 'INVALID_REQUEST'],
    ['with a number of other letters', { out_bill_no: 'a-b' }, 'PARAM_ERROR'],
    ['with a number of 33 letters', { out_bill_no: 'x'.repeat(33) }, 'PARAM_ERROR'],
    ['of 9 fen', { transfer_amount: 9 }, 'INVALID_REQUEST'],
    ['of half a fen', { transfer_amount: 320.5 }, 'PARAM_ERROR'],
    ['to an openid nobody has', { openid: 'oNobody' }, 'PARAM_ERROR'],
    ['with one of the two reports', { transfer_scene_report_infos: reports }, 'PARAM_ERROR'],
    ['with the same report twice', { transfer_scene_report_infos: [...reports, ...reports] }, 'PARAM_ERROR'],
    ['with words the scene does not know', { user_recv_perception: '佣金报酬' }, 'INVALID_REQUEST'],
    ['in a scene without permission', { transfer_scene_id: '1009' }, 'INVALID_REQUEST'],
    ['with a remark of 33 characters', { transfer_remark: '红'.repeat(33) }, 'PARAM_ERROR'],
    ['with an address that is not https', { notify_url: 'http://shop.example/pay' }, 'PARAM_ERROR'],
    ['with an address that has a query', { notify_url: 'https://shop.example/pay?a=1' }, 'PARAM_ERROR'],
    ['of 2,000 yuan without a name', { transfer_amount: 200_000 }, 'PARAM_ERROR'],
    ['of 2,000 yuan with an open name', { transfer_amount: 200_000, user_name: '周婷' }, 'PARAM_ERROR'],
    [
      'as a red packet of more than 200 yuan',
      { transfer_amount: 20_001, user_recv_style: { type: 'RED_PACKET' } },
      'INVALID_REQUEST',
    ],
  ])('%s', async (_, given, code) => {
    expect(await create(bill(given))).toMatchObject({ status: 400, json: wrong(code), isSigned: true });
  });

  test('but not with a sealed name, which may be sealed anew each time', async () => {
    const sealed = () =>
      publicEncrypt(
        { key: platform.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
        Buffer.from('周婷'),
      ).toString('base64');
    const made = bill({ transfer_amount: 200_000, user_name: sealed() });
    expect(await create(made)).toMatchObject({ status: 200 });
    expect(await create({ ...made, user_name: sealed() })).toMatchObject({ status: 200 });
  });
});

describe('a notification', () => {
  const ended = async () => {
    const made = bill();
    await create(made);
    await confirm(made.out_bill_no);
    return made.out_bill_no;
  };

  test('comes again, under the same id, until it is taken', async () => {
    await sandbox.tell({
      '/hooks/pay': [
        { status: 500, body: '' },
        { status: 200, body: '{"code":"FAIL","message":"x"}' },
        { status: 200, body: '{"code":"SUCCESS"}' },
      ],
    });
    expect(await notified(await ended())).toEqual([[500, 400, 200]]);
    const came = await notifications();
    expect(came).toHaveLength(3);
    expect(new Set(came.map(({ id }) => id)).size).toBe(1);
    expect(came.every(({ isGenuine }) => isGenuine)).toBe(true);
  });

  test('comes five times at most', async () => {
    await sandbox.tell({ '/hooks/pay': { status: 500, body: '' } });
    expect(await notified(await ended())).toEqual([[500, 500, 500, 500, 500]]);
  });

  test('comes three times at once when a tester wants it so', async () => {
    const no = await ended();
    await notified(no);
    await sandbox.asked();
    const repeat = { outBillNo: no, deliveries: 3, parallel: true };
    expect(await sandbox.act('/notify-transfer', repeat)).toEqual({ ok: true, statuses: [204, 204, 204] });
    expect(new Set((await notifications()).map(({ id }) => id)).size).toBe(1);
    expect(await sandbox.act('/notify-transfer', { outBillNo: 'nothing' })).toHaveProperty('error');
  });

  test('comes after one that is wrongly signed, to see it refused', async () => {
    await sandbox.act('/control', { notifyProbe: true });
    await notified(await ended());
    const signatures = (await sandbox.asked()).map(({ headers }) => headers['wechatpay-signature']);
    expect(signatures).toEqual([
      expect.stringMatching(/^WECHATPAY\/SIGNTEST\//),
      expect.not.stringMatching(/^WECHATPAY/),
    ]);
  });
});
