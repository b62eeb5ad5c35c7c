/** 发送模板消息: to followers only, with every field lawful, so many a day. */
import * as z from 'zod';
import { deliver, deliveredAs, templatesSince } from '../messages.ts';
import { personOf } from '../people.ts';
import { templateOf, type Template } from '../templates.ts';
import { dayStart } from '../time.ts';
import { refusal } from './errors.ts';
import { readControl } from './faults.ts';
import { faultOf } from './field-rules.ts';

const Body = z.object({
  touser: z.string(),
  template_id: z.string(),
  url: z.string().optional(),
  client_msg_id: z.string().optional(),
  data: z.record(
    z.string(),
    z.object({ value: z.union([z.string(), z.number().transform(String)]).optional() }),
  ),
});
type Values = z.infer<typeof Body>['data'];

export async function sendTemplate(db: D1Database, body: unknown): Promise<Response> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { touser, template_id: templateId, url, client_msg_id: clientMsgId, data } = parsed.data;

  const person = await personOf(db, touser);
  if (person === null) return refusal(40003);
  const template = templateOf(templateId);
  if (template === null) return refusal(40037);
  if (person.following === 0) return refusal(43004);
  for (const { key } of template.fields) {
    const fault = faultOf(key, data[key]?.value);
    if (fault !== null) return refusal(47003, fault);
  }

  const former = await deliveredAs(db, touser, clientMsgId ?? null);
  if (former !== null) return sent(former);
  const { templateQuota } = await readControl(db);
  if ((await templatesSince(db, dayStart(Date.now()))) >= templateQuota) return refusal(45009);

  const text = render(template, data);
  return sent(
    await deliver(db, {
      openid: touser,
      sender: 'account',
      kind: 'template',
      text,
      data,
      templateId,
      url,
      clientMsgId,
    }),
  );
}

function render(template: Template, data: Values): string {
  const lines = template.fields.map(({ key, label }) => `${label}：${data[key]?.value ?? ''}`);
  return [template.title, ...lines].join('\n');
}

/** Written by hand because the number has 64 bits. */
function sent(msgid: string): Response {
  return new Response(`{"errcode":0,"errmsg":"ok","msgid":${msgid}}`, {
    headers: { 'content-type': 'application/json' },
  });
}
