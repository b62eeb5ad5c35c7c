/** 发送模板消息: to followers only, with every field lawful; later WeChat says whether it arrived. */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { countSent, deliver, deliveredAs } from '../state/messages.ts';
import { personOf } from '../state/people.ts';
import { tell } from '../push/account.ts';
import { cardOf, templateOf } from '../state/templates.ts';
import type { Call } from './endpoint.ts';
import { doneAs, refusal } from './errors.ts';
import { Values, faultIn, render } from './fields.ts';

const Body = z.object({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().optional(),
  miniprogram: z.object({ appid: z.string().regex(/^wx/), pagepath: z.string().optional() }).optional(),
  client_msg_id: z.string().optional(),
  data: Values,
});

export async function sendTemplate({ here, body }: Call): Promise<Response> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { touser, template_id: templateId, data, client_msg_id: clientMsgId } = parsed.data;
  const person = await personOf(here.db, touser);
  if (person === null) return refusal(40003);
  const template = await templateOf(here.db, 'template', templateId);
  if (template === null) return refusal(40037);
  if (person.following === 0) return refusal(43004);
  if (person.refuses === 'account') return refusal(43019);
  const fault = faultIn(template, data);
  if (fault !== null) return refusal(47003, fault);
  if (await isTooOften(here, touser)) return refusal(43117);

  const status = person.refuses === 'person' ? 'failed:user block' : here.settings.templateReceipt;
  const msgid = await deliver(here, {
    openid: touser,
    sender: 'account',
    kind: 'template',
    text: render(template, data),
    data,
    card: cardOf(template),
    url: parsed.data.miniprogram?.pagepath ?? parsed.data.url,
    clientMsgId,
  });
  if (msgid === null) return doneAs('msgid', (await deliveredAs(here, touser, clientMsgId)) ?? '0');
  if (status.startsWith('failed')) await hide(here, msgid);
  if (status !== 'none') here.later(receipt(here, { openid: touser, msgid, status }));
  return doneAs('msgid', msgid);
}

const hourMs = 3_600_000;

const isTooOften = async (here: Here, openid: string): Promise<boolean> =>
  (await countSent(here, { openid, kind: 'template', since: here.now - hourMs })) >=
  here.settings.templatesPerPerson;

/** Accepted and not delivered: its id is remembered, the person never sees it. */
async function hide({ db }: Here, msgid: string): Promise<void> {
  await db.prepare('UPDATE messages SET hidden = 1 WHERE msgid = ?').bind(msgid).run();
}

async function receipt(
  here: Here,
  { openid, msgid, status }: { openid: string; msgid: string; status: string },
): Promise<void> {
  await scheduler.wait(here.settings.receiptDelayMs);
  await tell(here, openid, {
    MsgType: 'event',
    Event: 'TEMPLATESENDJOBFINISH',
    MsgID: BigInt(msgid),
    Status: status,
  });
}
