/** 一条文字 into the outbox, for a person known only by openid. */
import { outbox } from '../../../schema/index.ts';
import type { Statement } from '../db.ts';
import { insertSet } from '../set.ts';

export const queueText = (message: {
  readonly cause: string;
  readonly openid: string;
  readonly text: string;
  readonly at: number;
}): Statement =>
  insertSet(
    outbox,
    [
      {
        cause: message.cause,
        kind: 'text',
        openid: message.openid,
        payload: { text: message.text },
        state: 'pending',
        dueAt: message.at,
        attempts: 0,
        createdAt: message.at,
      },
    ],
    ['seq'],
  );
