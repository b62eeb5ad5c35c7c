/** 公众号里已有的: the drafts, the menu and the automatic replies that an account has at WeChat already. They are only read. */
import * as z from 'zod';
import { call, replyWith } from './call.ts';
import type { WechatSettings } from './types.ts';
import type { WechatClient } from './methods.ts';

type ExistingMethods = Pick<WechatClient, 'drafts' | 'currentMenu' | 'currentReplies'>;

/** What one call of WeChat's gives. */
const draftsMax = 20;

export function existingMethods(settings: WechatSettings): ExistingMethods {
  const withToken = (accessToken: string) => ({
    query: { access_token: accessToken },
    secrets: [accessToken],
  });
  return {
    drafts: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/draft/batchget',
        ...withToken(accessToken),
        body: { offset: 0, count: draftsMax, no_content: 1 },
        schema: draftsReply,
      }),
    currentMenu: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/get_current_selfmenu_info',
        ...withToken(accessToken),
        schema: menuReply,
      }),
    currentReplies: (accessToken) =>
      call(settings, {
        path: '/cgi-bin/get_current_autoreply_info',
        ...withToken(accessToken),
        schema: repliesReply,
      }),
  };
}

const text = z
  .string()
  .nullish()
  .transform((given) => given ?? '');

const draftsReply = replyWith(
  'drafts',
  z
    .object({
      item: z.array(
        z.object({
          media_id: z.string().min(1),
          content: z.object({ news_item: z.array(z.object({ title: text, digest: text })) }),
          update_time: z.int(),
        }),
      ),
    })
    .transform(({ item }) =>
      item.map(({ media_id: mediaId, content, update_time: at }) => ({
        mediaId,
        articles: content.news_item,
        changedAt: at * 1000,
      })),
    ),
);

/** What was made in WeChat's own console says its text or its media in `value`. */
const leaf = { name: text, type: text, key: text, url: text, appid: text, pagepath: text, value: text };
const under = z
  .object({ list: z.array(z.object(leaf)) })
  .nullish()
  .transform((given) => given?.list ?? []);

const menuReply = replyWith(
  'menu',
  z
    .object({
      is_menu_open: z.int(),
      selfmenu_info: z
        .object({ button: z.array(z.object({ ...leaf, sub_button: under })).default([]) })
        .nullish(),
    })
    .transform(({ is_menu_open: open, selfmenu_info: info }) => ({
      isOpen: open === 1,
      buttons: info?.button ?? [],
    })),
);

const said = z
  .object({ type: text, content: text })
  .nullish()
  .transform((given) => given ?? null);

const repliesReply = replyWith(
  'replies',
  z
    .object({
      add_friend_autoreply_info: said,
      message_default_autoreply_info: said,
      keyword_autoreply_info: z
        .object({
          list: z.array(
            z.object({
              rule_name: text,
              keyword_list_info: z.array(z.object({ type: text, match_mode: text, content: text })),
              reply_list_info: z.array(z.object({ type: text, content: text })),
            }),
          ),
        })
        .nullish(),
    })
    .transform((body) => ({
      welcome: body.add_friend_autoreply_info,
      fallback: body.message_default_autoreply_info,
      rules: (body.keyword_autoreply_info?.list ?? []).map((rule) => ({
        name: rule.rule_name,
        words: rule.keyword_list_info.flatMap(({ type, match_mode: mode, content }) =>
          type === 'text' ? [{ word: content, isWhole: mode === 'equal' }] : [],
        ),
        replies: rule.reply_list_info,
      })),
    })),
);
