import { describe, expect, test } from 'vitest';
import { silence } from '../support/silence.ts';
import type { TransferBill } from '../../workers/wechat/pay/transfers.ts';
import {
  certificateSerial,
  foreignPem,
  merchant,
  now,
  playBank,
  publicKeyId,
  publicPem,
  signedParts,
  unsealed,
} from './pay-bank.ts';

const root = '/v3/fund-app/mch-transfer/transfer-bills';
const bill: TransferBill = {
  appId: 'wx1',
  outBillNo: 'hk20261122000001',
  sceneId: '1000',
  openid: 'o1',
  amountFen: 320,
  remark: '新会员红包',
  perception: '现金奖励',
  notifyUrl: 'https://shop.example/hooks/pay',
  sceneReports: [{ type: '活动名称', content: '新会员有礼' }],
  style: 'RED_PACKET',
};
const created = {
  out_bill_no: bill.outBillNo,
  transfer_bill_no: '1330000071100999991182020050700019480001',
  create_time: '2026-11-22T14:59:00+08:00',
  state: 'WAIT_USER_CONFIRM',
  package_info: 'affffddafdfafddffda==',
};
const { transfer_bill_no: transferBillNo } = created;
const found = { ...created, mch_id: merchant.mchId, transfer_amount: 320, openid: 'o1', fail_reason: '' };

describe('a transfer of ¥3.20', () => {
  test('is asked for with the merchant’s signature, and waits for the person', async () => {
    const { client, asked } = playBank(() => ({ body: created }));
    expect(await client.create(bill)).toEqual({
      ok: true,
      reply: {
        outBillNo: bill.outBillNo,
        transferBillNo,
        state: 'WAIT_USER_CONFIRM',
        packageInfo: 'affffddafdfafddffda==',
      },
    });
    const [one] = asked;
    if (!one) throw new Error('nothing was asked');
    expect(signedParts(one)).toMatchObject({
      mchid: '1900000001',
      serial_no: '0DC0DF83',
      timestamp: String(now / 1000),
      nonce_str: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect([one.method, one.path]).toEqual(['POST', root]);
    expect(Object.fromEntries(one.headers)).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': expect.stringMatching(/./),
      'wechatpay-serial': publicKeyId,
    });
    expect(JSON.parse(one.text)).toEqual({
      appid: 'wx1',
      out_bill_no: 'hk20261122000001',
      transfer_scene_id: '1000',
      openid: 'o1',
      transfer_amount: 320,
      transfer_remark: '新会员红包',
      notify_url: 'https://shop.example/hooks/pay',
      user_recv_perception: '现金奖励',
      transfer_scene_report_infos: [{ info_type: '活动名称', info_content: '新会员有礼' }],
      user_recv_style: { type: 'RED_PACKET' },
    });
  });

  test('from ¥2,000 on carries the name, which only WeChat Pay can read', async () => {
    const { client, asked } = playBank(() => ({ body: created }));
    await client.create({ ...bill, amountFen: 200_000, userName: '陈小满' });
    const [{ text } = { text: '{}' }] = asked;
    expect(text).not.toContain('陈小满');
    expect(unsealed(String(JSON.parse(text).user_name))).toBe('陈小满');
  });

  test('is looked up and called off under its number', async () => {
    const { client, asked } = playBank(({ method }) => ({
      body:
        method === 'GET'
          ? {
              ...found,
              state: 'FAIL',
              fail_reason: 'ACCOUNT_FROZEN',
              update_time: '2026-11-22T14:59:00+08:00',
            }
          : { ...created, state: 'CANCELING' },
    }));
    expect(await client.query(bill.outBillNo)).toEqual({
      ok: true,
      reply: {
        outBillNo: bill.outBillNo,
        transferBillNo,
        state: 'FAIL',
        amountFen: 320,
        openid: 'o1',
        failReason: 'ACCOUNT_FROZEN',
        updatedAt: Date.parse('2026-11-22T06:59:00Z'),
      },
    });
    expect(await client.cancel(bill.outBillNo)).toEqual({
      ok: true,
      reply: { outBillNo: bill.outBillNo, transferBillNo, state: 'CANCELING' },
    });
    expect(asked.map(({ method, path, text }) => [method, path, text])).toEqual([
      ['GET', `${root}/out-bill-no/hk20261122000001`, ''],
      ['POST', `${root}/out-bill-no/hk20261122000001/cancel`, ''],
    ]);
    for (const one of asked) signedParts(one);
  });

  test('in a state nobody has met is not taken for any other', async () => {
    const { client } = playBank(() => ({ body: { ...found, state: 'TELEPORTING' } }));
    expect(await client.query(bill.outBillNo)).toMatchObject({
      reply: { state: 'UNKNOWN', failReason: null, updatedAt: null },
    });
  });

  test('through a relay is signed for WeChat Pay’s own path, and shows the relay its key apart', async () => {
    const { client, asked } = playBank(() => ({ body: found }), {
      baseUrl: 'https://relay.example/pay/',
      relayKey: 'relay-key',
    });
    await client.query(bill.outBillNo);
    const [one] = asked;
    if (!one) throw new Error('nothing was asked');
    expect(one.path).toBe(`/pay${root}/out-bill-no/hk20261122000001`);
    expect(one.headers.get('x-relay-authorization')).toBe('Bearer relay-key');
    signedParts({ ...one, path: one.path.replace('/pay', '') });
  });
});

