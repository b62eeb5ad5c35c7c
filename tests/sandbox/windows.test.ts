import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { refused, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.act('/control', { clockAheadMs: 0 }));

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const path = '/cgi-bin/message/custom/send';
const send = (touser: string) => sandbox.api(path, { touser, msgtype: 'text', text: { content: '您好' } });
const later = (clockAheadMs: number) => sandbox.act('/control', { clockAheadMs });

/** How many messages go out before WeChat says that these are enough. */
async function sendable(openid: string): Promise<number> {
  for (let sent = 0; ; sent += 1) {
    const answer = await send(openid);
    if (JSON.stringify(answer).includes('"errcode":0')) continue;
    expect(answer).toEqual(refused(45047, 'out of response count limit'));
    return sent;
  }
}

describe('a customer may be answered', () => {
  test('5 times within 48 hours of what they wrote, and not a minute longer', async () => {
    await sandbox.act('/say', { openid: 'oSays', text: '在吗' });
    await later(48 * hourMs - minuteMs);
    expect(await send('oSays')).toEqual(refused(0));
    await later(48 * hourMs + minuteMs);
    expect(await send('oSays')).toEqual(refused(45015, 'response out of time limit'));
    await later(0);
    expect(await sendable('oSays')).toBe(4);
  });

  test.each<[string, string, object]>([
    ['a follow', '/follow', {}],
    ['a tap on the menu', '/click', { key: 'COUPONS' }],
    ['a tap in a msgmenu', '/say', { text: '满意', menuId: '101' }],
    ['a code scanned from the menu', '/push', { Event: 'scancode_waitmsg', EventKey: 'k' }],
  ])('3 times within a minute of %s', async (_, act, given) => {
    const openid = `oDoes${act.slice(1)}${Object.keys(given).length}`;
    await sandbox.act('/follow', { openid });
    await later(2 * minuteMs);
    expect(await send(openid)).toEqual(refused(45015));
    await sandbox.act(act, { openid, ...given });
    await later(4 * minuteMs);
    expect(await send(openid)).toEqual(refused(45015));
    await later(2 * minuteMs + 30_000);
    expect(await sendable(openid)).toBe(3);
  });

  test('3 times within a minute of a scan by a follower, beside what the follow had left', async () => {
    await sandbox.act('/follow', { openid: 'oScans' });
    await sandbox.act('/scan', { openid: 'oScans', scene: 'g7' });
    expect(await sandbox.items('/windows?openid=oScans')).toMatchObject([
      { kind: 'follow', remaining: 3 },
      { kind: 'scan', remaining: 3 },
    ]);
    await later(2 * minuteMs);
    expect(await sandbox.items('/windows?openid=oScans')).toEqual([]);
  });

  test('5 times and not 10 when they write twice: a window is filled up, not added to', async () => {
    await sandbox.act('/say', { openid: 'oTwice', text: '在吗' });
    expect(await send('oTwice')).toEqual(refused(0));
    await sandbox.act('/say', { openid: 'oTwice', text: '在吗' });
    // A tap opens one beside it, which closes sooner and is used first.
    await sandbox.act('/click', { openid: 'oTwice', key: 'k' });
    expect(await sandbox.items('/windows?openid=oTwice')).toMatchObject([
      { kind: 'click', remaining: 3 },
      { kind: 'say', remaining: 5 },
    ]);
    await send('oTwice');
    expect(await sandbox.items('/windows?openid=oTwice')).toMatchObject([{ remaining: 2 }, { remaining: 5 }]);
  });

  test('never because a link of the menu was opened, or a receipt arrived', async () => {
    await sandbox.act('/follow', { openid: 'oViews' });
    await later(2 * minuteMs);
    await sandbox.act('/push', { openid: 'oViews', Event: 'VIEW', EventKey: 'https://a.example' });
    expect(await send('oViews')).toEqual(refused(45015));
  });

  test('not once they have left', async () => {
    await sandbox.act('/say', { openid: 'oLeaves', text: '在吗' });
    await sandbox.act('/unfollow', { openid: 'oLeaves' });
    expect(await send('oLeaves')).toEqual(refused(45015));
    expect(await send('oNobody')).toEqual(refused(40003));
  });

  test('not when they switched the messages off, nor when the account blacklisted them', async () => {
    await sandbox.act('/say', { openid: 'oBlocks', text: '在吗' });
    await sandbox.act('/block', { openid: 'oBlocks' });
    expect(await send('oBlocks')).toEqual(refused(48002));
    await sandbox.act('/block', { openid: 'oBlocks', by: 'account' });
    expect(await send('oBlocks')).toEqual(refused(43019));
    await sandbox.act('/block', { openid: 'oBlocks', by: '' });
    expect(await send('oBlocks')).toEqual(refused(0));
  });
});

describe('a customer-service message', () => {
  const touser = 'oReads';
  beforeAll(() => sandbox.act('/say', { openid: touser, text: '在吗' }));
  const article = { title: '会员礼', description: '点击领取', url: 'https://a.example', picurl: '' };

  test.each<[string, object, string]>([
    ['image', { media_id: 'm' }, '[图片]'],
    ['video', { media_id: 'm', thumb_media_id: 't' }, '[视频]'],
    ['news', { articles: [article] }, '会员礼\n点击领取'],
    [
      'msgmenu',
      { head_content: '满意吗', list: [{ id: '1', content: '满意' }], tail_content: '' },
      '满意吗\n· 满意',
    ],
    ['miniprogrampage', { title: '商城', appid: 'wx1', pagepath: 'i', thumb_media_id: 't' }, '[小程序] 商城'],
  ])('of the type %s reaches the phone', async (msgtype, content, words) => {
    expect(await sandbox.api(path, { touser, msgtype, [msgtype]: content })).toEqual(refused(0));
    expect((await sandbox.items(`/messages?openid=${touser}`))[0]).toMatchObject({
      kind: msgtype,
      text: words,
    });
  });

  test.each<[string, object, number]>([
    ['nothing to say', { msgtype: 'text', text: { content: '' } }, 44004],
    ['683 characters, which are 2049 bytes', { msgtype: 'text', text: { content: '店'.repeat(683) } }, 45002],
    ['no picture', { msgtype: 'image', image: { media_id: '' } }, 40007],
    ['two articles', { msgtype: 'news', news: { articles: [article, article] } }, 45008],
    ['a type nobody knows', { msgtype: 'fax', fax: {} }, 40008],
    ['its content under another name', { msgtype: 'image', text: { content: 'x' } }, 47001],
  ])('with %s is refused', async (_, message, errcode) => {
    expect(await sandbox.api(path, { touser, ...message })).toEqual(refused(errcode));
  });
});
