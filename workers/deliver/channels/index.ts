/** The channels. A new one is its file, its line here and its test. */
import type { Channel } from './define.ts';
import { sms } from './sms.ts';
import { wechatService } from './wechat-service.ts';
import { wechatSubscription } from './wechat-subscription.ts';
import { wechatTemplate } from './wechat-template.ts';
import { wecomApp } from './wecom-app.ts';
import { wecomWelcome } from './wecom-welcome.ts';

export const channels: readonly Channel[] = [
  wechatTemplate,
  wechatService,
  wechatSubscription,
  wecomApp,
  wecomWelcome,
  sms,
];

const byName = new Map(channels.map((channel) => [channel.name, channel]));

export const channelOf = (name: string): Channel | null => byName.get(name) ?? null;
export const labelOf = (name: string): string => byName.get(name)?.label ?? name;
