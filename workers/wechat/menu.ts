/**
 * 自定义菜单: the buttons under a conversation, as `createMenu` sends them.
 *
 * Three buttons, or five under each of them. Only `click`, `scancode_push` and `scancode_waitmsg` open the minute in
 * which customer-service messages may follow; opening a sub-menu is not told to anyone.
 * Source: developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html.
 */
import * as z from 'zod';

const buttonsMax = 3;
const subButtonsMax = 5;
const nameBytesMax = 16;
const subNameBytesMax = 60;
const keyBytesMax = 128;
const urlBytesMax = 1024;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const filled = (bytesMax: number) =>
  z
    .string()
    .refine((text) => text.trim() !== '', { error: 'must not be empty' })
    .refine((text) => bytesOf(text) <= bytesMax, { error: `is longer than ${bytesMax} bytes` });

const key = filled(keyBytesMax);
const url = filled(urlBytesMax).refine((text) => /^https?:\/\//.test(text), {
  error: 'is not an http or https address',
});

const kinds = [
  z.strictObject({ type: z.literal('click'), name: z.string(), key }),
  z.strictObject({ type: z.literal('view'), name: z.string(), url }),
  z.strictObject({
    type: z.literal('miniprogram'),
    name: z.string(),
    /** For a WeChat too old to open mini programs. */
    url,
    appid: filled(keyBytesMax),
    pagepath: filled(urlBytesMax),
  }),
  z.strictObject({
    type: z.enum([
      'scancode_push',
      'scancode_waitmsg',
      'pic_sysphoto',
      'pic_photo_or_album',
      'pic_weixin',
      'location_select',
    ]),
    name: z.string(),
    key,
  }),
  z.strictObject({
    type: z.enum(['media_id', 'view_limited']),
    name: z.string(),
    media_id: filled(keyBytesMax),
  }),
  z.strictObject({
    type: z.enum(['article_id', 'article_view_limited']),
    name: z.string(),
    article_id: filled(keyBytesMax),
  }),
] as const;

const Button = z.discriminatedUnion('type', kinds);
const named = (bytesMax: number) =>
  Button.superRefine(({ name }, context) => {
    const checked = filled(bytesMax).safeParse(name);
    for (const { message } of checked.error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['name'], message });
  });
const Parent = z.strictObject({
  name: filled(nameBytesMax),
  sub_button: z.array(named(subNameBytesMax)).min(1).max(subButtonsMax),
});

/** A menu that WeChat takes; anything else fails to parse. `checkMenu` says what is wrong with it. */
export const Menu = z.strictObject({
  button: z
    .array(
      z.union([Parent, named(nameBytesMax)], 'is neither a button nor a list of them under `sub_button`'),
    )
    .min(1)
    .max(buttonsMax),
});
export type Menu = z.infer<typeof Menu>;

/** `path` as in `button[0].sub_button[1].name`; `why` is English and does not repeat the value. */
export type MenuFault = { readonly path: string; readonly why: string };

/** Empty when WeChat will take it. */
export function checkMenu(menu: unknown): readonly MenuFault[] {
  const shape = z.strictObject({ button: z.array(z.unknown()).min(1).max(buttonsMax) }).safeParse(menu);
  if (!shape.success) return faultsOf(shape.error, '');
  return shape.data.button.flatMap((button, index) => checkButton(button, `button[${index}]`));
}

/** The faults of a button as what it means to be: tried as a union it would be told only that it is neither. */
function checkButton(button: unknown, path: string): readonly MenuFault[] {
  const isParent = typeof button === 'object' && button !== null && 'sub_button' in button;
  const checked = (isParent ? Parent : named(nameBytesMax)).safeParse(button);
  return checked.success ? [] : faultsOf(checked.error, path);
}

const faultsOf = (error: z.ZodError, at: string): MenuFault[] =>
  error.issues.map((issue) => ({ path: pathOf(at, issue.path), why: whyOf(issue) }));

const pathOf = (at: string, path: readonly PropertyKey[]): string =>
  path
    .reduce<string>(
      (whole, step) => (typeof step === 'number' ? `${whole}[${step}]` : `${whole}.${String(step)}`),
      at,
    )
    .replace(/^\./, '');

function whyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  if (issue.code === 'too_small') return `has fewer than ${issue.minimum}`;
  if (issue.code === 'too_big') return `has more than ${issue.maximum}`;
  if (issue.code === 'invalid_type') return 'is missing, or of the wrong type';
  if (issue.code === 'invalid_union') return 'is not a type of button';
  if (issue.code === 'unrecognized_keys') return 'has what its type does not';
  return 'is not what WeChat takes';
}
