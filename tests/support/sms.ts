/** A provider of text messages as the test plays it: remembers what it was given, and answers what it is told to. */
import type { SmsMessage, SmsProvider, SmsVerdict } from '../../workers/sms/define.ts';

export type PlayedSms = SmsProvider & { readonly sent: SmsMessage[] };

/** Without other orders every message is taken. */
export function playSms(answer: (message: SmsMessage) => SmsVerdict | null = () => null): PlayedSms {
  const sent: SmsMessage[] = [];
  return {
    name: 'played',
    sent,
    send: async (message) => {
      sent.push(message);
      return answer(message) ?? { verdict: 'sent', receipt: String(sent.length) };
    },
  };
}

/** Switched on, with a template for each of these kinds. */
export const smsSettings = (kinds: readonly string[]) => ({
  on: true,
  signName: '阳光小镇',
  templates: Object.fromEntries(kinds.map((kind) => [kind, { id: `SMS_${kind}`, params: {} }])),
});
