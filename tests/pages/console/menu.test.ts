/** 公众号菜单 by form: a draft that nobody sees, published, and taken down, each in the audit. */
import { expect, test } from 'vitest';
import { officialOf } from '../../support/official.ts';
import { openShop } from '../../support/shop.ts';
import { playWechat, type Reply } from '../../support/wechat.ts';
import { withSms, words } from '../support.ts';
import { openConsole } from './support.ts';

async function open(reply: Reply = { errcode: 0, errmsg: 'ok' }) {
  const shop = await openShop({ settings: withSms });
  const wechat = playWechat(({ path }) => (path.startsWith('/cgi-bin/menu/') ? reply : undefined));
  const menus = () => wechat.calls.filter(({ path }) => path.startsWith('/cgi-bin/menu/'));
  return { ...(await openConsole({ shop, official: officialOf(shop, wechat) })), menus };
}

const fields = {
  'buttons~count': '2',
  'buttons[0].kind': 'view',
  'buttons[0].name': '会员中心',
  'buttons[0].url': 'https://shop.example/m/',
  'buttons[1].kind': 'group',
  'buttons[1].name': '联系我们',
  'buttons[1].under~count': '1',
  'buttons[1].under[0].kind': 'click',
  'buttons[1].under[0].name': '营业时间',
  'buttons[1].under[0].key': 'hours',
};

test('two buttons are a draft first; followers see them once they are published, and no more once they are taken down', async () => {
  const { send, owner, menus, shop } = await open();
  expect((await send('/console/menu', fields)).location).toBe('/console/menu?said=saved');
  expect(menus()).toEqual([]);
  expect((await owner.get('/console/menu')).text).toContain('会员中心');
  expect(words(await owner.get('/console/menu'))).toContain('点了没有回复的按钮：营业时间。');
  expect((await send('/console/menu/publish', {})).location).toBe('/console/menu?said=published');
  expect(menus()[0]?.body).toEqual({
    button: [
      { type: 'view', name: '会员中心', url: 'https://shop.example/m/' },
      { name: '联系我们', sub_button: [{ type: 'click', name: '营业时间', key: 'hours' }] },
    ],
  });
  expect(words(await send('/console/menu/withdraw', {}))).toContain('粉丝看不到菜单');
  await send('/console/menu/withdraw', { sure: 'yes' });
  expect(words(await owner.get('/console/menu'))).toContain('现在看不到菜单');
  expect(shop.db.all(`SELECT act FROM audit_rows ORDER BY seq`).map(({ act }) => act)).toEqual([
    'menu.draw',
    'menu.publish',
    'menu.withdraw',
  ]);
});

test('a name of six characters is refused at its field, and WeChat’s refusal in words', async () => {
  const { send } = await open({ errcode: 48001, errmsg: 'api unauthorized' });
  const long = await send('/console/menu', { ...fields, 'buttons[0].name': '会员中心首页' });
  expect([long.status, words(long)]).toEqual([422, expect.stringContaining('最多五个汉字')]);
  await send('/console/menu', fields);
  expect(words(await send('/console/menu/publish', {}))).toContain('认证过的服务号');
});
