/** 验证码短信: the code in the template that the provider approved. */
import type { MerchantSettings } from '../../../schema/index.ts';
import type { SmsProvider } from '../ports.ts';

/** The key of its template in MerchantSettings' SMS templates. */
const kind = 'code';
const lifeMinutes = 5;

type Message = Parameters<SmsProvider['send']>[0];

/** Null when SMS is off, or the signature or the template is missing. */
export function codeMessage({ sms }: MerchantSettings, phone: string, code: string): Message | null {
  const template = sms.templates[kind];
  if (!sms.on || sms.signName === '' || !template) return null;
  const words: Readonly<Record<string, string>> = { code, minutes: String(lifeMinutes) };
  const variables = Object.entries(template.params);
  const named = variables.length > 0 ? variables : [['code', 'code'] as const];
  return {
    phone,
    templateId: template.id,
    params: named.map(([name, word]) => ({ name, value: words[word] ?? '' })),
    signName: sms.signName,
    text: `您的验证码是${code}，${lifeMinutes}分钟内有效，请勿告诉他人。`,
  };
}
