/** Each method: the call as WeChat documents it, and the reply as the caller reads it. */
import { describe, expect, test } from 'vitest';
import { wechatClient, type WechatClient } from '../../workers/wechat/client.ts';

const token = 'token-of-64-bytes';
const base = 'https://api.weixin.qq.com';

type SentCall = { readonly call: string; readonly body: unknown };

async function ask<R>(
  answer: object,
  act: (client: WechatClient) => Promise<R>,
): Promise<SentCall & { answer: R }> {
  let seen: SentCall = { call: '', body: null };
  const http = async (request: Request): Promise<Response> => {
    const text = await request.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    seen = { call: `${request.method} ${request.url.replace(base, '')}`, body };
    return new Response(JSON.stringify(answer));
  };
  const result = await act(wechatClient({ http, baseUrl: base, timeoutMs: 1000 }));
  return { ...seen, answer: result };
}

const ok = { errcode: 0, errmsg: 'ok', rid: null };
const refused = { errcode: 40001, errmsg: 'invalid credential rid: 1-2-3' };
const asRefused = { ...refused, rid: '1-2-3' };

describe('a parametric code', () => {
  const made = { ticket: 'gQH47j', expire_seconds: 60, url: 'http://weixin.qq.com/q/kZgf' };

  test('of a staff member, for at most 30 days', async () => {
    const { call, body, answer } = await ask(made, (client) =>
      client.createQr(token, { scene: 'g7', expiresInSeconds: 90 * 86_400 }),
    );
    expect(call).toBe(`POST /cgi-bin/qrcode/create?access_token=${token}`);
    expect(body).toEqual({
      expire_seconds: 2_592_000,
      action_name: 'QR_STR_SCENE',
      action_info: { scene: { scene_str: 'g7' } },
    });
    const qr = { ticket: 'gQH47j', url: 'http://weixin.qq.com/q/kZgf', expiresInSeconds: 60 };
    expect(answer).toEqual({ ok: true, reply: { ...ok, qr } });
  });

  test('for ever', async () => {
    const { body, answer } = await ask({ ...made, expire_seconds: undefined }, (client) =>
      client.createQr(token, { scene: 'g7', expiresInSeconds: null }),
    );
    expect(body).toEqual({
      action_name: 'QR_LIMIT_STR_SCENE',
      action_info: { scene: { scene_str: 'g7' } },
    });
    expect(answer).toMatchObject({ reply: { qr: { expiresInSeconds: null } } });
  });
});

test('a refusal that comes with what was asked for is a refusal', async () => {
  const both = { errcode: 45009, errmsg: 'reach max api daily quota limit', ticket: 'T', url: 'http://x' };
  const { answer } = await ask(both, (client) =>
    client.createQr(token, { scene: 'g7', expiresInSeconds: 60 }),
  );
  expect(answer).toMatchObject({ ok: true, reply: { errcode: 45009, qr: null } });
});

describe('a menu', () => {
  test('is made, and taken away', async () => {
    const menu = { button: [{ type: 'click' as const, name: '积分', key: 'points' }] };
    const made = await ask({ errcode: 0, errmsg: 'ok' }, (client) => client.createMenu(token, menu));
    expect(made).toEqual({
      call: `POST /cgi-bin/menu/create?access_token=${token}`,
      body: menu,
      answer: { ok: true, reply: ok },
    });
    const gone = await ask({ errcode: 0, errmsg: 'ok' }, (client) => client.deleteMenu(token));
    expect(gone.call).toBe(`GET /cgi-bin/menu/delete?access_token=${token}`);
    expect(gone.body).toBeNull();
  });
});

