/** 模板消息: a card built from one of the account's own templates; never marketing (wechat.md §4.4). */
import { cardOf, fitCard } from '../fit-card.ts';
import { reasons } from '../words/reasons.ts';
import { openidOf, unlimited, type Channel } from './define.ts';

export const wechatTemplate: Channel = {
  name: 'wechat-template',
  label: '模板消息',
  line: 'wechat',
  costMilliYuan: 0,
  ...unlimited,
  permits: ({ message, recipient, settings }) => {
    if (message.purpose === 'marketing') return reasons.noMarketing;
    if (recipient.openid === null) return reasons.noOpenid;
    const fitted = fitCard(settings.wechatTemplates[message.kind], message.slots);
    return 'why' in fitted ? fitted.why : null;
  },
  send: (context, { wechat }) => {
    const { message, settings } = context;
    return wechat((sender, accessToken) =>
      sender.sendTemplate(accessToken, {
        touser: openidOf(context),
        ...cardOf(settings.wechatTemplates[message.kind], message.slots),
        // WeChat delivers one id only once within ten minutes, so a crash after sending does not send it twice.
        client_msg_id: `huike-${message.seq}`,
        ...(message.url === null ? {} : { url: message.url }),
      }),
    );
  },
};
