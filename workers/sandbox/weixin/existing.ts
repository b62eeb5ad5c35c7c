/** 公众号里已有的: drafts to send, and the menu and automatic replies that this account had before Huike. */
import type { Call } from './endpoint.ts';
import { menuOf } from './menu.ts';

const drafts = [
  {
    media_id: 'draft-double-twelve',
    title: '双十二会员日：满188抽红包',
    digest: '12月12日，两家门店同时开始',
  },
  { media_id: 'draft-winter', title: '冬天宝宝皮肤怎么护', digest: '三句话说清楚' },
];

export async function listDrafts({ here: { now } }: Call): Promise<Response> {
  const item = drafts.map(({ media_id, ...article }) => ({
    media_id,
    content: { news_item: [article] },
    update_time: Math.floor(now / 1000),
  }));
  return Response.json({ total_count: item.length, item_count: item.length, item });
}

/** As the shop made it by hand, until another one was sent. */
const before = [
  { type: 'text', name: '营业时间', value: '每天9点到21点，节假日不休息。' },
  {
    name: '逛一逛',
    sub_button: {
      list: [
        { type: 'view', name: '小程序商城', url: 'https://shop.example.cn/' },
        { type: 'news', name: '往期文章', value: 'media-old' },
      ],
    },
  },
];

export async function currentMenu({ here: { db } }: Call): Promise<Response> {
  const made = await menuOf(db);
  const button =
    made?.map(({ sub_button, ...own }) =>
      sub_button ? { ...own, sub_button: { list: sub_button } } : own,
    ) ?? before;
  return Response.json({ is_menu_open: 1, selfmenu_info: { button } });
}

export async function currentReplies(): Promise<Response> {
  const rule = (name: string, mode: string, words: readonly string[], replies: readonly object[]) => ({
    rule_name: name,
    create_time: 1_700_000_000,
    reply_mode: 'random_one',
    keyword_list_info: words.map((content) => ({ type: 'text', match_mode: mode, content })),
    reply_list_info: replies,
  });
  return Response.json({
    is_add_friend_reply_open: 1,
    is_autoreply_open: 1,
    add_friend_autoreply_info: { type: 'text', content: '欢迎来到阳光小镇！' },
    message_default_autoreply_info: { type: 'text', content: '您好，营业时间内我们会尽快回复您。' },
    keyword_autoreply_info: {
      list: [
        rule(
          '地址',
          'contain',
          ['地址', '怎么走'],
          [{ type: 'text', content: '人民路店：人民路88号，地铁2号线A口。' }],
        ),
        rule('尺码', 'equal', ['尺码表'], [{ type: 'img', content: 'media-size' }]),
      ],
    },
  });
}