describe('what an account has already', () => {
  test('its drafts, by title, are asked for without their bodies', async () => {
    const item = {
      media_id: 'd1',
      content: { news_item: [{ title: '双十二', digest: '满188' }, { title: '第二条' }] },
      update_time: 1_764_000_000,
    };
    const { call, body, answer } = await ask({ total_count: 1, item_count: 1, item: [item] }, (client) =>
      client.drafts(token),
    );
    expect([call, body]).toEqual([
      `POST /cgi-bin/draft/batchget?access_token=${token}`,
      { offset: 0, count: 20, no_content: 1 },
    ]);
    const articles = [
      { title: '双十二', digest: '满188' },
      { title: '第二条', digest: '' },
    ];
    const drafts = [{ mediaId: 'd1', articles, changedAt: 1_764_000_000_000 }];
    expect(answer).toEqual({ ok: true, reply: { ...ok, drafts } });
  });

  test('its menu, made by hand or by a program; none is no button', async () => {
    const { call, answer } = await ask(
      {
        is_menu_open: 1,
        selfmenu_info: {
          button: [
            { type: 'text', name: '营业时间', value: '9点到21点' },
            {
              name: '更多',
              sub_button: { list: [{ type: 'view', name: '商城', url: 'https://s.example/' }] },
            },
          ],
        },
      },
      (client) => client.currentMenu(token),
    );
    expect(call).toBe(`GET /cgi-bin/get_current_selfmenu_info?access_token=${token}`);
    const none = { type: '', name: '', key: '', url: '', appid: '', pagepath: '', value: '' };
    expect(answer).toMatchObject({
      reply: {
        menu: {
          isOpen: true,
          buttons: [
            { ...none, type: 'text', name: '营业时间', value: '9点到21点', sub_button: [] },
            {
              ...none,
              name: '更多',
              sub_button: [{ ...none, type: 'view', name: '商城', url: 'https://s.example/' }],
            },
          ],
        },
      },
    });
    const empty = await ask({ is_menu_open: 0 }, (client) => client.currentMenu(token));
    expect(empty.answer).toMatchObject({ reply: { menu: { isOpen: false, buttons: [] } } });
  });

  test('its automatic replies, each rule with the words that have to be there', async () => {
    const { call, answer } = await ask(
      {
        is_add_friend_reply_open: 1,
        is_autoreply_open: 1,
        add_friend_autoreply_info: { type: 'text', content: '欢迎' },
        keyword_autoreply_info: {
          list: [
            {
              rule_name: '地址',
              create_time: 1,
              reply_mode: 'reply_all',
              keyword_list_info: [
                { type: 'text', match_mode: 'equal', content: '地址' },
                { type: 'text', match_mode: 'contain', content: '怎么走' },
              ],
              reply_list_info: [
                { type: 'img', content: 'm1' },
                { type: 'text', content: '人民路88号' },
              ],
            },
          ],
        },
      },
      (client) => client.currentReplies(token),
    );
    expect(call).toBe(`GET /cgi-bin/get_current_autoreply_info?access_token=${token}`);
    expect(answer).toEqual({
      ok: true,
      reply: {
        ...ok,
        replies: {
          welcome: { type: 'text', content: '欢迎' },
          fallback: null,
          rules: [
            {
              name: '地址',
              words: [
                { word: '地址', isWhole: true },
                { word: '怎么走', isWhole: false },
              ],
              replies: [
                { type: 'img', content: 'm1' },
                { type: 'text', content: '人民路88号' },
              ],
            },
          ],
        },
      },
    });
  });
});

describe('a message', () => {
  test('of a subscription goes to bizsend', async () => {
    const message = {
      touser: 'o1',
      template_id: 'T',
      page: 'https://x',
      data: { thing1: { value: '奶粉' } },
    };
    const sent = await ask({ errcode: 0, errmsg: 'ok', msgid: 7 }, (client) =>
      client.sendSubscription(token, message),
    );
    expect(sent).toEqual({
      call: `POST /cgi-bin/message/subscribe/bizsend?access_token=${token}`,
      body: message,
      answer: { ok: true, reply: { ...ok, msgid: '7' } },
    });
  });

  test('of the service desk may be a menu to tap', async () => {
    const message = {
      touser: 'o1',
      msgtype: 'msgmenu',
      msgmenu: { head_content: '满意吗', list: [{ id: '101', content: '满意' }], tail_content: '' },
    } as const;
    const { body } = await ask({ errcode: 0 }, (client) => client.sendCustom(token, message));
    expect(body).toEqual(message);
  });

  test('is being typed, or no more', async () => {
    const typing = (isTyping: boolean) =>
      ask({ errcode: 0 }, (client) => client.typing(token, { touser: 'o1', isTyping }));
    expect(await typing(true)).toMatchObject({
      call: `POST /cgi-bin/message/custom/typing?access_token=${token}`,
      body: { touser: 'o1', command: 'Typing' },
    });
    expect((await typing(false)).body).toEqual({ touser: 'o1', command: 'CancelTyping' });
  });

  test('to many is a text, or a draft, once for each clientmsgid', async () => {
    const to = { openids: ['o1', 'o2'], clientmsgid: 'c1' };
    const text = await ask({ errcode: 0, errmsg: 'ok', msg_id: 30_124, msg_data_id: 2 }, (client) =>
      client.massSend(token, { ...to, text: '双十一' }),
    );
    expect(text).toEqual({
      call: `POST /cgi-bin/message/mass/send?access_token=${token}`,
      body: { touser: ['o1', 'o2'], msgtype: 'text', text: { content: '双十一' }, clientmsgid: 'c1' },
      answer: { ok: true, reply: { ...ok, msgId: '30124' } },
    });
    const draft = await ask({ errcode: 0 }, (client) => client.massSend(token, { ...to, mediaId: 'm1' }));
    expect(draft.body).toEqual({
      touser: ['o1', 'o2'],
      msgtype: 'mpnews',
      mpnews: { media_id: 'm1' },
      send_ignore_reprint: 1,
      clientmsgid: 'c1',
    });
    expect(draft.answer).toEqual({ ok: true, reply: { errcode: 0, errmsg: '', rid: null, msgId: null } });
  });

  test('to many that was sent before says under which id', async () => {
    const before = { errcode: 45065, errmsg: 'clientmsgid exist', msg_id: 30_124 };
    const { answer } = await ask(before, (client) =>
      client.massSend(token, { openids: ['o1', 'o2'], clientmsgid: 'c1', text: 'x' }),
    );
    expect(answer).toMatchObject({ reply: { errcode: 45065, msgId: '30124' } });
  });
});

