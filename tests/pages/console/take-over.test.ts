/** 接过原来的: a shop that had a menu and replies in WeChat's own console goes on with them, and is told what stays behind. */
import { expect, test } from 'vitest';
import { tryReply, answerOf } from '../../../workers/commands/account/try-reply.ts';
import { readSettings } from '../../../workers/db/shop/settings.ts';
import { officialOf } from '../../support/official.ts';
import { openShop } from '../../support/shop.ts';
import { playWechat } from '../../support/wechat.ts';
import { withSms, words } from '../support.ts';
import { openConsole } from './support.ts';

const path = '/console/menu/existing';

const menu = {
  is_menu_open: 1,
  selfmenu_info: {
    button: [
      { type: 'text', name: '营业时间', value: '每天9点到21点。' },
      {
        name: '逛一逛',
        sub_button: {
          list: [
            { type: 'view', name: '商城', url: 'https://shop.example/' },
            { type: 'news', name: '往期文章', value: 'media-1' },
          ],
        },
      },
    ],
  },
};
const rule = (name: string, mode: string, word: string, reply: object) => ({
  rule_name: name,
  keyword_list_info: [{ type: 'text', match_mode: mode, content: word }],
  reply_list_info: [reply],
});
const replies = {
  add_friend_autoreply_info: { type: 'text', content: '欢迎来到阳光小镇！' },
  message_default_autoreply_info: { type: 'text', content: '我们尽快回复您。' },
  keyword_autoreply_info: {
    list: [
      rule('地址', 'contain', '地址', { type: 'text', content: '人民路88号。' }),
      rule('尺码', 'equal', '尺码表', { type: 'img', content: 'media-2' }),
    ],
  },
};

async function open(answer: object = { errcode: 0 }) {
  const shop = await openShop({ settings: withSms });
  const wechat = playWechat(({ path: asked }) => {
    if (asked.endsWith('get_current_selfmenu_info')) return { ...menu, ...answer };
    return asked.endsWith('get_current_autoreply_info') ? { ...replies, ...answer } : undefined;
  });
  return openConsole({ shop, official: officialOf(shop, wechat) });
}

test('what the account has is shown, and what stays behind is named', async () => {
  const { owner } = await open();
  const page = words(await owner.get(path));
  expect(page).toMatch(/营业时间 每天9点到21点。 逛一逛 › 商城 https:\/\/shop.example\//);
  expect(page).toContain('带不过来的：往期文章。');
  expect(page).toMatch(/地址 话里有这个词 人民路88号。/);
  expect(page).toContain('带不过来的：尺码。');
});

test('the menu becomes a draft whose text button is answered; a draft that was there is not replaced without a word', async () => {
  const { send, shop } = await open();
  expect((await send(path, { part: 'menu' })).location).toBe('/console/menu?said=saved');
  const draft = () =>
    shop.db.all(`SELECT value ->> '$.menu' AS menu FROM settings WHERE key = 'wechat_menu'`)[0]?.['menu'];
  expect(JSON.parse(String(draft()))).toEqual({
    button: [
      { type: 'click', name: '营业时间', key: '营业时间' },
      { name: '逛一逛', sub_button: [{ type: 'view', name: '商城', url: 'https://shop.example/' }] },
    ],
  });
  expect((await readSettings(shop.db)).wechat.clicks).toEqual({ 营业时间: '每天9点到21点。' });
  shop.db.all(
    `UPDATE settings SET value = json_set(value, '$.menu', json('{"button":[]}')) WHERE key = 'wechat_menu'`,
  );
  expect(words(await send(path, { part: 'menu' }))).toContain('已经有一份菜单草稿');
  expect(draft()).toBe('{"button":[]}');
  await send(path, { part: 'menu', sure: 'yes' });
  expect(String(draft())).toContain('逛一逛');
});

test('keywords and the answer to everything else are taken over once, and answer from then on', async () => {
  const { send, owner, shop } = await open();
  const said = async (text: string) =>
    answerOf(text, await tryReply(shop.engine, { text, openid: undefined }, shop.clock.now)).text;
  await send(path, { part: 'keywords' });
  await send(path, { part: 'fallback' });
  await send(path, { part: 'keywords' });
  expect((await readSettings(shop.db)).wechat.keywords).toEqual([
    { match: 'contains', words: ['地址'], reply: '人民路88号。' },
  ]);
  expect([await said('你们地址在哪'), await said('有奶粉吗')]).toEqual(['人民路88号。', '我们尽快回复您。']);
  expect(words(await owner.get(path))).toContain('没有要带过来的。');
  expect(shop.db.all(`SELECT DISTINCT act FROM audit_rows`)).toEqual([{ act: 'settings.change' }]);
});

test('an account that may not be asked is told so in Chinese', async () => {
  const { owner } = await open({ errcode: 48001, errmsg: 'api unauthorized' });
  const page = await owner.get(path);
  expect([page.status, words(page)]).toEqual([409, expect.stringContaining('认证过的服务号')]);
});
