/** 发送客服消息: only while the window that the user's own act opened has an answer left. */
import * as z from 'zod';
import { deliver } from '../messages.ts';
import { personOf, useWindow } from '../people.ts';
import { refusal } from './errors.ts';

/** Longer ones cannot be sent or received. */
const textBytesMax = 2048;

const Body = z.discriminatedUnion('msgtype', [
  z.object({ touser: z.string(), msgtype: z.literal('text'), text: z.object({ content: z.string() }) }),
  z.object({ touser: z.string(), msgtype: z.literal('image'), image: z.object({ media_id: z.string() }) }),
  z.object({
    touser: z.string(),
    msgtype: z.literal('news'),
    news: z.object({
      articles: z.tuple([z.object({ title: z.string(), description: z.string().default('') })]),
    }),
  }),
]);
type Body = z.infer<typeof Body>;

export async function sendCustom(db: D1Database, body: unknown): Promise<Response> {
  const known = z.object({ msgtype: z.string() }).safeParse(body);
  if (!known.success) return refusal(47001);
  if (!['text', 'image', 'news'].includes(known.data.msgtype)) return refusal(40008);
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(47001);

  const message = parsed.data;
  const text = textOf(message);
  if (text === '') return refusal(44004);
  if (new TextEncoder().encode(text).length > textBytesMax) return refusal(45002);
  const person = await personOf(db, message.touser);
  if (person === null || person.following === 0) return refusal(40003);

  const window = await useWindow(db, message.touser);
  switch (window) {
    case 'closed':
      return refusal(45015);
    case 'empty':
      return refusal(45047);
    case 'used':
      await deliver(db, {
        openid: message.touser,
        sender: 'account',
        kind: message.msgtype,
        text,
        data: contentOf(message),
      });
      return Response.json({ errcode: 0, errmsg: 'ok' });
    default:
      return window satisfies never;
  }
}

function textOf(message: Body): string {
  switch (message.msgtype) {
    case 'text':
      return message.text.content;
    case 'image':
      return '[图片]';
    case 'news': {
      const [{ title, description }] = message.news.articles;
      return [title, description].filter(Boolean).join('\n');
    }
    default:
      return message satisfies never;
  }
}

function contentOf(message: Body): unknown {
  const { touser: _, msgtype: __, ...content } = message;
  return content;
}
