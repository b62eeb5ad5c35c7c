import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callbacks, sealedReply } from './callbacks.ts';
import { startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.settled();
  await sandbox.tell({});
  await sandbox.act('/control', { callbackSpacingMs: 0, callbackPatienceMs: 5000 });
  await sandbox.asked();
});

const member = 'oMemberChenXiaoman';
const say = (given: object = {}) => sandbox.act('/say', { openid: member, text: '在吗', ...given });
const answers = (...bodies: string[]) =>
  sandbox.tell({ '/hooks/wechat': bodies.map((body) => ({ status: 200, body })) });
const newest = async () => (await sandbox.items(`/messages?openid=${member}`))[0];
const text = '<MsgType>text</MsgType><Content>您好，欢迎</Content>';

describe('an answer that WeChat understands ends the matter', () => {
  test.each(['success', ''])('%j says nothing to the person', async (body) => {
    const before = await newest();
    await answers(body);
    expect(await say()).toMatchObject({ ok: true, status: 200, attempts: 1, reply: null });
    expect(await newest()).toEqual(before);
  });

  test.each([
    ['text', text, '您好，欢迎'],
    ['image', '<MsgType>image</MsgType><Image><MediaId>m1</MediaId></Image>', '[图片]'],
    ['voice', '<MsgType>voice</MsgType><Voice><MediaId>m1</MediaId></Voice>', '[语音]'],
    ['video', '<MsgType>video</MsgType><Video><MediaId>m1</MediaId><Title>t</Title></Video>', '[视频]'],
    [
      'music',
      '<MsgType>music</MsgType><Music><Title>摇篮曲</Title><ThumbMediaId>m1</ThumbMediaId></Music>',
      '[音乐] 摇篮曲',
    ],
    [
      'news',
      '<MsgType>news</MsgType><ArticleCount>1</ArticleCount><Articles><item><Title>会员礼</Title><Description>点击领取</Description><PicUrl></PicUrl><Url><![CDATA[https://shop.example/gift?a=1&b=2]]></Url></item></Articles>',
      '会员礼\n点击领取',
    ],
  ])('a sealed reply of type %s reaches the phone', async (type, message, words) => {
    await answers(await sealedReply(member, message));
    expect(await say()).toMatchObject({ ok: true, attempts: 1, reply: words, replyType: type });
    expect(await newest()).toMatchObject({ kind: 'passive', text: words, data: { type } });
  });

  test('a hand-over to customer service shows nothing', async () => {
    await answers(await sealedReply(member, '<MsgType>transfer_customer_service</MsgType>'));
    expect(await say()).toMatchObject({ ok: true, attempts: 1, reply: null });
  });
});

