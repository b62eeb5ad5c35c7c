/** 企业微信事件 in our words. */
import type { InboxEvent } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import { readWecom } from './wecom.ts';

export function normaliseWecom(row: InboxEvent): Normalised {
  const message = readWecom(row.body);
  if (!message) return { parked: 'not XML; if it was emptied, there is nothing to replay' };
  if (message.kind !== 'contact-added')
    return { ignored: `kept for the record: nothing acts on ${row.type}` };
  const { userId, externalUserId, state, welcomeCode } = message;
  return {
    event: {
      type: 'customer.added',
      id: row.id,
      namespace: '',
      occurredAt: message.createdAt,
      wecomUserId: userId,
      externalUserId,
      scene: state,
      welcomeCode,
    },
  };
}
