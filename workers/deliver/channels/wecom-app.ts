/** 企业微信应用消息: how associates are told, in the app they work with. */
import { reasons } from '../words/reasons.ts';
import { unlimited, type Channel } from './define.ts';

/** WeCom cuts a text here. */
const textBytesMax = 2048;
/** The longest that WeCom remembers. */
const duplicateCheckSeconds = 4 * 3600;

/**
 * WeCom takes two requests of the same content for one message. The number at the end makes them the same only when they are
 * one message tried twice, and not when a member says the same thing twice.
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
