/** 公众号消息 in our words: the messages that are acted on, and why the others are only stored. */
import type { Arrival, EventId, InboxEvent, MessageArrived, WechatEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import type { WechatMessage } from '../../wechat/messages.ts';
import { readStored } from './wechat.ts';

export function normaliseWechat(row: InboxEvent): Normalised {
  if (row.body === '') return { ignored: { code: 'EMPTIED' } };
  const message = readStored(row.body);
  if (!message) return { parked: { code: 'BODY_UNREADABLE', detail: '既不是 XML 也不是 JSON' } };
  const event = toDomain(message, row.id);
  return event ? { event } : { ignored: { code: 'NOT_ACTED_ON', type: row.type } };
}

const arrivals: Readonly<Record<'sent' | 'blocked' | 'failed', Arrival>> = {
  sent: 'delivered',
  blocked: 'blocked',
  failed: 'failed',
};

function toDomain(message: WechatMessage, id: EventId): WechatEvent | null {
  const told = { id, namespace: '', occurredAt: message.createdAt };
  const ofFan = { ...told, openid: message.openid };
  switch (message.kind) {
    case 'subscribe':
      return { ...ofFan, type: 'fan.followed', scene: message.scene };
    case 'unsubscribe':
      return { ...ofFan, type: 'fan.unfollowed' };
    case 'scan':
      return { ...ofFan, type: 'fan.scanned', scene: message.scene };
    case 'text':
      return { ...ofFan, type: 'fan.said', kind: message.kind, text: message.content };
    case 'voice':
      return { ...ofFan, type: 'fan.said', kind: message.kind, text: message.recognition };
    case 'location':
      return { ...ofFan, type: 'fan.said', kind: message.kind, text: message.label || null };
    case 'image':
    case 'video':
    case 'shortvideo':
    case 'link':
    case 'miniprogram-card':
      return { ...ofFan, type: 'fan.said', kind: message.kind, text: null };
    case 'click':
    case 'scancode':
      return { ...ofFan, type: 'fan.clicked', key: message.key };
    case 'subscription-answers':
      return {
        ...ofFan,
        type: 'fan.permitted',
        isFinal: message.from === 'change',
        answers: message.answers.map(({ templateId, accepted }) => ({ templateId, isAccepted: accepted })),
      };
    case 'template-sent':
    case 'subscription-sent':
    case 'mass-sent':
      return { ...told, type: 'message.arrived', receipts: receiptsOf(message) };
    case 'authorization-revoked':
    case 'account-cancelled':
      return {
        ...told,
        type: 'fan.revoked',
        openid: message.subject,
        isAccountGone: message.kind === 'account-cancelled',
      };
    case 'view':
    case 'view-miniprogram':
    case 'pictures':
    case 'location-report':
    case 'location-select':
    case 'profile-modified':
    case 'customer-service-session':
    case 'card':
    case 'unknown':
      return null;
    default:
      return message satisfies never;
  }
}

type Sent = Extract<WechatMessage, { readonly kind: 'template-sent' | 'subscription-sent' | 'mass-sent' }>;

const saidCharactersMax = 200;
/** In WeChat's own words, which say what has to be done. */
const inItsWords = (said: string): string =>
  `微信回执：${said.slice(0, saidCharactersMax) || '没有说明原因'}`;

/** 回执: whether a sent message arrived. */
function receiptsOf(message: Sent): MessageArrived['receipts'] {
  switch (message.kind) {
    case 'template-sent': {
      const why = message.status === 'sent' ? null : inItsWords(message.said);
      return [{ receipt: message.msgId, arrival: arrivals[message.status], why }];
    }
    case 'subscription-sent':
      return message.results.map(({ msgId, errorCode, errorStatus }) => ({
        receipt: msgId,
        arrival: errorCode === 0 ? 'delivered' : 'failed',
        why: errorCode === 0 ? null : inItsWords(`${errorCode} ${errorStatus}`),
      }));
    case 'mass-sent': {
      const { msgId, isSent, status, total, filtered, sent, failed } = message;
      const why = isSent ? null : inItsWords(status);
      const mass = { status, total, filtered, sent, failed };
      return [{ receipt: msgId, arrival: isSent ? 'delivered' : 'failed', why, mass }];
    }
    default:
      return message satisfies never;
  }
}
