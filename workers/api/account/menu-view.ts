/** The menu as the API shows it: the draft, the published one, and which buttons would get no answer. */
import * as z from 'zod';
import type { WechatSettings } from '../../../schema/index.ts';
import type { KeptMenu, Menus } from '../../db/shop/menu.ts';
import type { Problem } from '../../platform/problem.ts';
import { checkMenu, Menu } from '../../wechat/menu.ts';
import { namedAnswer } from '../call/define.ts';
import { At, instant } from '../call/shapes.ts';

export const MenuAnswer = namedAnswer(
  'WechatMenu',
  z.strictObject({
    menu: Menu.nullable(),
    savedAt: At.nullable(),
    published: z
      .strictObject({ menu: Menu.nullable(), at: At })
      .nullable()
      .meta({ description: 'What followers see; a null menu was taken down.' }),
    warnings: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .meta({ description: 'Buttons that nothing answers yet: see `wechat.clicks` of the settings.' }),
  }),
);
export type MenuAnswer = z.infer<typeof MenuAnswer>;

export function viewMenus({ draft, published }: Menus, { clicks }: WechatSettings): MenuAnswer {
  const menu = draft && menuOf(draft);
  return {
    menu,
    savedAt: draft && instant(draft.at),
    published: published && { menu: menuOf(published), at: instant(published.at) },
    warnings: menu === null ? [] : unanswered(menu, clicks),
  };
}

/** Null also for a menu that the present rules refuse. */
export const menuOf = ({ menu }: KeptMenu): Menu | null => Menu.safeParse(menu).data ?? null;

/** The button types that WeChat reports to us; the fan expects an answer. */
const telling: ReadonlySet<string> = new Set(['click', 'scancode_push', 'scancode_waitmsg']);

type Button = Exclude<Menu['button'][number], { readonly sub_button: unknown }>;

function unanswered({ button }: Menu, clicks: WechatSettings['clicks']): MenuAnswer['warnings'] {
  const placed = button.flatMap((top, index): [string, Button][] =>
    'sub_button' in top
      ? top.sub_button.map((sub, place) => [`button[${index}].sub_button[${place}]`, sub])
      : [[`button[${index}]`, top]],
  );
  return placed.flatMap(([path, one]) => {
    if (!('key' in one) || !telling.has(one.type) || Object.hasOwn(clicks, one.key)) return [];
    const message = `nothing answers the key ${one.key}; enter a text for it under wechat.clicks`;
    return [{ field: `${path}.key`, message }];
  });
}

/** Null when WeChat would accept it. */
export function menuFaults(menu: unknown): Problem | null {
  const issues = checkMenu(menu).map(({ path, why }) => ({ field: path, message: why }));
  const [first] = issues;
  if (!first) return null;
  const detail = `${first.field}: ${first.message}`.replace(/^: /, '');
  return {
    status: 422,
    code: 'invalid',
    detail,
    ...(first.field !== '' && { field: first.field }),
    issues,
  };
}
