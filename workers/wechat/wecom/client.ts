/**
 * 企业微信接口: calls qyapi.weixin.qq.com and answers as `wechatClient` does.
 *
 * Every call but `token` has to come from an address on the app's 企业可信IP (60020 otherwise).
 * Source: developer.work.weixin.qq.com/document/path/91039 (token), 90236 (message), 92599, 96348.
 */
import * as z from 'zod';
import { call, plainReply, replyWith } from '../client/call.ts';
import { tokenReply } from '../client/replies.ts';
import type { Answer, Reply, TokenReply, WechatSettings } from '../client/types.ts';
import type { AppMessage, AppMessageReply, ContactWay, ContactWayReply, Welcome } from './types.ts';

export type * from './types.ts';

export type WecomClient = {
  /** The same token as long as it is good, so nobody races. The secret is the app's, or that of 客户联系. */
  readonly token: (app: { readonly corpId: string; readonly secret: string }) => Promise<Answer<TokenReply>>;
  readonly sendApp: (accessToken: string, message: AppMessage) => Promise<Answer<AppMessageReply>>;
  /** Once, within 20 seconds. 41051: already sent; 41096: another app is sending, and may be tried again. */
  readonly sendWelcome: (accessToken: string, welcome: Welcome) => Promise<Answer<Reply>>;
  /** 联系我: a code of an employee; 500,000 for a corporation. */
  readonly addContactWay: (accessToken: string, way: ContactWay) => Promise<Answer<ContactWayReply>>;
};

/** `baseUrl` is `https://qyapi.weixin.qq.com` or a relay on the app's 企业可信IP. */
export function wecomClient(settings: WechatSettings): WecomClient {
  const post = <R extends Reply>(path: string, accessToken: string, body: object, schema: z.ZodType<R>) =>
    call(settings, {
      path,
      query: { access_token: accessToken },
      body,
      secrets: [accessToken],
      schema,
    });
  return {
    token: ({ corpId, secret }) =>
      call(settings, {
        path: '/cgi-bin/gettoken',
        query: { corpid: corpId, corpsecret: secret },
        secrets: [secret],
        schema: tokenReply,
      }),
    sendApp: (accessToken, message) =>
      post('/cgi-bin/message/send', accessToken, appBody(message), appMessageReply),
    sendWelcome: (accessToken, { welcomeCode, text, attachments }) => {
      const words = text === null ? {} : { text: { content: text } };
      const body = { welcome_code: welcomeCode, ...words, attachments };
      return post('/cgi-bin/externalcontact/send_welcome_msg', accessToken, body, plainReply);
    },
    addContactWay: (accessToken, way) =>
      post('/cgi-bin/externalcontact/add_contact_way', accessToken, wayBody(way), contactWayReply),
  };
}

const duplicateCheckSecondsMax = 4 * 3600;

function appBody(message: AppMessage): object {
  const { userIds, agentId, duplicateCheckSeconds: seconds } = message;
  const content =
    'text' in message
      ? { msgtype: 'text', text: { content: message.text } }
      : { msgtype: 'textcard', textcard: message.textcard };
  return {
    touser: userIds.join('|'),
    agentid: agentId,
    ...content,
    enable_duplicate_check: seconds > 0 ? 1 : 0,
    duplicate_check_interval: Math.min(seconds, duplicateCheckSecondsMax),
  };
}

const inQrCode = 2;

const wayBody = ({ userIds, state, remark, skipVerify }: ContactWay): object => ({
  type: userIds.length > 1 ? 2 : 1,
  scene: inQrCode,
  user: userIds,
  state,
  remark,
  skip_verify: skipVerify,
});

const appMessageReply = z
  .object({ invaliduser: z.string().default('') })
  .loose()
  .transform((body, context): AppMessageReply => {
    const reply = plainReply.safeParse(body);
    if (reply.success) {
      return { ...reply.data, invalidUserIds: body.invaliduser.split('|').filter((id) => id !== '') };
    }
    context.addIssue({ code: 'custom', message: 'not a reply' });
    return z.NEVER;
  });

const contactWayReply = replyWith(
  'contactWay',
  z
    .object({ config_id: z.string().min(1), qr_code: z.string().default('') })
    .transform((body) => ({ configId: body.config_id, qrCodeUrl: body.qr_code })),
);
