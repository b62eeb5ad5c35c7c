/** 群发: to a list or a tag, four a month for each person; afterwards WeChat says how many it reached. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { digestOf, newMessageId } from '../plain/random.ts';
import { dayMs, minuteMs, monthOf, offsetTime } from '../plain/time.ts';
import { countCall } from './call.ts';
import type { Call } from './endpoint.ts';
import { doneAs, refusal } from './errors.ts';
import { runMass } from './mass-job.ts';
import { openidsTagged } from './tags.ts';

/** To everybody; what one person may receive is in the job. */
const perMonth = 4;
const perMinute = 60;
const openidsMax = 10_000;
const clientIdBytesMax = 64;

const media = z.object({ media_id: z.string().min(1) });
const content = {
  clientmsgid: z.string().optional(),
  msgtype: z.enum(['text', 'mpnews', 'image', 'voice', 'mpvideo', 'wxcard']),
  text: z.object({ content: z.string().min(1) }).optional(),
  mpnews: media.optional(),
  image: media.optional(),
  images: z.object({ media_ids: z.array(z.string().min(1)).min(1) }).optional(),
  voice: media.optional(),
  mpvideo: media.optional(),
  wxcard: z.object({ card_id: z.string().min(1) }).optional(),
};
const Send = z.object({ touser: z.array(z.string()), ...content });
const SendAll = z.object({
  filter: z.object({ is_to_all: z.boolean().default(false), tag_id: z.int().optional() }),
  ...content,
});
type Content = Omit<z.infer<typeof Send>, 'touser'>;

export async function massSend(call: Call): Promise<Response> {
  const parsed = Send.safeParse(call.body);
  if (!parsed.success) return refusal(47001);
  const { touser, ...message } = parsed.data;
  if (touser.length < 2) return refusal(40130);
  if (touser.length > openidsMax) return refusal(40032);
  return send(call.here, message, { range: touser, openids: touser });
}

export async function massSendAll({ here, body }: Call): Promise<Response> {
  const parsed = SendAll.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { filter, ...message } = parsed.data;
  if (filter.is_to_all) {
    const sent = await countCall(here.db, monthOf(here.now), 'mass-to-all');
    if (sent > perMonth) return refusal(45028);
    return send(here, message, { range: filter, openids: null });
  }
  const openids = filter.tag_id === undefined ? null : await openidsTagged(here.db, filter.tag_id);
  if (openids === null) return refusal(45159);
  return send(here, message, { range: filter, openids });
}

/** Null is everybody. */
type Range = { range: unknown; openids: readonly string[] | null };

async function send(here: Here, message: Content, { range, openids }: Range): Promise<Response> {
  const said = message[message.msgtype] ?? (message.msgtype === 'image' ? message.images : undefined);
  if (said === undefined) return refusal(47001);
  const { clientmsgid } = message;
  if (new TextEncoder().encode(clientmsgid ?? '').length > clientIdBytesMax) return refusal(45067);
  const minute = offsetTime(here.now).slice(0, 16);
  if ((await countCall(here.db, minute, 'mass')) > perMinute) return refusal(45011);

  // Without an id of ours WeChat goes by the range and the content.
  const clientId = clientmsgid ?? (await digestOf([range, said]));
  const msgId = await begin(here, clientId);
  if (msgId === null) return again(here, clientId);
  const text = message.text?.content ?? '[群发消息]';
  here.later(runMass(here, { msgId, openids, text, data: { [message.msgtype]: said } }));
  return doneAs('msg_id', msgId, 'send job submission success');
}

/** Null when the same was sent within a day. */
async function begin({ db, now }: Here, clientId: string): Promise<string | null> {
  return db
    .prepare(
      `INSERT INTO mass SELECT ?1, ?2, ?3
       WHERE NOT EXISTS (SELECT 1 FROM mass WHERE client_msg_id = ?2 AND at > ?4) RETURNING msg_id`,
    )
    .bind(newMessageId(), clientId, now, now - dayMs)
    .first<string>('msg_id');
}

async function again({ db, now }: Here, clientId: string): Promise<Response> {
  const former = await db
    .prepare('SELECT msg_id, at FROM mass WHERE client_msg_id = ? ORDER BY at DESC, rowid DESC')
    .bind(clientId)
    .first<{ msg_id: string; at: number }>();
  if (former === null || now - former.at < minuteMs) return refusal(45066);
  return new Response(`{"errcode":45065,"errmsg":"clientmsgid exist","msg_id":${former.msg_id}}`);
}

/** From the text: the number has 64 bits. */
export async function massStatus({ here, text }: Call): Promise<Response> {
  const id = /"msg_id"\s*:\s*"?(\d+)/.exec(text)?.[1];
  if (id === undefined) return refusal(47001);
  const known = await here.db.prepare('SELECT 1 FROM mass WHERE msg_id = ?').bind(id).first();
  return known === null
    ? refusal(40097)
    : new Response(`{"msg_id":${id},"msg_status":"SEND_SUCCESS"}`, {
        headers: { 'content-type': 'application/json' },
      });
}
