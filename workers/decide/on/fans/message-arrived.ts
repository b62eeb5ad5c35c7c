/** 送达回执: whether messages arrived after the provider accepted them. */
import type { MessageArrived } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const messageArrived: On<MessageArrived> = {
  needs() {},
  decide: onMessageArrived,
};

function onMessageArrived(_: World, { receipts }: MessageArrived): Decision {
  if (receipts.length === 0) return ignore({ code: 'RECEIPT_EMPTY' });
  return accept(receipts.map((receipt) => ({ type: 'message.arrive', note: receipt })));
}
