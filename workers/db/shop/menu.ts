/** 自定义菜单 in the database: the draft, and the menu that fans see. */
import { json, rowsAt, statement, type Db, type Statement } from '../db.ts';

/** `menu` is in WeChat's form; null when it was taken down. */
export type KeptMenu = { readonly menu: unknown; readonly at: number };
export type Menus = { readonly draft: KeptMenu | null; readonly published: KeptMenu | null };

const keys = { draft: 'wechat_menu', published: 'wechat_menu_published' } as const;

export async function readMenus(db: Db): Promise<Menus> {
  const results = await db.batch([
    statement(`SELECT key, value FROM settings WHERE key IN (?1, ?2)`, keys.draft, keys.published),
  ]);
  const values = new Map(rowsAt(results, 0).map(({ key, value }) => [key, String(value)]));
  const kept = (key: string): KeptMenu | null => {
    const value = values.get(key);
    // Written by `putMenu` alone.
    return value === undefined ? null : (JSON.parse(value) as KeptMenu);
  };
  return { draft: kept(keys.draft), published: kept(keys.published) };
}

export const putMenu = (which: keyof Menus, kept: KeptMenu): Statement =>
  statement(
    `INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    keys[which],
    json(kept),
  );
