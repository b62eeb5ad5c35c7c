/** 沙盒短信: development only; the text arrives on the sandbox's phone. */
import * as z from 'zod';
import { ask, unknown } from './call.ts';
import type { SmsProvider, SmsSettings } from './define.ts';

/** The default address of `npm start`. */
export const sandboxBase = 'http://127.0.0.1:8787';

const Reply = z.object({ id: z.string() });

export const sandboxSms = (settings: SmsSettings): SmsProvider => ({
  name: 'sandbox',
  send: async ({ phone, params, signName, text }) => {
    const words = text ?? params.map(({ value }) => value).join('，');
    const request = new Request(`${settings.baseUrl.replace(/\/+$/, '')}/sandbox/sms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, text: `【${signName}】${words}` }),
    });
    const told = await ask(settings, request);
    if (!told.ok) return told.verdict;
    const reply = Reply.safeParse(told.body);
    return reply.success ? { verdict: 'sent', receipt: reply.data.id } : unknown('沙盒没有接收').verdict;
  },
});
