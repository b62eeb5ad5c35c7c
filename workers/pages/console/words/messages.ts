/** 消息的说法: the ways, and how far a message has come. */
import type { Message } from '../../../../schema/index.ts';
import type { Tone } from '../kit/parts.tsx';

export const channelWays: Readonly<Record<string, string>> = {
  'wechat-service': '微信客服消息',
  'wechat-template': '微信模板消息',
  'wechat-subscription': '微信订阅通知',
  'wecom-app': '企业微信应用消息',
  'wecom-welcome': '企业微信欢迎语',
  sms: '短信',
  wechat: '微信被动回复',
  'wechat-passive': '微信自动回复',
};

export function stateOfMessage({ state, arrival }: Pick<Message, 'state' | 'arrival'>): {
  label: string;
  tone: Tone;
} {
  if (arrival === 'blocked') return { label: '被对方拒收', tone: 'stop' };
  if (arrival === 'failed') return { label: '没有送到', tone: 'stop' };
  if (state === 'sent') return { label: arrival === 'delivered' ? '已送达' : '已发出', tone: 'good' };
  return state === 'pending' ? { label: '等着发', tone: 'wait' } : { label: '没发成', tone: 'stop' };
}
