/** The channels. A new one is its file, its line here and its test. */
import type { Channel } from './define.ts';
import { wechatService } from './wechat-service.ts';
import { wechatTemplate } from './wechat-template.ts';

export const channels: readonly Channel[] = [wechatTemplate, wechatService];
