import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { opened } from './callbacks.ts';
import { stopClock } from '../support/timers.ts';
import { settings, startSandbox, startsAt, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await sandbox.call('/sandbox/api/control', { callbackSpacingMs: 0 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.settled();
  await sandbox.tell({});
  await sandbox.asked();
});

const callback = async () => {
  const { path, query, fields } = await opened((await sandbox.asked())[0]);
  return { path, query, fields };
};

describe('a person with a phone', () => {
  test('follows, and Huike receives a signed and encrypted subscribe', async () => {
    const { json } = await sandbox.call('/sandbox/api/follow', { openid: 'oNew', scene: 'g7' });
    expect(json).toEqual({
      ok: true,
      status: 200,
      attempts: 1,
      verdicts: ['taken'],
      reply: null,
      replyType: null,
    });
    expect(await callback()).toEqual({
      path: 'POST /hooks/wechat',
      query: expect.objectContaining({ openid: 'oNew', encrypt_type: 'aes' }),
      fields: {
        ToUserName: 'gh_sunshine',
        FromUserName: 'oNew',
        CreateTime: expect.stringMatching(/^\d{10}$/),
        MsgType: 'event',
        Event: 'subscribe',
        EventKey: 'qrscene_g7',
        Ticket: expect.stringMatching(/^gQ/),
      },
    });
  });

  test('scans again as a follower, which is SCAN and has no prefix', async () => {
    await sandbox.call('/sandbox/api/follow', { openid: 'oScans' });
    await sandbox.asked();
    await sandbox.call('/sandbox/api/follow', { openid: 'oScans', scene: 'g8' });
    expect((await callback()).fields).toMatchObject({ Event: 'SCAN', EventKey: 'g8' });
  });

  test('leaves', async () => {
    await sandbox.call('/sandbox/api/unfollow', { openid: 'oNew' });
    expect((await callback()).fields).toMatchObject({ Event: 'unsubscribe', FromUserName: 'oNew' });
  });

  test('says something, whatever they say', async () => {
    await sandbox.call('/sandbox/api/say', { openid: 'oNew', text: '抽奖 ]]> <b>' });
    expect((await callback()).fields).toMatchObject({
      MsgType: 'text',
      Content: '抽奖 ]]> <b>',
      MsgId: expect.stringMatching(/^\d{19}$/),
    });
  });

  test('counts as a follower even when Huike is down', async () => {
    await sandbox.tell({ '*': { status: 503, body: '' } });
    const { json } = await sandbox.call('/sandbox/api/follow', { openid: 'oDown', name: '新客' });
    expect(json).toMatchObject({ ok: false, status: 503, attempts: 3, reply: null });
    const people = await sandbox.call('/sandbox/api/people');
    expect(people.text).toContain(
      '{"openid":"oDown","name":"新客","phone":null,"role":"member","following":1}',
    );
  });

  test('is asked for by name', async () => {
    const { status, json } = await sandbox.call('/sandbox/api/say', { text: 'x' });
    expect({ status, json }).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('openid') },
    });
  });
});

describe('the till', () => {
  const sale = { orderNo: '8005-372', store: { id: '8005', name: '天河店' }, amounts: { paidFen: 20_720 } };
  const accepted = { status: 202, body: '{"ok":true,"eventId":"e1","duplicate":false}' };

  test('signs a sale so that the standardwebhooks library believes it', async () => {
    stopClock(startsAt);
    await sandbox.tell({ '*': accepted });
    const { status, json } = await sandbox.call('/sandbox/api/sale', sale);
    expect({ status, json }).toEqual({ status: 202, json: { ok: true, eventId: 'e1', duplicate: false } });
    const [asked] = await sandbox.asked();
    expect(asked?.url).toBe('http://127.0.0.1:8787/hooks/erp/till');
    expect(new Webhook(settings.ERP_SECRET).verify(asked?.body ?? '', asked?.headers ?? {})).toEqual({
      type: 'sale.completed',
      id: '8005-372',
      occurredAt: expect.stringMatching(/\+08:00$/),
      test: false,
      data: sale,
    });
  });

  test('takes back, and keeps both receipts, newest first', async () => {
    await sandbox.tell({ '*': accepted });
    const refund = {
      refundNo: '8005-372-R1',
      orderNo: '8005-372',
      scope: 'full',
      amounts: { refundedFen: 20_720 },
    };
    await sandbox.call('/sandbox/api/refund?occurredAt=2026-11-22T15:00:00%2B08:00', refund);
    const [asked] = await sandbox.asked();
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({
      type: 'refund.completed',
      id: '8005-372-R1',
      occurredAt: '2026-11-22T15:00:00+08:00',
    });
    expect((await sandbox.call('/sandbox/api/receipts')).json).toMatchObject({
      items: [
        { number: '8005-372-R1', type: 'refund.completed', orderNo: '8005-372', data: refund },
        { number: '8005-372', type: 'sale.completed', data: sale },
      ],
    });
  });

  test('keeps no receipt of a sale that Huike did not take', async () => {
    await sandbox.tell({ '*': { status: 503, body: '{"code":"not-stored"}' } });
    const { status } = await sandbox.call('/sandbox/api/sale', { ...sale, orderNo: '8005-373' });
    expect(status).toBe(503);
    expect((await sandbox.call('/sandbox/api/receipts')).text).not.toContain('8005-373');
  });

  test('wants a number', async () => {
    expect((await sandbox.call('/sandbox/api/sale', { amounts: {} })).status).toBe(400);
    expect((await sandbox.call('/sandbox/api/refund', { orderNo: 'x' })).status).toBe(400);
  });
});

