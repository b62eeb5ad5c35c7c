/** 订阅通知: one card for each consent the person gave to its template (wechat.md §4.5). */
import { cardOf, fitCard } from '../fit-card.ts';
import { reasons } from '../words/reasons.ts';
import { openidOf, type Channel } from './define.ts';

export const wechatSubscription: Channel = {
  name: 'wechat-subscription',
  label: '订阅通知',
  line: 'wechat',
  costMilliYuan: 0,
  permits: ({ message, recipient, settings }) => {
    if (recipient.openid === null) return reasons.noOpenid;
    const template = settings.wechatSubscriptions[message.kind];
    const fitted = fitCard(template, message.slots);
    if ('why' in fitted) return fitted.why;
    return (recipient.permissions.get(fitted.card.template_id) ?? 0) > 0 ? null : reasons.noPermission;
  },
  quota: (context) => {
    const template = context.settings.wechatSubscriptions[context.message.kind];
    return { kind: 'permission', key: [openidOf(context), template?.id ?? ''], limits: [] };
  },
  // Refused, or used up elsewhere.
  exhaustedBy: new Set([43101]),
  send: (context, { wechat }) => {
    const { message, settings } = context;
    return wechat((sender, accessToken) =>
      sender.sendSubscription(accessToken, {
        touser: openidOf(context),
        ...cardOf(settings.wechatSubscriptions[message.kind], message.slots),
        ...(message.url === null ? {} : { page: message.url }),
      }),
    );
  },
};
