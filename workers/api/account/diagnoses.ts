/** 公众号体检, and that of texts and payouts, over the API. */
import * as z from 'zod';
import { namedAnswer, ok, route } from '../call/define.ts';

const Finding = z.strictObject({
  code: z
    .string()
    .meta({ description: 'Stable: setting.token.malformed, ip-not-whitelisted, bad-app-secret …' }),
  isFatal: z.boolean().meta({ description: 'True when messages cannot be received or sent because of it.' }),
  what: z.string().meta({ description: 'For the shop to read, in Chinese.' }),
  remedy: z.string(),
});

export const wechatDiagnosis = route({
  method: 'GET',
  path: '/wechat/diagnosis',
  tag: 'Official account',
  summary: 'What is wrong with the connection to WeChat',
  description:
    'Checks the settings, asks WeChat for a token and one harmless call, and looks at the last callback. An empty list is good news.',
  scope: 'admin',
  statuses: [200],
  answer: namedAnswer('WechatDiagnosis', z.strictObject({ ok: z.boolean(), findings: z.array(Finding) })),
  handle: async ({ deps }) => ok(answerOf((await deps.diagnoses?.wechat()) ?? [])),
});

export const channelsDiagnosis = route({
  method: 'GET',
  path: '/channels/diagnosis',
  tag: 'Official account',
  summary: 'What is wrong with text messages and WeChat Pay',
  description:
    'Checks the settings, and asks WeChat Pay for a bill that nobody made, which shows that the keys are right. Nothing is sent or paid. An empty list is good news.',
  scope: 'admin',
  statuses: [200],
  answer: namedAnswer('ChannelsDiagnosis', z.strictObject({ ok: z.boolean(), findings: z.array(Finding) })),
  handle: async ({ deps }) => ok(answerOf((await deps.diagnoses?.channels()) ?? [])),
});

const answerOf = (findings: readonly z.infer<typeof Finding>[]) => ({
  ok: !findings.some(({ isFatal }) => isFatal),
  findings: [...findings],
});
