/** 渠道设置: what the merchant has to set before a channel may carry messages. */
import * as z from 'zod';

const kindsNamed = z.string().max(40);

/** A template of the account, and which of our slots fills which of its fields. */
export const NoticeTemplate = z.strictObject({
  id: z.string().trim().min(1).max(64),
  fields: z.record(z.string().regex(/^[a-z_]+\d+$/, 'looks like thing1'), z.string().max(40)),
});
export type NoticeTemplate = z.infer<typeof NoticeTemplate>;

/** By message kind. */
export const NoticeTemplates = z.record(kindsNamed, NoticeTemplate);

/** 短信: costs money and reaches people who never asked for it, so it is off until the merchant turns it on. */
export const SmsSettings = z.strictObject({
  on: z.boolean().default(false),
  /** 签名, as the provider approved it, without the brackets 【】. */
  signName: z.string().trim().max(20).default(''),
  /**
   * By message kind: the provider's template, and which of our slots fills which of its variables. Tencent numbers its
   * variables instead of naming them, so their order counts.
   */
  templates: z
    .record(
      kindsNamed,
      z.strictObject({
        id: z.string().trim().min(1).max(64),
        params: z.record(z.string().min(1).max(40), z.string().max(40)).default({}),
      }),
    )
    .default({})
    .meta({
      description:
        'Marketing texts (`text`) go only to members who agreed to them. Members have no page to agree on yet, so none is sent, whatever is set here.',
    }),
});
export type SmsSettings = z.infer<typeof SmsSettings>;
