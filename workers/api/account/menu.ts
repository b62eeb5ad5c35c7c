/** 自定义菜单: edited as a draft, checked by WeChat's rules, and shown to fans when it is published. */
import * as z from 'zod';
import { drawMenu, publishMenu, withdrawMenu } from '../../commands/account/menu.ts';
import { readMenus } from '../../db/shop/menu.ts';
import { readSettings } from '../../db/shop/settings.ts';
import { Menu } from '../../wechat/menu.ts';
import { namedBody, ok, route, type ApiDeps } from '../call/define.ts';
import { MenuAnswer, menuFaults, menuOf, viewMenus } from './menu-view.ts';
import { accountRefusals } from './official-account.ts';

const common = { tag: 'Official account', scope: 'admin', statuses: [200], answer: MenuAnswer } as const;

const get = route({
  ...common,
  method: 'GET',
  path: '/wechat/menu',
  summary: 'The menu of the account',
  description: 'The draft beside what followers see, and the buttons that nothing answers yet.',
  handle: async ({ deps }) => ok(await present(deps)),
});

const put = route({
  ...common,
  method: 'PUT',
  path: '/wechat/menu',
  summary: 'Draw up the menu',
  description:
    'In WeChat’s own words: three buttons, or five under each. Followers see it when it is published. A button that nothing answers yet is a warning in the answer.',
  // The error names the fault of the button's own type, and not only that it matches none of ten types.
  body: z.unknown(),
  documentedBody: namedBody('WechatMenuInput', Menu),
  handle: async ({ deps, now, body }) => {
    const faults = menuFaults(body);
    if (faults) return faults;
    await drawMenu(deps.db, Menu.parse(body), now);
    return ok(await present(deps));
  },
});

const publish = route({
  ...common,
  method: 'POST',
  path: '/wechat/menu/publish',
  summary: 'Show the menu to followers',
  description: 'Phones take up to five minutes to show it. Publishing it again changes nothing.',
  refusals: { ...accountRefusals, 409: ['no_menu', ...accountRefusals[409]] },
  takesKey: false,
  handle: async ({ deps, now }) => {
    const problem = await publishMenu(deps.db, { board: deps.account, read: menuOf }, now);
    if (problem) return problem;
    return ok(await present(deps));
  },
});

const withdraw = route({
  ...common,
  method: 'POST',
  path: '/wechat/menu/withdraw',
  summary: 'Take the menu down',
  description: 'The one that was drawn up stays here, and can be published again.',
  refusals: accountRefusals,
  takesKey: false,
  handle: async ({ deps, now }) => {
    const problem = await withdrawMenu(deps.db, deps.account, now);
    if (problem) return problem;
    return ok(await present(deps));
  },
});

async function present({ db }: Pick<ApiDeps, 'db'>) {
  const [menus, { wechat }] = await Promise.all([readMenus(db), readSettings(db)]);
  return viewMenus(menus, wechat);
}

export const menuRoutes = [get, put, publish, withdraw];
