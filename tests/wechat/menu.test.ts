import { describe, expect, test } from 'vitest';
import { checkMenu, Menu } from '../../workers/wechat/menu.ts';

const click = { type: 'click', name: '积分', key: 'points' };
const menuOf = (...button: readonly unknown[]) => ({ button });

const whole = menuOf(
  { type: 'view', name: '会员中心', url: 'https://shop.example/m' },
  {
    name: '服务',
    sub_button: [
      { type: 'scancode_waitmsg', name: '扫码积分', key: 'scan' },
      {
        type: 'miniprogram',
        name: '商城小程序',
        url: 'https://shop.example',
        appid: 'wx1',
        pagepath: 'pages/index',
      },
      { type: 'media_id', name: '海报', media_id: 'm1' },
      { type: 'article_id', name: '文章', article_id: 'a1' },
      { type: 'location_select', name: '附近门店', key: 'near' },
    ],
  },
  click,
);

test('a menu of three buttons, one with five under it, is a menu', () => {
  expect(checkMenu(whole)).toEqual([]);
  expect(Menu.parse(whole)).toEqual(whole);
});

describe('a menu has a fault', () => {
  test.each<[string, unknown, { path: string; why: string }[]]>([
    ['without buttons', menuOf(), [{ path: 'button', why: 'has fewer than 1' }]],
    ['of four', menuOf(click, click, click, click), [{ path: 'button', why: 'has more than 3' }]],
    [
      'with six under one',
      menuOf({ name: '服务', sub_button: Array.from({ length: 6 }, () => click) }),
      [{ path: 'button[0].sub_button', why: 'has more than 5' }],
    ],
    [
      'with none under one',
      menuOf({ name: '服务', sub_button: [] }),
      [{ path: 'button[0].sub_button', why: 'has fewer than 1' }],
    ],
    [
      'with a name of six characters on top, where five fit',
      menuOf({ ...click, name: '会员积分中心' }),
      [{ path: 'button[0].name', why: 'is longer than 16 bytes' }],
    ],
    [
      'with a name of 61 bytes below',
      menuOf({ name: '服务', sub_button: [{ ...click, name: 'x'.repeat(61) }] }),
      [{ path: 'button[0].sub_button[0].name', why: 'is longer than 60 bytes' }],
    ],
    [
      'with a blank name',
      menuOf({ ...click, name: ' ' }),
      [{ path: 'button[0].name', why: 'must not be empty' }],
    ],
    [
      'with a key of 129 bytes',
      menuOf(click, { ...click, key: 'k'.repeat(129) }),
      [{ path: 'button[1].key', why: 'is longer than 128 bytes' }],
    ],
    [
      'with a link that is none',
      menuOf({ type: 'view', name: 'x', url: 'javascript:alert(1)' }),
      [{ path: 'button[0].url', why: 'is not an http or https address' }],
    ],
    [
      'with a mini program that has no page for an old WeChat',
      menuOf({ type: 'miniprogram', name: 'x', appid: 'wx1', pagepath: 'p' }),
      [{ path: 'button[0].url', why: 'is missing, or of the wrong type' }],
    ],
    [
      'of a type WeChat does not have',
      menuOf({ type: 'dance', name: 'x' }),
      [{ path: 'button[0].type', why: 'is not a type of button' }],
    ],
    [
      'with a button that both does something and opens',
      menuOf({ ...click, sub_button: [click] }),
      [{ path: 'button[0]', why: 'has what its type does not' }],
    ],
    [
      'three levels deep',
      menuOf({ name: 'x', sub_button: [{ name: 'y', sub_button: [click] }] }),
      [{ path: 'button[0].sub_button[0].type', why: 'is not a type of button' }],
    ],
    [
      'with anything beside its buttons',
      { ...menuOf(click), matchrule: {} },
      [{ path: '', why: 'has what its type does not' }],
    ],
    ['that is none', null, [{ path: '', why: 'is missing, or of the wrong type' }]],
  ])('%s', (_, menu, faults) => {
    expect(checkMenu(menu)).toEqual(faults);
    expect(Menu.safeParse(menu).success).toBe(false);
  });
});
