/** 菜单表单: the buttons that a shop draws up by form, and the same in WeChat's own words. */
import * as z from 'zod';
import type { Menu } from '../../../wechat/menu.ts';

const nameBytesMax = 16;
const subNameBytesMax = 60;
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const named = (bytesMax: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((text) => bytesOf(text) <= bytesMax, `is longer than ${bytesMax} bytes`);

const click = z.strictObject({ kind: z.literal('click'), key: z.string().trim().min(1).max(40) });
const view = z.strictObject({ kind: z.literal('view'), url: z.url({ protocol: /^https?$/ }).max(1_000) });
const name = named(nameBytesMax);
const subName = named(subNameBytesMax);
const Sub = z.discriminatedUnion('kind', [click.extend({ name: subName }), view.extend({ name: subName })]);
const Top = z.discriminatedUnion('kind', [
  click.extend({ name }),
  view.extend({ name }),
  z.strictObject({ kind: z.literal('group'), name, under: z.array(Sub).min(1).max(5) }),
]);

export const MenuInput = z.strictObject({ buttons: z.array(Top).min(1).max(3) });
export type MenuInput = z.infer<typeof MenuInput>;

type Leaf = z.infer<typeof Sub>;

const leafOf = (button: Leaf) =>
  button.kind === 'click'
    ? { type: 'click' as const, name: button.name, key: button.key }
    : { type: 'view' as const, name: button.name, url: button.url };

export const menuOf = ({ buttons }: MenuInput): Menu => ({
  button: buttons.map((button) =>
    button.kind === 'group' ? { name: button.name, sub_button: button.under.map(leafOf) } : leafOf(button),
  ),
});

/** Null for a menu with a button that the form does not know: drawn up by a program, and left to it. */
export function inputOf({ button }: Menu): MenuInput | null {
  const told = (one: Menu['button'][number]): unknown => {
    if ('sub_button' in one) return { kind: 'group', name: one.name, under: one.sub_button.map(told) };
    const { type, ...rest } = one;
    return { kind: type, ...rest };
  };
  return MenuInput.safeParse({ buttons: button.map(told) }).data ?? null;
}
