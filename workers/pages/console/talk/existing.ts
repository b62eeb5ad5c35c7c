/** 原来的: the menu and the replies that an account has at WeChat, in the words of ours; what has no place here is named. */
import { ReplyText, WechatSettings, type WechatSettings as Settings } from '../../../../schema/index.ts';
import type { CurrentMenuReply, CurrentRepliesReply, ExistingButton } from '../../../wechat/client.ts';
import { Menu } from '../../../wechat/menu.ts';

type ExistingMenu = NonNullable<CurrentMenuReply['menu']>;
type ExistingReplies = NonNullable<CurrentRepliesReply['replies']>;

export type TakenMenu = {
  /** Null where nothing of it can be taken over. */
  readonly menu: Menu | null;
  /** What buttons that say a text will say. */
  readonly clicks: Settings['clicks'];
  /** Names of the buttons that cannot be taken over. */
  readonly left: readonly string[];
};

/** A text of WeChat's own console becomes a button with an answer of ours, under its name. */
export function menuTaken({ buttons }: ExistingMenu): TakenMenu {
  const clicks: Record<string, string> = {};
  const left: string[] = [];
  const taken = (button: ExistingButton): object[] => {
    const { name, type, key, url, appid, pagepath, value } = button;
    if (type === 'view') return [{ type, name, url }];
    if (type === 'click') return [{ type, name, key }];
    if (type === 'miniprogram') return [{ type, name, url, appid, pagepath }];
    const text = ReplyText.safeParse(value);
    if (type !== 'text' || !text.success) {
      left.push(name);
      return [];
    }
    const own = Object.hasOwn(clicks, name) ? `${name} ${Object.keys(clicks).length + 1}` : name;
    clicks[own] = text.data;
    return [{ type: 'click', name, key: own }];
  };
  const button = buttons.flatMap((top) => {
    if (top.sub_button.length === 0) return taken(top);
    const under = top.sub_button.flatMap(taken);
    return under.length > 0 ? [{ name: top.name, sub_button: under }] : [];
  });
  return { menu: Menu.safeParse({ button }).data ?? null, clicks, left };
}

export type TakenReplies = {
  readonly welcome: string | null;
  readonly fallback: string | null;
  /** Those whose words have no rule here yet. */
  readonly keywords: Settings['keywords'];
  readonly left: readonly string[];
};

/** Of several answers the first text: here a rule says one thing. */
export function repliesTaken({ welcome, fallback, rules }: ExistingReplies, now: Settings): TakenReplies {
  const known = new Set(now.keywords.flatMap(({ words }) => words));
  const keywords: Settings['keywords'] = [];
  const left: string[] = [];
  for (const { name, words, replies } of rules) {
    const reply = replies.find(({ type }) => type === 'text')?.content;
    const drawn = (['exact', 'contains'] as const).flatMap((match) => {
      const own = words.flatMap(({ word, isWhole }) => (isWhole === (match === 'exact') ? [word] : []));
      const fresh = own.filter((word) => !known.has(word));
      return fresh.length > 0 ? [{ match, words: fresh, reply }] : [];
    });
    const read = WechatSettings.shape.keywords.safeParse(drawn);
    if (read.success && reply !== undefined) keywords.push(...read.data);
    else left.push(name);
  }
  return { welcome: textOf(welcome), fallback: textOf(fallback), keywords, left };
}

const textOf = (said: ExistingReplies['welcome']): string | null =>
  said?.type === 'text' ? (ReplyText.safeParse(said.content).data ?? null) : null;
