/** 自定义菜单: at most three buttons, each with at most five below it. */
import * as z from 'zod';
import type { Call } from './endpoint.ts';
import { done, refusal, type Errcode } from './errors.ts';

const buttonsMax = 3;
const subButtonsMax = 5;
const keyBytesMax = 128;
const urlBytesMax = 1024;

/** What a button of each type must say beside its name. */
const needs: Readonly<
  Record<string, readonly ('key' | 'url' | 'appid' | 'pagepath' | 'media_id' | 'article_id')[]>
> = {
  click: ['key'],
  view: ['url'],
  miniprogram: ['url', 'appid', 'pagepath'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
};

const Button = z.looseObject({
  name: z.string(),
  type: z.string().optional(),
  sub_button: z.array(z.looseObject({ name: z.string(), type: z.string().optional() })).optional(),
});
type Button = z.infer<typeof Button>;
export const Menu = z.object({ button: z.array(Button) });

/** Top buttons and those below them are refused with codes of their own. */
const codes = {
  top: { name: 40018, type: 40017, key: 40019, url: 40020, nameBytesMax: 16 },
  sub: { name: 40025, type: 40024, key: 40026, url: 40027, nameBytesMax: 60 },
} as const;

export async function createMenu({ here: { db }, body, text }: Call): Promise<Response> {
  // WeChat refuses letters that were written as `\uXXXX`.
  if (/\\u[\da-f]{4}/i.test(text)) return refusal(40033);
  const parsed = Menu.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const fault = faultIn(parsed.data.button);
  if (fault !== null) return refusal(fault);
  const buttons = JSON.stringify(parsed.data.button);
  await db.prepare('INSERT OR REPLACE INTO menu VALUES (1, ?)').bind(buttons).run();
  return done();
}

function faultIn(buttons: readonly Button[]): Errcode | null {
  if (buttons.length < 1 || buttons.length > buttonsMax) return 40016;
  for (const button of buttons) {
    const below = button.sub_button ?? [];
    const fault = below.length > 0 ? nameFault(button, 'top') : buttonFault(button, 'top');
    if (fault !== null) return fault;
    if (below.length > subButtonsMax) return 40023;
    for (const one of below) {
      if (Array.isArray(one['sub_button']) && one['sub_button'].length > 0) return 40022;
      const subFault = buttonFault(one, 'sub');
      if (subFault !== null) return subFault;
    }
  }
  return null;
}

const bytesIn = (text: unknown): number =>
  typeof text === 'string' ? new TextEncoder().encode(text).length : 0;

function nameFault({ name }: { name: string }, level: keyof typeof codes): Errcode | null {
  const bytes = bytesIn(name);
  return bytes >= 1 && bytes <= codes[level].nameBytesMax ? null : codes[level].name;
}

function buttonFault(
  button: { name: string; type?: string | undefined; [more: string]: unknown },
  level: keyof typeof codes,
): Errcode | null {
  const wrongName = nameFault(button, level);
  if (wrongName !== null) return wrongName;
  const wanted = needs[button.type ?? ''];
  if (wanted === undefined) return codes[level].type;
  for (const part of wanted) {
    const bytes = bytesIn(button[part]);
    if (part === 'key' && (bytes < 1 || bytes > keyBytesMax)) return codes[level].key;
    const isAddress = /^https?:\/\//.test(String(button[part]));
    if (part === 'url' && (!isAddress || bytes > urlBytesMax)) return codes[level].url;
    if (part.endsWith('_id') && bytes < 1) return 40007;
    if (part === 'appid' && bytes < 1) return 40013;
  }
  return null;
}

export async function getMenu({ here: { db } }: Call): Promise<Response> {
  const buttons = await menuOf(db);
  if (buttons === null) return refusal(46003);
  const whole = buttons.map((button) => ({ ...button, sub_button: button.sub_button ?? [] }));
  return Response.json({ menu: { button: whole } });
}

export async function deleteMenu({ here: { db } }: Call): Promise<Response> {
  await db.prepare('DELETE FROM menu').run();
  return done();
}

/** What the phone shows; null when the account has none. */
export async function menuOf(db: D1Database): Promise<readonly Button[] | null> {
  const text = await db.prepare('SELECT buttons FROM menu').first<string>('buttons');
  return text === null ? null : z.array(Button).parse(JSON.parse(text));
}
