/** 客服消息: a plain text, allowed only while the person's last act keeps a window open (wechat.md §4.3). */
import { reasons } from '../words/reasons.ts';
import { openidOf, type Channel } from './define.ts';

/** WeChat refuses a text of more than 2,048 bytes. */
const textBytesMax = 2048;

export const wechatService: Channel = {
  name: 'wechat-service',
  label: '客服消息',
  line: 'wechat',
  costMilliYuan: 0,
  permits: ({ message: { text }, recipient: { openid, windows } }) => {
    if (openid === null) return reasons.noOpenid;
    if (windows.length === 0) return reasons.noWindow;
    const bytes = new TextEncoder().encode(text).length;
    if (bytes === 0) return reasons.emptyText;
    return bytes > textBytesMax ? reasons.textTooLong(bytes, textBytesMax) : null;
  },
  // When WeChat does not answer, the count stands: the message may have been sent, and one too many would close the window for
  // every other message.
  quota: (context) => ({ kind: 'window', key: [openidOf(context)], limits: [] }),
  // 45015: outside the window or unfollowed; 45047: used up.
  exhaustedBy: new Set([45015, 45047]),
  send: (context, { wechat }) =>
    wechat((sender, accessToken) =>
      sender.sendCustom(accessToken, {
        touser: openidOf(context),
        msgtype: 'text',
        text: { content: context.message.text },
      }),
    ),
};
