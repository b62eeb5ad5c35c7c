/** 模板消息: a card built from one of the account's own templates. */
import { fitField } from '../../wechat/fields.ts';
import type { Channel } from './define.ts';

export const wechatTemplate: Channel = {
  name: 'wechat-template',
  prepare: ({ seq, kind, openid, slots }, settings) => {
    const template = settings.wechatTemplates[kind];
    if (!template) return { unsuitable: `没有为 ${kind} 设置模板` };
    const data: Record<string, { value: string }> = {};
    for (const [field, slot] of Object.entries(template.fields)) {
      const fitted = fitField(field, slots[slot] ?? '');
      if (!fitted.ok) return { unsuitable: `模板字段 ${field}（${slot}）：${fitted.why}` };
      data[field] = { value: fitted.value };
    }
    return (client, accessToken) =>
      client.sendTemplate(accessToken, {
        touser: openid,
        template_id: template.id,
        // WeChat delivers one id once for ten minutes: a crash between sending and noting it stays unseen.
        client_msg_id: `huike-${seq}`,
        data,
      });
  },
};
