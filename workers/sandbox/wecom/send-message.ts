/** 应用消息: to employees by name; a repetition that was asked to be noticed is swallowed. */
import * as z from 'zod';
import { countSince, post, sentAs } from '../state/letters.ts';
import { digestOf, wordOf } from '../plain/random.ts';
import { minuteMs } from '../plain/time.ts';
import type { WecomCall } from './call.ts';
import { done, refusal } from './errors.ts';
import { isStaff, staff } from './line.ts';

const textBytesMax = 2048;
const perPersonAndMinute = 30;
const receiversMax = 1000;
const intervalMaxSeconds = 14_400;

const contents = {
  text: z.object({ content: z.string() }),
  markdown: z.object({ content: z.string() }),
  textcard: z.object({ title: z.string(), description: z.string(), url: z.url() }),
  news: z.object({
    articles: z
      .array(z.looseObject({ title: z.string() }))
      .min(1)
      .max(8),
  }),
  template_card: z.looseObject({ card_type: z.string() }),
} as const;

const Body = z.looseObject({
  touser: z.string().default(''),
  msgtype: z.string(),
  agentid: z.union([z.int(), z.string()]).transform(String),
  enable_duplicate_check: z.literal([0, 1]).default(0),
  duplicate_check_interval: z.int().min(1).max(intervalMaxSeconds).default(1800),
});

export async function sendMessage({ here, body }: WecomCall): Promise<Response> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(40058);
  const { touser, msgtype: kind, agentid } = parsed.data;
  if (agentid !== here.env.WECOM_AGENT_ID) return refusal(40056);
  if (!isKnown(kind)) return refusal(40008);
  const content = contents[kind].safeParse(parsed.data[kind]);
  if (!content.success) return refusal(40058);
  const text = textOf(content.data);
  if (text === '') return refusal(44004);
  if (new TextEncoder().encode(text).length > textBytesMax) return refusal(45002);

  const named = touser === '@all' ? staff.map(({ userid }) => userid) : touser.split('|').filter(Boolean);
  const known = named.filter(isStaff);
  if (known.length === 0 || named.length > receiversMax) return refusal(81013);
  const invalid = named.filter((userid) => !isStaff(userid)).join('|');
  const answer = (msgid: string) => done({ invaliduser: invalid, invalidparty: '', invalidtag: '', msgid });

  const digest = await digestOf([touser, kind, content.data]);
  const since = here.now - parsed.data.duplicate_check_interval * 1000;
  const former = parsed.data.enable_duplicate_check === 1 ? await sentAs(here, digest, since) : null;
  if (former !== null) return answer(former);
  const msgid = wordOf(24);
  for (const recipient of known) {
    const lately = await countSince(here, { channel: 'wecom', recipient, since: here.now - minuteMs });
    // What is above the limit is accepted and thrown away.
    if (lately >= perPersonAndMinute) continue;
    await post(here, { channel: 'wecom', recipient, kind, text, data: content.data, msgid, digest });
  }
  return answer(msgid);
}

type Kind = keyof typeof contents;
type Content = z.infer<(typeof contents)[Kind]>;

const isKnown = (kind: string): kind is Kind => Object.hasOwn(contents, kind);

function textOf(content: Content): string {
  if ('description' in content && typeof content.description === 'string') {
    return `${String(content.title)}\n${content.description}`;
  }
  if ('content' in content) return String(content.content);
  return 'articles' in content ? '[图文]' : '[卡片]';
}