describe('an answer that WeChat does not understand is asked for again, three times in all', () => {
  const told = async () => ({ answer: await say(), last: await newest() });
  const failed = {
    answer: { ok: false, attempts: 3, verdicts: ['malformed', 'malformed', 'malformed'] },
    last: { kind: 'unavailable', text: '该公众号暂时无法提供服务，请稍后再试' },
  };

  test.each<[string, () => string | Promise<string>]>([
    ['another word', () => 'SUCCESS'],
    ['JSON', () => '{"ok":true}'],
    ['a reply that is not sealed', () => `<xml><ToUserName>${member}</ToUserName>${text}</xml>`],
    ['a reply to somebody else', () => sealedReply('oMemberZhouTing', text)],
    ['a reply from another account', () => sealedReply(member, text, { from: 'gh_other' })],
    ['a reply sealed for another appid', () => sealedReply(member, text, { appId: 'wxother' })],
    ['a wrong signature', async () => (await sealedReply(member, text)).replace(/\[[0-9a-f]{4}/, '[0000')],
    ['a text without words', () => sealedReply(member, '<MsgType>text</MsgType><Content></Content>')],
    ['a text in the wrong letters', () => sealedReply(member, text.replaceAll('Content', 'content'))],
    [
      'two articles',
      () =>
        sealedReply(
          member,
          '<MsgType>news</MsgType><ArticleCount>2</ArticleCount><Articles><item><Title>a</Title><Url>https://a.example</Url></item><item><Title>b</Title><Url>https://b.example</Url></item></Articles>',
        ),
    ],
    ['an image without a picture', () => sealedReply(member, '<MsgType>image</MsgType><Image></Image>')],
    ['a type nobody knows', () => sealedReply(member, '<MsgType>fax</MsgType>')],
  ])('%s', async (_, body) => {
    await answers(await body());
    expect(await told()).toMatchObject(failed);
  });

  test('anything but 200', async () => {
    await sandbox.tell({ '/hooks/wechat': { status: 503, body: 'success' } });
    expect(await told()).toMatchObject({
      answer: { ok: false, status: 503, verdicts: ['refused', 'refused', 'refused'] },
      last: { kind: 'unavailable' },
    });
  });

  test('nothing in time', async () => {
    await sandbox.act('/control', { callbackPatienceMs: 100 });
    await sandbox.tell({ '/hooks/wechat': { status: 200, body: 'success', delayMs: 10_000 } });
    expect(await told()).toMatchObject({
      answer: { ok: false, status: 0, verdicts: ['timeout', 'timeout', 'timeout'] },
      last: { kind: 'unavailable' },
    });
  });

  test('until it is understood', async () => {
    await sandbox.tell({
      '/hooks/wechat': [
        { status: 500, body: '' },
        { status: 200, body: await sealedReply(member, text) },
      ],
    });
    expect(await say()).toMatchObject({
      ok: true,
      attempts: 2,
      verdicts: ['refused', 'taken'],
      reply: '您好，欢迎',
    });
  });

  test('with the same body under a new nonce and signature, and a message that stays the same', async () => {
    await sandbox.tell({ '/hooks/wechat': { status: 500, body: '' } });
    await say();
    const asked = await sandbox.asked();
    expect(asked.length).toBe(3);
    expect(new Set(asked.map(({ body }) => body)).size).toBe(1);
    const queries = asked.map(({ url }) => new URL(url).searchParams);
    expect(new Set(queries.map((query) => query.get('nonce'))).size).toBe(3);
    expect(new Set(queries.map((query) => query.get('msg_signature'))).size).toBe(3);
  });

  test('as far apart as is set', async () => {
    await sandbox.act('/control', { callbackSpacingMs: 300 });
    await sandbox.tell({ '/hooks/wechat': { status: 500, body: '' } });
    const startedAt = performance.now();
    await say();
    expect(performance.now() - startedAt).toBeGreaterThan(590);
  });

  test('and nobody is told so who waits for nothing: a receipt, or a farewell', async () => {
    await sandbox.tell({ '/hooks/wechat': { status: 500, body: '' } });
    const before = (await sandbox.items(`/messages?openid=${member}`)).length;
    await sandbox.act('/push', {
      openid: member,
      Event: 'TEMPLATESENDJOBFINISH',
      MsgID: '1',
      Status: 'success',
    });
    await sandbox.act('/unfollow', { openid: member });
    expect((await sandbox.items(`/messages?openid=${member}`)).length).toBe(before);
  });
});

describe('a tester may have anything pushed', () => {
  test('an event with elements of its own', async () => {
    await sandbox.act('/push', {
      openid: member,
      Event: 'scancode_waitmsg',
      EventKey: 'scan',
      ScanCodeInfo: { ScanType: 'qrcode', ScanResult: 'https://a.example/?a=1&b=2' },
    });
    const [{ fields, root } = { fields: {}, root: null }] = await callbacks(sandbox);
    expect(fields).toMatchObject({ FromUserName: member, MsgType: 'event', Event: 'scancode_waitmsg' });
    const info = root?.children.find(({ name }) => name === 'ScanCodeInfo');
    expect(info?.children.map((child) => [child.name, child.text])).toEqual([
      ['ScanType', 'qrcode'],
      ['ScanResult', 'https://a.example/?a=1&b=2'],
    ]);
  });

  test('a list, which repeats its element', async () => {
    const List = [{ TemplateId: 'a', SubscribeStatusString: 'accept' }, { TemplateId: 'b' }];
    await sandbox.act('/push', { Event: 'subscribe_msg_popup_event', SubscribeMsgPopupEvent: { List } });
    const [{ root } = { root: null }] = await callbacks(sandbox);
    const event = root?.children.find(({ name }) => name === 'SubscribeMsgPopupEvent');
    expect(event?.children.map(({ name, children }) => [name, children[0]?.text])).toEqual([
      ['List', 'a'],
      ['List', 'b'],
    ]);
  });

  test('a message of any type, with a number of 64 bits', async () => {
    await sandbox.act('/push', { MsgType: 'image', PicUrl: 'https://p.example/1', MediaId: 'm' });
    const [{ fields } = { fields: {} }] = await callbacks(sandbox);
    expect(fields).toMatchObject({
      MsgType: 'image',
      MsgId: expect.stringMatching(/^\d{19}$/),
      MediaId: 'm',
    });
  });

  test('from the platform instead of a person', async () => {
    await sandbox.act('/push', { FromUserName: 'oPlatform', Event: 'user_info_modified', OpenID: member });
    expect((await callbacks(sandbox))[0]?.fields).toMatchObject({
      FromUserName: 'oPlatform',
      OpenID: member,
    });
  });

  test('three times at once, each with a signature of its own', async () => {
    await sandbox.tell({ '/hooks/wechat': { status: 200, body: 'success', together: 3 } });
    expect(await say({ deliveries: 3, parallel: true })).toMatchObject({ ok: true, attempts: 3 });
    const pushed = await callbacks(sandbox);
    expect(pushed.length).toBe(3);
    expect(new Set(pushed.map(({ fields }) => fields['MsgId'])).size).toBe(1);
    expect(new Set(pushed.map(({ query }) => query['nonce'])).size).toBe(3);
  });

  test('late, so that what happened afterwards comes first', async () => {
    const late = sandbox.act('/follow', { openid: 'oLate', delayMs: 2_000 });
    await sandbox.act('/unfollow', { openid: 'oLate' });
    await late;
    expect((await callbacks(sandbox)).map(({ fields }) => fields['Event'])).toEqual([
      'unsubscribe',
      'subscribe',
    ]);
  });

  test('and look at what was pushed and how it was taken', async () => {
    await sandbox.act('/click', { openid: member, key: 'COUPONS' });
    expect((await sandbox.items(`/pushes?openid=${member}&event=CLICK`))[0]).toMatchObject({
      app: 'wechat',
      sender: member,
      ok: true,
      status: 200,
      attempts: 1,
      body: expect.stringContaining('<EventKey><![CDATA[COUPONS]]></EventKey>'),
    });
  });
});

describe('what a person may do besides', () => {
  const fieldsOf = async () => (await callbacks(sandbox))[0]?.fields;

  test('agree to a notice, and refuse it later', async () => {
    await sandbox.act('/subscribe-answer', { openid: member, templateId: 'SUBS_RUN_OUT', accept: true });
    expect(await fieldsOf()).toMatchObject({ Event: 'subscribe_msg_popup_event', FromUserName: member });
    const refusal = { openid: member, templateId: 'SUBS_RUN_OUT', accept: false, where: 'settings' };
    await sandbox.act('/subscribe-answer', refusal);
    const [{ fields, root } = { fields: {}, root: null }] = await callbacks(sandbox);
    expect(fields).toMatchObject({ Event: 'subscribe_msg_change_event' });
    // WeChat's own sample wraps the change in the element of the other event.
    expect(root?.children.at(-1)).toMatchObject({
      name: 'SubscribeMsgPopupEvent',
      children: [{ children: [{ text: 'SUBS_RUN_OUT' }, { text: 'reject' }] }],
    });
  });

  test('take back an authorisation: the platform says so, and whom it is about stands inside', async () => {
    await sandbox.act('/follow', { openid: 'oRevokes', unionid: 'uRevokes' });
    await sandbox.asked();
    await sandbox.act('/revoke', { openid: 'oRevokes', info: 205 });
    expect(await fieldsOf()).toMatchObject({
      Event: 'user_authorization_revoke',
      FromUserName: expect.not.stringContaining('oRevokes'),
      OpenID: 'oRevokes',
      UnionID: 'uRevokes',
      RevokeInfo: '205',
    });
    expect(await sandbox.act('/revoke', { openid: 'oRevokes', info: 300 })).toHaveProperty('error');
  });

  test('give up WeChat altogether', async () => {
    await sandbox.act('/cancel-account', { openid: 'oRevokes' });
    expect(await fieldsOf()).toMatchObject({ Event: 'user_authorization_cancellation', OpenID: 'oRevokes' });
    expect(await sandbox.api('/cgi-bin/user/info?openid=oRevokes')).toEqual({
      subscribe: 0,
      openid: 'oRevokes',
    });
  });
});

describe('the console checks an address', () => {
  test('for the account with a plain echo, which must come back to the letter', async () => {
    await sandbox.tell({ '/hooks/wechat': { status: 200, body: 'something else' } });
    expect(await sandbox.act('/check-callback', {})).toEqual({
      ok: false,
      status: 200,
      answer: 'something else',
    });
    const query = new URL((await sandbox.asked())[0]?.url ?? '').searchParams;
    expect([...query.keys()].toSorted()).toEqual(['echostr', 'nonce', 'signature', 'timestamp']);
  });
});
