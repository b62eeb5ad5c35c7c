/** QR codes, menu, users, tags, mass messages: what an account does beside writing to one person. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callbacks } from './callbacks.ts';
import { refused, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.settled();
  await sandbox.act('/control', { clockAheadMs: 0, receiptDelayMs: 20, massReceipt: 'send success' });
  await sandbox.asked();
});

describe('a code with a parameter', () => {
  const create = (given: object) => sandbox.api('/cgi-bin/qrcode/create', given);
  const temporary = (scene: string, given: object = {}) =>
    create({
      action_name: 'QR_STR_SCENE',
      action_info: { scene: { scene_str: scene } },
      expire_seconds: 2_592_000,
      ...given,
    });
  // What the endpoint answers when it does not refuse.
  const ticketOf = (answer: unknown) => (answer as { ticket: string }).ticket;

  test('is made for a text, and scanned by its ticket', async () => {
    const answer = await temporary('guide_g7');
    expect(answer).toEqual({
      ticket: expect.stringMatching(/^gQ.{40,}==$/),
      expire_seconds: 2_592_000,
      url: expect.stringMatching(/^http:\/\/weixin\.qq\.com\/q\//),
    });
    await sandbox.act('/scan', { openid: 'oNewcomer', ticket: ticketOf(answer) });
    await sandbox.act('/scan', { openid: 'oNewcomer', scene: 'guide_g7' });
    expect((await callbacks(sandbox)).map(({ fields }) => fields)).toMatchObject([
      { Event: 'subscribe', EventKey: 'qrscene_guide_g7', Ticket: ticketOf(answer) },
      { Event: 'SCAN', EventKey: 'guide_g7', Ticket: ticketOf(answer) },
    ]);
  });

  test('ends after its time, and after 30 seconds when none was said', async () => {
    const short = ticketOf(await temporary('short', { expire_seconds: undefined }));
    const month = ticketOf(await temporary('month'));
    await sandbox.act('/control', { clockAheadMs: 31_000 });
    expect(await sandbox.act('/scan', { openid: 'oLate', ticket: short })).toHaveProperty('error');
    expect(await sandbox.act('/scan', { openid: 'oLate', ticket: month })).toMatchObject({ ok: true });
    await sandbox.act('/control', { clockAheadMs: 31 * 86_400_000 });
    expect(await sandbox.act('/scan', { openid: 'oLate', ticket: month })).toHaveProperty('error');
  });

  test('for ever has no end, and is a number up to 100,000 or a text', async () => {
    const permanent = await create({
      action_name: 'QR_LIMIT_SCENE',
      action_info: { scene: { scene_id: 123 } },
    });
    expect(permanent).toEqual({ ticket: expect.anything(), url: expect.anything() });
    await sandbox.act('/control', { clockAheadMs: 300 * 86_400_000 });
    await sandbox.act('/scan', { openid: 'oByNumber', ticket: ticketOf(permanent) });
    expect((await callbacks(sandbox))[0]?.fields).toMatchObject({ EventKey: 'qrscene_123' });
  });

  test.each<[string, object]>([
    ['65 characters', { action_info: { scene: { scene_str: 'x'.repeat(65) } } }],
    ['no character', { action_info: { scene: { scene_str: '' } } }],
    ['a number for a text', { action_info: { scene: { scene_id: 5 } } }],
    ['more than 30 days', { expire_seconds: 2_592_001 }],
    ['a kind nobody knows', { action_name: 'QR_FOREVER' }],
    [
      'a permanent number of 100,001',
      { action_name: 'QR_LIMIT_SCENE', action_info: { scene: { scene_id: 100_001 } } },
    ],
  ])('with %s is refused', async (_, given) => {
    expect(await temporary('x', given)).toEqual(refused(40053));
  });
});

describe('the menu', () => {
  const create = (button: unknown) => sandbox.api('/cgi-bin/menu/create', { button });
  const click = { type: 'click', name: '我的积分', key: 'POINTS' };

  test('is kept, shown and deleted', async () => {
    expect(await sandbox.api('/cgi-bin/menu/get')).toEqual(refused(46003));
    const shop = { name: '商城', sub_button: [{ type: 'view', name: '首页', url: 'https://a.example' }] };
    expect(await create([click, shop])).toEqual(refused(0));
    expect(await sandbox.api('/cgi-bin/menu/get')).toEqual({
      menu: { button: [{ ...click, sub_button: [] }, shop] },
    });
    expect(await sandbox.api('/cgi-bin/menu/delete')).toEqual(refused(0));
    expect(await sandbox.api('/cgi-bin/menu/get')).toEqual(refused(46003));
  });

  test.each<[string, unknown, number]>([
    ['no button', [], 40016],
    ['four buttons', [click, click, click, click], 40016],
    ['six below one', [{ name: '更多', sub_button: Array.from({ length: 6 }, () => click) }], 40023],
    ['a third level', [{ name: '更多', sub_button: [{ ...click, sub_button: [click] }] }], 40022],
    ['a type nobody knows', [{ ...click, type: 'shake' }], 40017],
    ['no type', [{ name: '积分' }], 40017],
    ['a name of 18 bytes', [{ ...click, name: '会员中心首页' }], 40018],
    ['no name', [{ ...click, name: '' }], 40018],
    ['a key of 129 bytes', [{ ...click, key: 'k'.repeat(129) }], 40019],
    ['no key', [{ type: 'click', name: '积分' }], 40019],
    ['an address without http', [{ type: 'view', name: '商城', url: 'a.example' }], 40020],
    [
      'a name of 63 bytes below',
      [{ name: '更多', sub_button: [{ ...click, name: '会'.repeat(21) }] }],
      40025,
    ],
    ['no key below', [{ name: '更多', sub_button: [{ type: 'click', name: '积分' }] }], 40026],
    ['no article', [{ type: 'article_id', name: '文章' }], 40007],
  ])('with %s is refused', async (_, button, errcode) => {
    expect(await create(button)).toEqual(refused(errcode));
  });

  test('written with \\u escapes is refused', async () => {
    const body = JSON.stringify({ button: [click] }).replace('我', '\\u6211');
    const url = `https://api.weixin.qq.com/cgi-bin/menu/create?access_token=${await sandbox.token()}`;
    expect(await (await sandbox.fetch(url, { method: 'POST', body })).json()).toEqual(refused(40033));
  });
});

describe('what WeChat says of a follower', () => {
  test('has no name, picture, sex or place', async () => {
    await sandbox.act('/follow', { openid: 'oKnown', unionid: 'uKnown', scene: 'g7', name: '小橙子' });
    expect(await sandbox.api('/cgi-bin/user/info?openid=oKnown&lang=zh_CN')).toEqual({
      subscribe: 1,
      openid: 'oKnown',
      language: 'zh_CN',
      subscribe_time: expect.any(Number),
      unionid: 'uKnown',
      remark: '',
      groupid: 0,
      tagid_list: [],
      subscribe_scene: 'ADD_SCENE_QR_CODE',
      qr_scene: 0,
      qr_scene_str: 'g7',
    });
  });

  test('is next to nothing when they left, and a refusal when nobody has this openid', async () => {
    await sandbox.act('/follow', { openid: 'oFormer', unionid: 'uFormer' });
    await sandbox.act('/unfollow', { openid: 'oFormer' });
    expect(await sandbox.api('/cgi-bin/user/info?openid=oFormer')).toEqual({
      subscribe: 0,
      openid: 'oFormer',
    });
    expect(await sandbox.api('/cgi-bin/user/info?openid=oNobody')).toEqual(refused(40003));
  });

  test('is asked for a hundred at a time', async () => {
    const batch = (openids: string[]) =>
      sandbox.api('/cgi-bin/user/info/batchget', { user_list: openids.map((openid) => ({ openid })) });
    expect(await batch(['oKnown', 'oFormer'])).toMatchObject({
      user_info_list: [{ subscribe: 1 }, { subscribe: 0 }],
    });
    expect(await batch(Array.from({ length: 101 }, () => 'oKnown'))).toEqual(refused(40032));
    expect(await batch(['oKnown', 'oNobody'])).toEqual(refused(40003));
  });
});

describe('tags', () => {
  const create = (name: string) => sandbox.api('/cgi-bin/tags/create', { tag: { name } });
  const tag = (openid_list: string[], tagid: number) =>
    sandbox.api('/cgi-bin/tags/members/batchtagging', { openid_list, tagid });

  test('are made, given to 50 people at a time, and shown with the person', async () => {
    expect(await create('奶粉客')).toEqual({ tag: { id: 100, name: '奶粉客' } });
    expect(await create('奶粉客')).toEqual(refused(45157));
    expect(await create('很长的标签名字超过三十个字节')).toEqual(refused(45158));
    expect(await tag(['oMemberZhouTing'], 100)).toEqual(refused(0));
    expect(await sandbox.api('/cgi-bin/user/info?openid=oMemberZhouTing')).toMatchObject({
      tagid_list: [100],
    });
    expect(await sandbox.api('/cgi-bin/tags/get')).toEqual({ tags: [{ id: 100, name: '奶粉客', count: 1 }] });
    expect(await tag(['oMemberZhouTing'], 7)).toEqual(refused(45159));
    expect(await tag(['oNobody'], 100)).toEqual(refused(40003));
    expect(
      await tag(
        Array.from({ length: 51 }, () => 'oMemberZhouTing'),
        100,
      ),
    ).toEqual(refused(40032));
  });
});

describe('a mass message', () => {
  const two = ['oMemberZhouTing', 'oMemberLiJiayi'];
  const send = (given: object = {}) =>
    sandbox.api('/cgi-bin/message/mass/send', {
      touser: two,
      msgtype: 'text',
      text: { content: `上新 ${Math.random()}` },
      ...given,
    });
  const count = async (openid: string) =>
    (await sandbox.items(`/messages?openid=${openid}`)).filter(({ kind }) => kind === 'mass').length;
  const finished = async (times: number) => {
    await sandbox.waitFor('/pushes?event=MASSSENDJOBFINISH', times);
    return (await callbacks(sandbox)).at(-1)?.fields;
  };

  test('goes to two people at least and 10,000 at most', async () => {
    expect(await send({ touser: ['oMemberZhouTing'] })).toEqual(refused(40130));
    expect(await send({ touser: Array.from({ length: 10_001 }, (_, index) => `o${index}`) })).toEqual(
      refused(40032),
    );
    expect(await send({ text: undefined })).toEqual(refused(47001));
  });

  test('reaches each of them, and afterwards WeChat says how many', async () => {
    const answer = await send({ clientmsgid: 'june-1' });
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'send job submission success' });
    expect(await finished(1)).toMatchObject({
      Event: 'MASSSENDJOBFINISH',
      MsgID: expect.stringMatching(/^\d{19}$/),
      Status: 'send success',
      TotalCount: '2',
      FilterCount: '2',
      SentCount: '2',
      ErrorCount: '0',
    });
    expect(await Promise.all(two.map(count))).toEqual([1, 1]);
  });

  test('under the same clientmsgid is too fast within a minute, and known for a day', async () => {
    expect(await send({ clientmsgid: 'june-1' })).toEqual(refused(45066));
    await sandbox.act('/control', { clockAheadMs: 2 * 60_000 });
    expect(await send({ clientmsgid: 'june-1' })).toMatchObject({
      errcode: 45065,
      msg_id: expect.anything(),
    });
    expect(await send({ clientmsgid: 'x'.repeat(65) })).toEqual(refused(45067));
    expect(await Promise.all(two.map(count))).toEqual([1, 1]);
  });

  test('without a clientmsgid is known by its range and content', async () => {
    const same = { text: { content: '周年庆' } };
    expect(await send(same)).toMatchObject({ errcode: 0 });
    expect(await send(same)).toEqual(refused(45066));
  });

  test('reaches nobody a fifth time in one month, and WeChat counts them out', async () => {
    await send();
    await send();
    await finished(4);
    expect(await Promise.all(two.map(count))).toEqual([4, 4]);
    await send({ touser: [...two, 'oMemberWangXue'] });
    expect(await finished(5)).toMatchObject({ TotalCount: '3', FilterCount: '1', SentCount: '1' });
    expect(await Promise.all(two.map(count))).toEqual([4, 4]);
    await sandbox.act('/control', { clockAheadMs: 32 * 86_400_000 });
    await send();
    await finished(6);
    expect(await Promise.all(two.map(count))).toEqual([5, 5]);
  });

  test('to a tag reaches those who have it, and may be found to be an advertisement', async () => {
    const toTag = (tag_id: number) =>
      sandbox.api('/cgi-bin/message/mass/sendall', {
        filter: { is_to_all: false, tag_id },
        msgtype: 'text',
        text: { content: `只给标签 ${Math.random()}` },
      });
    expect(await toTag(7)).toEqual(refused(45159));
    await sandbox.act('/control', { massReceipt: 'err(10001)' });
    expect(await toTag(100)).toMatchObject({ errcode: 0 });
    expect(await finished(7)).toMatchObject({ Status: 'err(10001)', TotalCount: '1', SentCount: '0' });
  });

  test('to everybody may be sent four times a month', async () => {
    const toAll = () =>
      sandbox.api('/cgi-bin/message/mass/sendall', {
        filter: { is_to_all: true },
        msgtype: 'text',
        text: { content: `给大家 ${Math.random()}` },
      });
    await sandbox.act('/control', { clockAheadMs: 65 * 86_400_000, massReceipt: 'none' });
    for (let turn = 0; turn < 4; turn += 1) expect(await toAll()).toMatchObject({ errcode: 0 });
    expect(await toAll()).toEqual(refused(45028));
  });

  test('can be asked about by its number', async () => {
    const url = `https://api.weixin.qq.com/cgi-bin/message/mass/get?access_token=${await sandbox.token()}`;
    const ask = async (id: string) =>
      (await sandbox.fetch(url, { method: 'POST', body: `{"msg_id":${id}}` })).text();
    const [{ body } = { body: '' }] = await sandbox.items('/pushes?event=MASSSENDJOBFINISH');
    const id = /<MsgID>(\d+)/.exec(String(body))?.[1] ?? '';
    expect(await ask(id)).toBe(`{"msg_id":${id},"msg_status":"SEND_SUCCESS"}`);
    expect(await ask('1')).toContain('"errcode":40097');
  });

  test('may be asked for sixty times a minute', async () => {
    await sandbox.act('/control', {
      // From the beginning of a minute on, so that the calls do not fall into two.
      clockAheadMs: 100 * 86_400_000 + 60_000 - (Date.now() % 60_000),
      massReceipt: 'none',
      quotas: { '/cgi-bin/message/mass/send': 1000 },
    });
    const answers = await Promise.all(Array.from({ length: 61 }, () => send()));
    const codes = answers.map((answer) => (answer as { errcode: number }).errcode);
    expect(codes.filter((code) => code !== 0)).toEqual([45011]);
  });
});
