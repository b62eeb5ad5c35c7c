/** 发送订阅通知: one for each consent; the answer has no number, the receipt has (errcode 43101 without a consent). */
import * as z from 'zod';
import type { Here } from '../here.ts';
import { deliver } from '../state/messages.ts';
import { newMessageId } from '../plain/random.ts';
import { personOf } from '../state/people.ts';
import { tell } from '../push/account.ts';
import { cardOf, templateOf } from '../state/templates.ts';
import type { Call } from './endpoint.ts';
import { done, refusal } from './errors.ts';
import { Values, faultIn, render } from './fields.ts';

const Body = z.object({
  touser: z.string(),
  template_id: z.string(),
  page: z.string().optional(),
  miniprogram: z.object({ appid: z.string().regex(/^wx/), pagepath: z.string().optional() }).optional(),
  data: Values,
});

export async function sendSubscription({ here, body }: Call): Promise<Response> {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return refusal(47001);
  const { touser, template_id: templateId, data, page, miniprogram } = parsed.data;
  const person = await personOf(here.db, touser);
  if (person === null) return refusal(40003);
  const template = await templateOf(here.db, 'subscription', templateId);
  if (template === null) return refusal(40037);
  const fault = faultIn(template, data);
  if (fault !== null) return refusal(47003, fault);
  if (!(await useConsent(here.db, touser, templateId))) return refusal(43101);

  const errorCode = here.settings.subscriptionReceipt;
  if (errorCode === 0) {
    await deliver(here, {
      openid: touser,
      sender: 'account',
      kind: 'subscription',
      text: render(template, data),
      data,
      card: cardOf(template),
      url: miniprogram?.pagepath ?? page,
    });
  }
  here.later(receipt(here, { openid: touser, templateId, errorCode }));
  return done();
}

async function receipt(
  here: Here,
  { openid, templateId, errorCode }: { openid: string; templateId: string; errorCode: number },
): Promise<void> {
  await scheduler.wait(here.settings.receiptDelayMs);
  const List = {
    TemplateId: templateId,
    MsgID: BigInt(newMessageId()),
    ErrorCode: errorCode,
    ErrorStatus: errorCode === 0 ? 'success' : 'failed',
  };
  await tell(here, openid, {
    MsgType: 'event',
    Event: 'subscribe_msg_sent_event',
    SubscribeMsgSentEvent: { List },
  });
}

/** One consent, one notice. */
export async function addConsent(db: D1Database, openid: string, templateId: string): Promise<void> {
  await db
    .prepare(
      `INSERT INTO consents VALUES (?, ?, 1)
       ON CONFLICT (openid, template_id) DO UPDATE SET remaining = remaining + 1`,
    )
    .bind(openid, templateId)
    .run();
}

/** Whoever refuses takes back what they had agreed to. */
export async function dropConsents(db: D1Database, openid: string, templateId: string): Promise<void> {
  await db
    .prepare('DELETE FROM consents WHERE openid = ? AND template_id = ?')
    .bind(openid, templateId)
    .run();
}

async function useConsent(db: D1Database, openid: string, templateId: string): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `UPDATE consents SET remaining = remaining - 1 WHERE openid = ? AND template_id = ? AND remaining > 0`,
    )
    .bind(openid, templateId)
    .run();
  return meta.changes > 0;
}
