/** 企业微信欢迎语: sent once to a new customer, within twenty seconds, or not at all. */
import { reasons } from '../words/reasons.ts';
import { unlimited, type Channel } from './define.ts';

/** What WeCom allows, less the time a call may take (wechat.md §6). */
const withinMs = 18_000;

export const wecomWelcome: Channel = {
  name: 'wecom-welcome',
  label: '企业微信欢迎语',
  line: 'wecom',
  costMilliYuan: 0,
  ...unlimited,
  permits: ({ message: { slots, text }, now }) => {
    if (!slots['welcomeCode']) return reasons.noWelcomeCode;
    if (text === '') return reasons.emptyText;
    return now - Number(slots['askedAt']) > withinMs ? reasons.welcomeTooLate : null;
  },
  send: ({ message: { slots, text } }, { wecom }) =>
    wecom((sender, accessToken) =>
      sender.sendWelcome(accessToken, { welcomeCode: slots['welcomeCode'] ?? '', text, attachments: [] }),
    ),
};