describe('a login on a page', () => {
  const login = { appId: 'wx1', secret: 'secret-of-the-app', code: 'code/1' };
  const found = {
    access_token: 'AT',
    expires_in: 7200,
    refresh_token: 'RT',
    openid: 'o1',
    scope: 'snsapi_base',
  };
  const loggedIn = (more: object) => ask({ ...found, ...more }, (client) => client.webLogin(login));

  test('turns a code into an openid', async () => {
    const { call, answer } = await loggedIn({ unionid: 'u1' });
    expect(call).toBe(
      'GET /sns/oauth2/access_token?appid=wx1&secret=secret-of-the-app&code=code%2F1&grant_type=authorization_code',
    );
    expect(answer).toEqual({
      ok: true,
      reply: { ...ok, login: { openid: 'o1', unionid: 'u1', isSnapshot: false, accessToken: 'AT' } },
    });
  });

  test('of a snapshot page is told apart, however WeChat writes it', async () => {
    for (const flag of [1, '1', true]) {
      expect((await loggedIn({ is_snapshotuser: flag })).answer).toMatchObject({
        reply: { login: { isSnapshot: true } },
      });
    }
    expect((await loggedIn({ is_snapshotuser: 0 })).answer).toMatchObject({
      reply: { login: { isSnapshot: false, unionid: null } },
    });
  });

  test('with a code that was used is refused', async () => {
    const { answer } = await ask({ errcode: 40163, errmsg: 'code been used, rid: 9-9' }, (client) =>
      client.webLogin(login),
    );
    expect(answer).toEqual({
      ok: true,
      reply: { errcode: 40163, errmsg: 'code been used, rid: 9-9', rid: '9-9', login: null },
    });
  });
});

describe('a follower', () => {
  const follower = {
    subscribe: 1,
    openid: 'o1',
    nickname: '',
    sex: 0,
    unionid: 'u1',
    subscribe_time: 1_795_330_740,
    subscribe_scene: 'ADD_SCENE_QR_CODE',
    qr_scene: 0,
    qr_scene_str: 'g7',
  };
  const read = {
    openid: 'o1',
    subscribed: true,
    unionid: 'u1',
    subscribedAt: 1_795_330_740_000,
    scene: { kind: 'ADD_SCENE_QR_CODE', str: 'g7' },
  };

  test('is known with the code by which they came', async () => {
    const { call, answer } = await ask(follower, (client) => client.userInfo(token, 'o1'));
    expect(call).toBe(`GET /cgi-bin/user/info?access_token=${token}&openid=o1&lang=zh_CN`);
    expect(answer).toEqual({ ok: true, reply: { ...ok, user: read } });
  });

  test('who left has nothing else', async () => {
    const { answer } = await ask({ subscribe: 0, openid: 'o1' }, (client) => client.userInfo(token, 'o1'));
    const user = {
      openid: 'o1',
      subscribed: false,
      unionid: null,
      subscribedAt: null,
      scene: { kind: null, str: null },
    };
    expect(answer).toEqual({ ok: true, reply: { ...ok, user } });
  });

  test('who came by a numbered code has its number', async () => {
    const numbered = { ...follower, qr_scene: 98_765, qr_scene_str: '' };
    const { answer } = await ask(numbered, (client) => client.userInfo(token, 'o1'));
    expect(answer).toMatchObject({ reply: { user: { scene: { str: '98765' } } } });
  });

  test('and a hundred of them are asked for at once', async () => {
    const list = { user_info_list: [follower, { subscribe: 0, openid: 'o2' }] };
    const { call, body, answer } = await ask(list, (client) => client.usersInfo(token, ['o1', 'o2']));
    expect(call).toBe(`POST /cgi-bin/user/info/batchget?access_token=${token}`);
    expect(body).toEqual({
      user_list: [
        { openid: 'o1', lang: 'zh_CN' },
        { openid: 'o2', lang: 'zh_CN' },
      ],
    });
    expect(answer).toMatchObject({ reply: { users: [read, { openid: 'o2', subscribed: false }] } });
  });
});