describe('an answer is not believed', () => {
  test.each([
    [
      'changed on its way',
      { body: created, spoil: (text: string) => text.replace('WAIT_USER_CONFIRM', 'SUCCESS') },
    ],
    ['without a signature', { body: created, unsigned: true }],
    ['signed ten minutes ago', { body: created, at: now - 600_000 }],
  ])('%s', async (_, answer) => {
    const { client } = playBank(() => answer);
    expect(await client.create(bill)).toMatchObject({ ok: false, outage: 'unsigned' });
  });

  test('signed under a serial whose key we do not have', async () => {
    const { client } = playBank(() => ({ body: created }), {
      platformKeys: { [certificateSerial]: publicPem },
    });
    const answer = await client.create(bill);
    expect(answer).toEqual({ ok: false, outage: 'unsigned', detail: 'HTTP 200, unknown-serial' });
  });

  test('signed, but about another bill', async () => {
    const { client } = playBank(() => ({ body: { ...found, out_bill_no: 'hk20261122000002' } }));
    expect(await client.query(bill.outBillNo)).toMatchObject({ ok: false, outage: 'malformed' });
  });

  test.each(['', '[]', '{}', '<xml/>'])('signed, but %j', async (body) => {
    const { client } = playBank(() => ({ body }));
    expect(await client.create(bill)).toMatchObject({ ok: false, outage: 'malformed' });
  });
});

describe('whether a bill exists after a failure', () => {
  test('is open when WeChat Pay refuses, with its code and its words', async () => {
    const { client } = playBank(() => ({
      status: 403,
      body: { code: 'NOT_ENOUGH', message: '商户余额不足' },
    }));
    expect(await client.create(bill)).toEqual({
      ok: false,
      outage: 'refused',
      status: 403,
      code: 'NOT_ENOUGH',
      message: '商户余额不足',
      detail: 'HTTP 403 NOT_ENOUGH',
    });
  });

  test('is answered by a signed NOT_FOUND, and by no other', async () => {
    const body = { code: 'NOT_FOUND', message: '记录不存在' };
    const signed = playBank(() => ({ status: 404, body }));
    expect(await signed.client.query(bill.outBillNo)).toMatchObject({ outage: 'refused', code: 'NOT_FOUND' });
    const unsigned = playBank(() => ({ status: 404, body, unsigned: true }));
    expect(await unsigned.client.query(bill.outBillNo)).toEqual({
      ok: false,
      outage: 'http',
      detail: 'HTTP 404, missing-header',
    });
  });

  test('is open after a gateway’s page, a broken line and a silence', async () => {
    const gateway = playBank(() => ({ status: 502, body: '<html>', unsigned: true }));
    expect(await gateway.client.create(bill)).toMatchObject({ outage: 'http' });
    const broken = playBank(() => new Error('connection lost, relay-key-1'), { relayKey: 'relay-key-1' });
    expect(await broken.client.create(bill)).toEqual({
      ok: false,
      outage: 'network',
      detail: 'connection lost, ***',
    });
    const silent = playBank(() => ({ body: created }), {
      timeoutMs: 30,
      http: silence,
    });
    expect(await silent.client.create(bill)).toMatchObject({ outage: 'timeout' });
  });

  test('a signed error page without a code has its status for one', async () => {
    const { client } = playBank(() => ({ status: 500, body: 'oops' }));
    expect(await client.create(bill)).toMatchObject({ outage: 'refused', code: 'HTTP_500', message: '' });
  });
});

describe('nothing is sent', () => {
  test.each([
    ['with a bill number that has a hyphen', { ...bill, outBillNo: 'hk-1' }, '32 letters and digits'],
    ['with a bill number of 33', { ...bill, outBillNo: 'a'.repeat(33) }, '32 letters and digits'],
    ['for ¥3.205', { ...bill, amountFen: 320.5 }, 'whole number of fen'],
    ['for nothing', { ...bill, amountFen: 0 }, 'whole number of fen'],
  ])('%s', async (_, wrong, why) => {
    const { client, asked } = playBank(() => ({ body: created }));
    await expect(client.create(wrong)).rejects.toThrow(why);
    expect(asked).toEqual([]);
  });

  test.each([
    ['a merchant key that is none', { merchant: { ...merchant, privateKeyPem: 'x' } }, 'apiclient_key.pem'],
    ['a platform key that is none', { platformKeys: { [publicKeyId]: 'x' } }, publicKeyId],
    ['no platform key', { platformKeys: {} }, 'no platform key'],
  ])('with %s', async (_, settings, why) => {
    const { client, asked } = playBank(() => ({ body: created }), settings);
    await expect(client.query(bill.outBillNo)).rejects.toThrow(why);
    expect(asked).toEqual([]);
  });
});

test('where there are only certificates, the first of them is asked to sign', async () => {
  const { client, asked } = playBank(() => ({ body: found }), {
    platformKeys: { [certificateSerial]: foreignPem, ABCD: publicPem },
  });
  await client.query(bill.outBillNo);
  expect(asked[0]?.headers.get('wechatpay-serial')).toBe(certificateSerial);
});
