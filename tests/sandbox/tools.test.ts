/** Addresses, quotas, refusals and the switches of a tester. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refused, settings, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.act('/control', { ipAllowed: true, relayKey: '', latencyMs: 0 }));

const account = {
  grant_type: 'client_credential',
  appid: settings.WECHAT_APP_ID,
  secret: settings.WECHAT_APP_SECRET,
};
const text = (touser: string) => ({ touser, msgtype: 'text', text: { content: '您好' } });
const customPath = '/cgi-bin/message/custom/send';

describe('an address that is not on the whitelist', () => {
  test('is refused by every call of the account, and not when a browser logs in', async () => {
    const token = await sandbox.token();
    await sandbox.act('/control', { ipAllowed: false });
    const words = 'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: ';
    expect((await sandbox.weixin('/cgi-bin/stable_token', account)).json).toEqual(refused(40164, words));
    expect((await sandbox.weixin(`/cgi-bin/user/info?access_token=${token}&openid=o`)).json).toEqual(
      refused(40164),
    );
    expect((await sandbox.weixin('/sns/userinfo?access_token=x')).json).toEqual(refused(40001));
  });
});

describe('a relay that wants its key', () => {
  test('lets nothing through without it', async () => {
    await sandbox.act('/control', { relayKey: 'relay-key' });
    const call = async (host: string, headers: Record<string, string>) =>
      (await sandbox.fetch(`https://${host}/cgi-bin/stable_token`, { method: 'POST', body: '{}', headers }))
        .status;
    expect(await call('api.weixin.qq.com', {})).toBe(401);
    expect(await call('api.weixin.qq.com', { authorization: 'Bearer other' })).toBe(401);
    expect(await call('api.weixin.qq.com', { authorization: 'Bearer relay-key' })).toBe(200);
    expect(await call('qyapi.weixin.qq.com', {})).toBe(401);
    expect(await call('api.mch.weixin.qq.com', { 'x-relay-authorization': 'Bearer relay-key' })).not.toBe(
      401,
    );
  });
});

describe('every call', () => {
  test('has its method', async () => {
    expect((await sandbox.weixin('/cgi-bin/menu/get', {})).json).toEqual(
      refused(43001, 'require GET method'),
    );
    expect((await sandbox.weixin('/cgi-bin/menu/create')).json).toEqual(
      refused(43002, 'require POST method'),
    );
  });

  test('is counted, and refused when the day is used up', async () => {
    const quota = () => sandbox.api('/cgi-bin/openapi/quota/get', { cgi_path: '/cgi-bin/tags/get' });
    expect(await quota()).toMatchObject({ quota: { used: 0 } });
    await sandbox.api('/cgi-bin/tags/get');
    await sandbox.act('/control', { quotas: { '/cgi-bin/tags/get': 2 } });
    await sandbox.api('/cgi-bin/tags/get');
    expect(await quota()).toEqual({
      errcode: 0,
      errmsg: 'ok',
      quota: { daily_limit: 2, used: 2, remain: 0 },
      rate_limit: { call_count: 0, refresh_second: 0 },
    });
    expect(await sandbox.api('/cgi-bin/tags/get')).toEqual(refused(45009));
    await sandbox.act('/control', { clockAheadMs: 86_400_000 });
    expect(await sandbox.api('/cgi-bin/tags/get')).toHaveProperty('tags');
    await sandbox.act('/control', { clockAheadMs: 0 });
    expect(await sandbox.api('/cgi-bin/openapi/quota/get', { cgi_path: 'nothing' })).toEqual(refused(76021));
  });

  test('that was refused can be asked about by its rid', async () => {
    const answer = await sandbox.api(customPath, text('oNobody'));
    const rid = /rid: ([\da-f-]{26})$/.exec(JSON.stringify(answer).replace('"}', ''))?.[1];
    expect(await sandbox.api('/cgi-bin/openapi/rid/get', { rid })).toMatchObject({
      errcode: 0,
      request: {
        request_url: customPath,
        request_body: JSON.stringify(text('oNobody')),
        response_body: expect.stringContaining('40003'),
      },
    });
    expect(await sandbox.api('/cgi-bin/openapi/rid/get', { rid: 'no' })).toEqual(refused(76001));
    expect((await sandbox.items('/refusals')).length).toBeGreaterThan(1);
  });
});

describe('what WeChat tells of itself', () => {
  test('is the addresses from which it pushes and at which it is called', async () => {
    expect(await sandbox.api('/cgi-bin/getcallbackip')).toEqual({
      ip_list: [expect.any(String), expect.any(String)],
    });
    expect(await sandbox.api('/cgi-bin/get_api_domain_ip')).toHaveProperty('ip_list');
  });

  test('is how its network reaches the callback', async () => {
    const check = (given: object) => sandbox.api('/cgi-bin/callback/check', given);
    expect(await check({ action: 'all' })).toMatchObject({ dns: [{}], ping: [{ package_loss: '0%' }] });
    expect(await check({ action: 'dns', check_operator: 'UNICOM' })).not.toHaveProperty('ping');
    expect(await check({ action: 'fly' })).toEqual(refused(40202));
    expect(await check({ action: 'all', check_operator: 'NASA' })).toEqual(refused(40203));
  });

  test('is a ticket for pages, the same for two hours, with which a signature is checked', async () => {
    const ticketOf = (answer: unknown) => (answer as { ticket: string }).ticket;
    const ticket = ticketOf(await sandbox.api('/cgi-bin/ticket/getticket?type=jsapi'));
    expect(ticketOf(await sandbox.api('/cgi-bin/ticket/getticket?type=jsapi'))).toBe(ticket);
    expect(await sandbox.api('/cgi-bin/ticket/getticket?type=x')).toEqual(refused(40097));
    const url = 'https://shop.example/m?x=1';
    const signed = `jsapi_ticket=${ticket}&noncestr=n1&timestamp=1700000000&url=${url}`;
    const signature = createHash('sha1').update(signed).digest('hex');
    const page = { nonceStr: 'n1', timestamp: 1_700_000_000, url: `${url}#top`, signature };
    expect(await sandbox.act('/check-jssdk', page)).toEqual({ ok: true });
    expect(await sandbox.act('/check-jssdk', { ...page, nonceStr: 'n2' })).toEqual({ ok: false });
    await sandbox.act('/control', { clockAheadMs: 2 * 3_600_000 + 1000 });
    expect(ticketOf(await sandbox.api('/cgi-bin/ticket/getticket?type=jsapi'))).not.toBe(ticket);
    await sandbox.act('/control', { clockAheadMs: 0 });
  });
});

describe('a tester may have', () => {
  const send = async (openid: string) => {
    const token = await sandbox.token();
    return sandbox.weixin(`${customPath}?access_token=${token}`, text(openid));
  };

  test('one path fail and the others go well', async () => {
    await sandbox.act('/say', { openid: 'oPath', text: '在吗' });
    await sandbox.act('/control', { failNext: { path: customPath, count: 1, errcode: 45011 } });
    expect(await sandbox.api('/cgi-bin/getcallbackip')).toHaveProperty('ip_list');
    expect((await send('oPath')).json).toEqual(refused(45011));
    expect((await send('oPath')).json).toEqual(refused(0));
  });

  test('all paths below one fail', async () => {
    await sandbox.act('/control', { failNext: { path: '/cgi-bin/message/*', count: 2, status: 503 } });
    expect((await send('oPath')).status).toBe(503);
    expect(await sandbox.api('/cgi-bin/getcallbackip')).toHaveProperty('ip_list');
    expect((await send('oPath')).status).toBe(503);
    expect((await send('oPath')).status).toBe(200);
  });

  test('a call do its work and fail to say so', async () => {
    await sandbox.act('/say', { openid: 'oLost', text: '在吗' });
    await sandbox.act('/control', {
      failNext: { path: customPath, count: 1, status: 502, afterwards: true },
    });
    expect((await send('oLost')).status).toBe(502);
    expect(await sandbox.items('/messages?openid=oLost')).toMatchObject([{ kind: 'text', text: '您好' }]);
  });

  test('one path be slow', async () => {
    await sandbox.act('/control', { slow: { path: customPath, ms: 200 } });
    const timeOf = async (work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      return performance.now() - startedAt;
    };
    expect(await timeOf(() => send('oPath'))).toBeGreaterThan(190);
    expect(await sandbox.act('/control', { slow: { path: customPath, ms: 0 } })).toMatchObject({
      faults: [],
    });
  });

  test('everything as it was in the beginning', async () => {
    await sandbox.act('/control', {
      latencyMs: 5,
      failNext: { count: 3 },
      quotas: { '/cgi-bin/tags/get': 0 },
    });
    expect(await sandbox.act('/control', { reset: true })).toMatchObject({
      latencyMs: 0,
      faults: [],
      quotas: {},
    });
  });
});
