/** 自定义菜单: edited as a draft, and shown to fans when it is published. */
import type { Db } from '../../db/db.ts';
import { putMenu, readMenus, type KeptMenu } from '../../db/shop/menu.ts';
import type { Problem } from '../../platform/problem.ts';
import { ask, type MenuBoard } from './official-account.ts';

/** `menu` was checked by WeChat's rules. */
export const drawMenu = async (db: Db, menu: unknown, now: number): Promise<void> => {
  await db.batch([putMenu('draft', { menu, at: now })]);
};

/** What publishing needs. `read` returns null for a draft that the present rules refuse. */
export type Publishing<Menu> = {
  readonly board: MenuBoard<Menu> | undefined;
  readonly read: (draft: KeptMenu) => Menu | null;
};

/** Null when it is published; publishing it again changes nothing. */
export async function publishMenu<Menu>(
  db: Db,
  { board, read }: Publishing<Menu>,
  now: number,
): Promise<Problem | null> {
  const { draft } = await readMenus(db);
  const menu = draft && read(draft);
  if (menu === null) return noMenu;
  const reply = await ask(board, ({ createMenu }) => createMenu(menu));
  if ('code' in reply) return reply;
  await db.batch([putMenu('published', { menu, at: now })]);
  return null;
}

/** Null when it is taken down; the draft stays. */
export async function withdrawMenu(
  db: Db,
  board: Pick<MenuBoard<never>, 'deleteMenu'> | undefined,
  now: number,
): Promise<Problem | null> {
  const reply = await ask(board, ({ deleteMenu }) => deleteMenu());
  if ('code' in reply) return reply;
  await db.batch([putMenu('published', { menu: null, at: now })]);
  return null;
}

const noMenu: Problem = {
  status: 409,
  code: 'no_menu',
  detail: 'no menu has been drawn up; send one with PUT /wechat/menu first',
};
