/** 客服消息: a plain text, lawful only while the member's own last act keeps the window open. */
import type { Channel } from './define.ts';

/** WeChat refuses a text of more than 2,048 bytes. */
const textBytesMax = 2048;

export const wechatService: Channel = {
  name: 'wechat-service',
  prepare: ({ openid, text }) => {
    const bytes = new TextEncoder().encode(text).length;
    if (bytes === 0) return { unsuitable: '消息内容为空' };
    if (bytes > textBytesMax) return { unsuitable: `消息有 ${bytes} 字节，微信最多收 ${textBytesMax} 字节` };
    return (client, accessToken) =>
      client.sendCustom(accessToken, { touser: openid, msgtype: 'text', text: { content: text } });
  },
};
