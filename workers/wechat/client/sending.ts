/** 发消息: template, customer-service, subscription and mass messages. */
import { call, plainReply } from './call.ts';
import type { MassMessage } from './messages.ts';
import { massReply } from './replies.ts';
import type { WechatSettings } from './types.ts';
import type { WechatClient } from './methods.ts';

type SendingMethods = Pick<
  WechatClient,
  'sendTemplate' | 'sendCustom' | 'typing' | 'sendSubscription' | 'massSend'
>;

export function sendingMethods(settings: WechatSettings): SendingMethods {
  const post = (path: string, accessToken: string, body: object) =>
    call(settings, {
      path,
      query: { access_token: accessToken },
      body,
      secrets: [accessToken],
      schema: plainReply,
    });
  return {
    sendTemplate: (accessToken, message) => post('/cgi-bin/message/template/send', accessToken, message),
    sendCustom: (accessToken, message) => post('/cgi-bin/message/custom/send', accessToken, message),
    typing: (accessToken, { touser, isTyping }) =>
      post('/cgi-bin/message/custom/typing', accessToken, {
        touser,
        command: isTyping ? 'Typing' : 'CancelTyping',
      }),
    sendSubscription: (accessToken, message) =>
      post('/cgi-bin/message/subscribe/bizsend', accessToken, message),
    massSend: (accessToken, message) =>
      call(settings, {
        path: '/cgi-bin/message/mass/send',
        query: { access_token: accessToken },
        body: massBody(message),
        secrets: [accessToken],
        schema: massReply,
      }),
  };
}

function massBody(message: MassMessage): object {
  const { openids: touser, clientmsgid } = message;
  if ('text' in message) {
    return { touser, msgtype: 'text', text: { content: message.text }, clientmsgid };
  }
  const mpnews = { media_id: message.mediaId };
  // 1: an article found to be a copy is sent on as a copy, instead of failing the whole.
  return { touser, msgtype: 'mpnews', mpnews, send_ignore_reprint: 1, clientmsgid };
}
