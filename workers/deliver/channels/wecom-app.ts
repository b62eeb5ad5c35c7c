/** 企业微信应用消息: how associates get messages, in the app they work with. */
import { reasons } from '../words/reasons.ts';
import { unlimited, type Channel } from './define.ts';

/** WeCom cuts a text here. */
const textBytesMax = 2048;
/** The longest duplicate check that WeCom offers. */
const duplicateCheckSeconds = 4 * 3600;

/**
 * WeCom treats two requests with the same content as one message. The number at the end keeps two different messages apart and
 * repeats in a retry.
 */
const numbered = (text: string, seq: number): string => `${text}\n编号 ${seq}`;

export const wecomApp: Channel = {
  name: 'wecom-app',
  label: '企业微信',
  line: 'wecom',
  costMilliYuan: 0,
  ...unlimited,
  permits: ({ message: { text, seq }, recipient }) => {
    if (recipient.wecomUserId === null) return reasons.noWecomUser;
    if (text === '') return reasons.emptyText;
    const bytes = new TextEncoder().encode(numbered(text, seq)).length;
    return bytes > textBytesMax ? reasons.textTooLong(bytes, textBytesMax) : null;
  },
  send: ({ message: { text, seq }, recipient: { wecomUserId } }, { wecom }) =>
    wecom((sender, accessToken) =>
      sender.sendApp(accessToken, {
        userIds: wecomUserId === null ? [] : [wecomUserId],
        agentId: sender.agentId,
        duplicateCheckSeconds,
        text: numbered(text, seq),
      }),
    ),
};
