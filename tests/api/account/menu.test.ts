/** 自定义菜单: drawn up, checked as WeChat checks it, and published. */
import { describe, expect, test } from 'vitest';
import { playWechat } from '../../support/wechat.ts';
import { openOffice } from '../support.ts';

const menu = {
  button: [
    { type: 'click', name: '我的积分', key: 'points' },
    {
      name: '会员',
      sub_button: [
        { type: 'view', name: '注册', url: 'https://huike.example/m/register' },
        { type: 'scancode_waitmsg', name: '扫码', key: 'scan' },
      ],
    },
  ],
};

async function open() {
  const wechat = playWechat();
  const settings = { wechat: { clicks: { points: '您有{积分}积分' } } } as never;
  return { wechat, office: await openOffice({ wechat, settings }) };
}

const paths = ({ calls }: ReturnType<typeof playWechat>): string[] =>
  calls.map(({ path }) => path).filter((path) => path.startsWith('/cgi-bin/menu'));

test('a menu is drawn up, and followers see it when it is published, exactly so', async () => {
  const { office, wechat } = await open();
  expect((await office.admin('GET', '/wechat/menu')).json).toEqual({
    menu: null,
    savedAt: null,
    published: null,
    warnings: [],
  });
  const drawn = await office.admin('PUT', '/wechat/menu', { body: menu });
  expect([drawn.status, drawn.json['menu'], drawn.json['published']]).toEqual([200, menu, null]);
  expect(wechat.calls).toEqual([]);
  office.shop.clock.now += 60_000;
  const published = await office.admin('POST', '/wechat/menu/publish');
  expect(published.json).toMatchObject({
    menu,
    savedAt: '2026-11-22T07:00:00.000Z',
    published: { menu, at: '2026-11-22T07:01:00.000Z' },
  });
  expect(wechat.calls.at(-1)).toMatchObject({ path: '/cgi-bin/menu/create', body: menu });
});

test('what is drawn up next is not seen until it is published too', async () => {
  const { office } = await open();
  await office.admin('PUT', '/wechat/menu', { body: menu });
  await office.admin('POST', '/wechat/menu/publish');
  const next = { button: [{ type: 'view', name: '商城', url: 'https://shop.example' }] };
  const { json } = await office.admin('PUT', '/wechat/menu', { body: next });
  expect(json).toMatchObject({ menu: next, published: { menu }, warnings: [] });
});

test('a button that nothing answers is drawn up with a warning', async () => {
  const { office } = await open();
  const { json } = await office.admin('PUT', '/wechat/menu', { body: menu });
  expect(json['warnings']).toEqual([
    {
      field: 'button[1].sub_button[1].key',
      message: 'nothing answers the key scan; enter a text for it under wechat.clicks',
    },
  ]);
});

test('a menu that is taken down can be published again', async () => {
  const { office, wechat } = await open();
  await office.admin('PUT', '/wechat/menu', { body: menu });
  await office.admin('POST', '/wechat/menu/publish');
  const { json } = await office.admin('POST', '/wechat/menu/withdraw');
  expect(json).toMatchObject({ menu, published: { menu: null } });
  await office.admin('POST', '/wechat/menu/publish');
  expect(paths(wechat)).toEqual(['/cgi-bin/menu/create', '/cgi-bin/menu/delete', '/cgi-bin/menu/create']);
});

describe('a menu that WeChat would refuse is refused here, with the place of every fault', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', {}, ['button']],
    ['four buttons', { button: Array.from({ length: 4 }, () => menu.button[0]) }, ['button']],
    [
      'a name that is too long, and an address that is none',
      {
        button: [
          { ...menu.button[0], name: '这个名字太长了吧' },
          { name: '会员', sub_button: [{ type: 'view', name: '注册', url: 'huike.example' }] },
        ],
      },
      ['button[0].name', 'button[1].sub_button[0].url'],
    ],
    ['a list', [], ['']],
    ['a word', 'menu', ['']],
  ])('%s', async (_, body, fields) => {
    const { office } = await open();
    const { status, json } = await office.admin('PUT', '/wechat/menu', { body: JSON.stringify(body) });
    expect(status).toBe(422);
    const issues = json['issues'] as { field: string }[];
    expect([...new Set(issues.map(({ field }) => field))]).toEqual(fields);
    expect((await office.admin('GET', '/wechat/menu')).json['menu']).toBe(null);
  });
});

test('nothing drawn up is nothing to publish', async () => {
  const { office, wechat } = await open();
  const { status, json } = await office.admin('POST', '/wechat/menu/publish');
  expect([status, json['code']]).toEqual([409, 'no_menu']);
  expect(wechat.calls).toEqual([]);
});

test('when WeChat refuses a menu, nothing is said to be published', async () => {
  const wechat = playWechat(({ path }) =>
    path === '/cgi-bin/menu/create' ? { errcode: 40054, errmsg: 'invalid sub button url domain' } : undefined,
  );
  const office = await openOffice({ wechat });
  await office.admin('PUT', '/wechat/menu', { body: menu });
  const { status, json } = await office.admin('POST', '/wechat/menu/publish');
  expect([status, json['code'], json['numbers']]).toEqual([409, 'wechat_refused', { errcode: 40054 }]);
  expect((await office.admin('GET', '/wechat/menu')).json['published']).toBe(null);
});