describe('the clock', () => {
  test('runs the scheduled handler as of that instant', async () => {
    const { json } = await sandbox.call('/sandbox/api/cron', { at: '2026-11-11T09:00:00+08:00' });
    expect(json).toEqual({ ok: true, outcome: 'ok', at: '2026-11-11T09:00:00+08:00' });
    expect(await sandbox.asked()).toMatchObject([
      { cron: '* * * * *', scheduledTime: Date.parse('2026-11-11T09:00:00+08:00') },
    ]);
  });

  test.each(['tomorrow', '2026-11-11', 5, null])('does not know %j', async (at) => {
    expect((await sandbox.call('/sandbox/api/cron', { at })).status).toBe(400);
  });
});

describe('the front door', () => {
  test('gives integrators the keys', async () => {
    expect((await sandbox.call('/sandbox/api/credentials')).json).toEqual({
      apiToken: settings.API_TOKEN,
      erp: { source: 'till', url: 'http://127.0.0.1:8787/hooks/erp/till', secret: settings.ERP_SECRET },
      wechat: {
        appId: settings.WECHAT_APP_ID,
        token: settings.WECHAT_TOKEN,
        encodingAESKey: settings.WECHAT_ENCODING_AES_KEY,
        originalId: settings.WECHAT_ORIGINAL_ID,
      },
    });
  });

  test('sends everything else to Huike', async () => {
    expect((await sandbox.call('/sandboxes')).text).toBe('success');
    expect((await sandbox.call('/api/v1/members')).text).toBe('success');
    expect((await sandbox.asked()).map(({ url }) => new URL(url).pathname)).toEqual([
      '/sandboxes',
      '/api/v1/members',
    ]);
  });

  test('leads from Huike to the simulated WeChat, and nowhere else', async () => {
    const weixin = await sandbox.call('/out?url=https://api.weixin.qq.com/cgi-bin/stable_token');
    expect(weixin.json).toMatchObject({ errcode: 43002 });
    const elsewhere = await sandbox.call('/out?url=https://example.com/');
    expect(elsewhere.status).toBe(502);
    expect(elsewhere.json).toEqual({ error: 'the sandbox has no network, so it cannot reach example.com' });
  });

  test('shows a phone with what the public API says of its owner', async () => {
    const list = (items: unknown[]) => ({ status: 200, body: JSON.stringify({ items, next: null }) });
    await sandbox.tell({
      '/api/v1/members': list([{ id: 'm1' }]),
      '/api/v1/members/m1': { status: 200, body: '{"id":"m1","points":207}' },
      '/api/v1/members/m1/coupons': list([{ id: 'c1' }]),
      '/api/v1/members/m1/ledger': list([{ seq: 1, delta: 207 }]),
    });
    const { json } = await sandbox.call('/sandbox/api/phone?wallet=1&openid=oMemberChenXiaoman');
    expect(json).toMatchObject({
      person: { name: '陈小满', phone: '13912345487' },
      wallet: { member: { id: 'm1', points: 207 }, coupons: [{ id: 'c1' }], points: [{ delta: 207 }] },
    });
    const [first] = await sandbox.asked();
    expect(first?.headers['authorization']).toBe('Bearer token-of-the-api');
    expect(first?.url).toContain('phone=13912345487');
  });

  test('shows a phone even when the API is down', async () => {
    await sandbox.tell({ '*': { status: 500, body: 'oops' } });
    expect((await sandbox.call('/sandbox/api/phone?wallet=1&openid=oMemberChenXiaoman')).json).toMatchObject({
      wallet: { member: null, coupons: [] },
    });
  });
});
