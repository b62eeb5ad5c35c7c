import { describe, expect, test } from 'vitest';
import { wechatClient, type Http } from '../../workers/wechat/client.ts';
import { silence } from '../support/silence.ts';

const token = 'secret+token/42';
const message = { touser: 'o1', template_id: 'T', data: { thing1: { value: '天河店' } } };

const clientOver = (http: Http) =>
  wechatClient({ http, baseUrl: 'https://api.weixin.qq.com/', timeoutMs: 60 });
const answering = (body: string, status = 200) => clientOver(async () => new Response(body, { status }));

describe('a call leaves as WeChat expects it', () => {
  test('a template message, in plain UTF-8 with the token in the query', async () => {
    const seen: Request[] = [];
    const client = clientOver(async (request) => {
      seen.push(request.clone());
      return new Response('{"errcode":0,"errmsg":"ok","msgid":1}');
    });
    await client.sendTemplate(token, message);
    await client.sendCustom(token, { touser: 'o1', msgtype: 'text', text: { content: '您好' } });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST https://api.weixin.qq.com/cgi-bin/message/template/send?access_token=secret%2Btoken%2F42',
      'POST https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=secret%2Btoken%2F42',
    ]);
    expect(await seen[0]?.text()).toContain('天河店');
    expect(seen.map(({ redirect }) => redirect)).toEqual(['manual', 'manual']);
  });

  test('through a relay that has a path of its own', async () => {
    const seen: string[] = [];
    const http: Http = async ({ url }) => {
      seen.push(url);
      return new Response('{}');
    };
    const client = wechatClient({ http, baseUrl: 'https://relay.example/weixin', timeoutMs: 60 });
    await client.stableToken({ appId: 'wx1', secret: 's', forceRefresh: false });
    expect(seen).toEqual(['https://relay.example/weixin/cgi-bin/stable_token']);
  });

  test('a token, asked for by its account', async () => {
    let body = '';
    const client = clientOver(async (request) => {
      body = await request.text();
      return new Response('{"access_token":"T0","expires_in":7200}');
    });
    expect(await client.stableToken({ appId: 'wx1', secret: 's', forceRefresh: true })).toEqual({
      ok: true,
      reply: { errcode: 0, errmsg: 'ok', rid: null, token: { value: 'T0', expiresInSeconds: 7200 } },
    });
    expect(JSON.parse(body)).toEqual({
      grant_type: 'client_credential',
      appid: 'wx1',
      secret: 's',
      force_refresh: true,
    });
  });
});

describe('a relay', () => {
  const seenBy = async (relayKey: string | undefined) => {
    const seen: (string | null)[] = [];
    const http: Http = async ({ headers }) => {
      seen.push(headers.get('authorization'));
      return new Response('{"errcode":0}');
    };
    const client = wechatClient({ http, baseUrl: 'https://relay.example', timeoutMs: 60, relayKey });
    await client.sendTemplate(token, message);
    await client.deleteMenu(token);
    return seen;
  };

  test('is shown its key with every call, POST or GET', async () => {
    expect(await seenBy('relay-key-of-32-bytes')).toEqual([
      'Bearer relay-key-of-32-bytes',
      'Bearer relay-key-of-32-bytes',
    ]);
  });

  test('that has none gets none', async () => {
    expect(await seenBy('')).toEqual([null, null]);
    expect(await seenBy(undefined)).toEqual([null, null]);
  });

  test('key that an error quotes is not told on', async () => {
    const http: Http = async ({ headers }) => {
      throw new Error(`refused ${headers.get('authorization')}`);
    };
    const settings = { http, baseUrl: 'https://r', timeoutMs: 60, relayKey: 'relay-key-of-32-bytes' };
    expect(await wechatClient(settings).callbackIps(token)).toEqual({
      ok: false,
      outage: 'network',
      detail: 'refused Bearer ***',
    });
  });
});

describe('a reply is a value', () => {
  test('whose msgid keeps all its digits', async () => {
    const client = answering('{"errcode":0,"errmsg":"ok","msgid": 4561255354251345929}');
    expect(await client.sendTemplate(token, message)).toEqual({
      ok: true,
      reply: { errcode: 0, errmsg: 'ok', rid: null, msgid: '4561255354251345929' },
    });
  });

  test('also when WeChat refuses, with the id by which its support finds the call', async () => {
    const errmsg = 'require subscribe rid: 6500a1b2-1f2c3d4e-30a15b6c';
    const client = answering(JSON.stringify({ errcode: 43004, errmsg }));
    expect(await client.sendTemplate(token, message)).toEqual({
      ok: true,
      reply: { errcode: 43004, errmsg, rid: '6500a1b2-1f2c3d4e-30a15b6c' },
    });
  });

  test('also when the account is refused', async () => {
    const client = answering('{"errcode":40125,"errmsg":"invalid appsecret"}');
    expect(await client.stableToken({ appId: 'wx1', secret: 's', forceRefresh: false })).toEqual({
      ok: true,
      reply: { errcode: 40125, errmsg: 'invalid appsecret', rid: null, token: null },
    });
  });
});

test('a refusal that quotes the token is told without it', async () => {
  const client = answering(JSON.stringify({ errcode: 40001, errmsg: `invalid ${token} rid: 1-2` }));
  expect(await client.sendTemplate(token, message)).toEqual({
    ok: true,
    reply: { errcode: 40001, errmsg: 'invalid *** rid: 1-2', rid: '1-2' },
  });
});

describe('an outage is a value', () => {
  test('when nothing answers in time', async () => {
    const client = clientOver(silence);
    const answer = await client.sendTemplate(token, message);
    expect(answer).toEqual({ ok: false, outage: 'timeout', detail: 'no answer within 60 ms' });
  });

  test('when the network is down, and without the token that the error quoted', async () => {
    const client = clientOver(async ({ url }) => {
      throw new TypeError(`cannot reach ${url} with ${token}`);
    });
    const answer = await client.sendTemplate(token, message);
    expect(answer).toMatchObject({ ok: false, outage: 'network' });
    expect(JSON.stringify(answer)).not.toMatch(/secret.{1,3}token/);
  });

  test('when the relay answers 502, or sends us elsewhere', async () => {
    expect(await answering('<html>', 502).sendTemplate(token, message)).toEqual({
      ok: false,
      outage: 'http',
      detail: 'HTTP 502',
    });
    expect(await answering('', 302).sendTemplate(token, message)).toMatchObject({ outage: 'http' });
  });

  test.each(['', '<html></html>', '{}', '[]', 'null', '{"errcode":"0"}', '{"msgid":5}'])(
    'when the reply is %j, which must not count as sent',
    async (body) => {
      expect(await answering(body).sendTemplate(token, message)).toMatchObject({
        ok: false,
        outage: 'malformed',
      });
    },
  );

  test('when a token is promised but not there', async () => {
    const client = answering('{"errcode":0,"errmsg":"ok"}');
    const answer = await client.stableToken({ appId: 'wx1', secret: 's', forceRefresh: false });
    expect(answer).toMatchObject({ ok: false, outage: 'malformed' });
  });
});
