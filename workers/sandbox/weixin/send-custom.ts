/** 发送客服消息: only while the window that the user's own act opened has an answer left. */
import * as z from 'zod';
import { deliver } from '../state/messages.ts';
import { personOf } from '../state/people.ts';
import { useWindow } from '../state/windows.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';

/** Longer ones cannot be sent or received. */
const textBytesMax = 2048;
const articlesMax = 1;

const media = z.object({ media_id: z.string() });
const Article = z.object({
  title: z.string(),
  description: z.string().default(''),
  url: z.string().default(''),
  picurl: z.string().default(''),
});
const contents = {
  text: z.object({ content: z.string() }),
  image: media,
  voice: media,
  video: media.extend({
    thumb_media_id: z.string(),
    title: z.string().default(''),
    description: z.string().default(''),
  }),
  music: z.object({
    title: z.string().default(''),
    description: z.string().default(''),
    musicurl: z.string(),
    hqmusicurl: z.string(),
    thumb_media_id: z.string(),
  }),
  news: z.object({ articles: z.array(Article).min(1) }),
  mpnewsarticle: z.object({ article_id: z.string().min(1) }),
  msgmenu: z.object({
    head_content: z.string(),
    list: z.array(z.object({ id: z.union([z.string(), z.int()]), content: z.string().min(1) })).min(1),
    tail_content: z.string(),
  }),
  wxcard: z.object({ card_id: z.string().min(1) }),
  miniprogrampage: z.object({
    title: z.string(),
    appid: z.string().regex(/^wx/),
    pagepath: z.string(),
    thumb_media_id: z.string(),
  }),
} as const;

const Head = z.looseObject({ touser: z.string(), msgtype: z.string() });

export async function sendCustom({ here, body }: Call): Promise<Response> {
  const head = Head.safeParse(body);
  if (!head.success) return refusal(47001);
  const { touser, msgtype } = head.data;
  if (!isKnown(msgtype)) return refusal(40008);
  const content = contents[msgtype].safeParse(head.data[msgtype]);
  if (!content.success) return refusal(47001);
  const text = textOf(msgtype, content.data);
  if (text === '') return refusal(44004);
  if (new TextEncoder().encode(text).length > textBytesMax) return refusal(45002);
  if (hasNoMedia(content.data)) return refusal(40007);
  if ('articles' in content.data && content.data.articles.length > articlesMax) return refusal(45008);

  const person = await personOf(here.db, touser);
  if (person === null) return refusal(40003);
  if (person.following === 0) return refusal(45015);
  if (person.refuses === 'account') return refusal(43019);
  if (person.refuses === 'person') return refusal(48002);
  const window = await useWindow(here, touser);
  switch (window) {
    case 'closed':
      return refusal(45015);
    case 'empty':
      return refusal(45047);
    case 'used': {
      const data = { [msgtype]: content.data };
      await deliver(here, { openid: touser, sender: 'account', kind: msgtype, text, data });
      return done();
    }
    default:
      return window satisfies never;
  }
}

type Kind = keyof typeof contents;
type Content = z.infer<(typeof contents)[Kind]>;

const isKnown = (kind: string): kind is Kind => Object.hasOwn(contents, kind);

const hasNoMedia = (content: Content): boolean =>
  ('media_id' in content && content.media_id === '') ||
  ('thumb_media_id' in content && content.thumb_media_id === '');

const labels: Readonly<Partial<Record<Kind, string>>> = {
  image: '[图片]',
  voice: '[语音]',
  video: '[视频]',
  music: '[音乐]',
  mpnewsarticle: '[图文消息]',
  wxcard: '[卡券]',
};

/** What the person reads. */
function textOf(kind: Kind, content: Content): string {
  if ('content' in content) return content.content;
  if ('articles' in content) {
    return content.articles
      .map(({ title, description }) => [title, description].join('\n').trim())
      .join('\n');
  }
  if ('list' in content) {
    const entries = content.list.map((entry) => `· ${entry.content}`);
    return [content.head_content, ...entries, content.tail_content].filter(Boolean).join('\n');
  }
  if ('pagepath' in content) return `[小程序] ${content.title}`;
  return labels[kind] ?? kind;
}
