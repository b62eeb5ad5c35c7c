/** 企业微信事件 in our words. */
import type { InboxEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import { readWecom } from './wecom.ts';

export function normaliseWecom(row: InboxEvent): Normalised {
  const message = readWecom(row.body);
  if (!message) return { parked: { code: 'BODY_UNREADABLE', detail: '不是 XML，或已按保留期限清空' } };
  const told = { id: row.id, namespace: '', occurredAt: message.createdAt };
  switch (message.kind) {
    case 'contact-added':
    case 'welcome-allowed': {
      const { userId, externalUserId, state, welcomeCode } = message;
      return {
        event: {
          ...told,
          type: 'customer.added',
          wecomUserId: userId,
          externalUserId,
          scene: state,
          welcomeCode,
          ...(message.kind === 'welcome-allowed' && { isKnown: true }),
        },
      };
    }
    case 'text':
      return { event: { ...told, type: 'staff.said', wecomUserId: message.userId, text: message.content } };
    case 'media':
      return { event: { ...told, type: 'staff.said', wecomUserId: message.userId, text: null } };
    case 'contact-edited':
    case 'contact-removed':
    case 'transfer-failed':
    case 'click':
    case 'unknown':
      return { ignored: { code: 'NOT_ACTED_ON', type: row.type } };
    default:
      return message satisfies never;
  }
}