describe('the account', () => {
  test('has a ticket for pages', async () => {
    const { call, answer } = await ask(
      { errcode: 0, errmsg: 'ok', ticket: 'sM4A', expires_in: 7200 },
      (client) => client.jsTicket(token),
    );
    expect(call).toBe(`GET /cgi-bin/ticket/getticket?access_token=${token}&type=jsapi`);
    expect(answer).toEqual({
      ok: true,
      reply: { ...ok, ticket: { value: 'sM4A', expiresInSeconds: 7200 } },
    });
  });

  test('can have WeChat try its callback', async () => {
    const found = {
      dns: [{ ip: '111.161.64.40', real_operator: 'UNICOM' }],
      ping: [{ ip: '111.161.64.40', from_operator: 'UNICOM', package_loss: '0%', time: '23.079ms' }],
    };
    const { call, body, answer } = await ask(found, (client) => client.checkCallback(token));
    expect(call).toBe(`POST /cgi-bin/callback/check?access_token=${token}`);
    expect(body).toEqual({ action: 'all', check_operator: 'DEFAULT' });
    const check = {
      addresses: [{ ip: '111.161.64.40', operator: 'UNICOM' }],
      pings: [{ ip: '111.161.64.40', operator: 'UNICOM', packetLoss: '0%', time: '23.079ms' }],
    };
    expect(answer).toEqual({ ok: true, reply: { ...ok, check } });
  });

  test('knows where callbacks come from', async () => {
    const { call, answer } = await ask({ ip_list: ['1.2.3.4', '1.2.3.0/24'] }, (client) =>
      client.callbackIps(token),
    );
    expect(call).toBe(`GET /cgi-bin/getcallbackip?access_token=${token}`);
    expect(answer).toEqual({ ok: true, reply: { ...ok, ips: ['1.2.3.4', '1.2.3.0/24'] } });
  });

  test('knows which templates it has, and by which names their fields go', async () => {
    const content = '消费门店:{{thing2.DATA}}\n消费时间:{{time4.DATA}}\n';
    const list = [{ template_id: 'TMPL_1', title: '消费通知', primary_industry: '', content, example: '' }];
    const { call, answer } = await ask({ template_list: list }, (client) => client.templates(token));
    expect(call).toBe(`GET /cgi-bin/template/get_all_private_template?access_token=${token}`);
    const templates = [{ id: 'TMPL_1', title: '消费通知', fields: ['thing2', 'time4'] }];
    expect(answer).toEqual({ ok: true, reply: { ...ok, templates } });
  });

  test('knows what is left of a day’s calls', async () => {
    const found = { errcode: 0, errmsg: 'ok', quota: { daily_limit: 100, used: 97, remain: 3 } };
    const { call, body, answer } = await ask(found, (client) =>
      client.quota(token, '/cgi-bin/message/custom/send'),
    );
    expect(call).toBe(`POST /cgi-bin/openapi/quota/get?access_token=${token}`);
    expect(body).toEqual({ cgi_path: '/cgi-bin/message/custom/send' });
    expect(answer).toEqual({ ok: true, reply: { ...ok, quota: { limit: 100, left: 3 } } });
  });
});

type Asking = (client: WechatClient) => Promise<unknown>;
const reading: [string, string, Asking][] = [
  ['createQr', 'qr', (client) => client.createQr(token, { scene: 'g7', expiresInSeconds: 60 })],
  ['jsTicket', 'ticket', (client) => client.jsTicket(token)],
  ['webLogin', 'login', (client) => client.webLogin({ appId: 'wx1', secret: 's', code: 'c' })],
  ['userInfo', 'user', (client) => client.userInfo(token, 'o1')],
  ['usersInfo', 'users', (client) => client.usersInfo(token, ['o1'])],
  ['checkCallback', 'check', (client) => client.checkCallback(token)],
  ['callbackIps', 'ips', (client) => client.callbackIps(token)],
  ['templates', 'templates', (client) => client.templates(token)],
  ['quota', 'quota', (client) => client.quota(token, '/cgi-bin/menu/create')],
];

describe.each(reading)('%s', (_, field, act) => {
  test('refused has nothing in it but the refusal', async () => {
    expect((await ask(refused, act)).answer).toEqual({ ok: true, reply: { ...asRefused, [field]: null } });
  });

  test.each([{}, { errcode: 0, errmsg: 'ok' }, []])('answered with %j is an outage', async (answer) => {
    expect((await ask(answer, act)).answer).toMatchObject({ ok: false, outage: 'malformed' });
  });
});
