/** 没发完的: messages that an invocation had written to send them itself, and died. */
import { letGo } from '../../db/outbox/in-hand.ts';
import type { Chore } from './define.ts';

export const inHand: Chore = {
  name: 'in-hand',
  label: '找回没发完的消息',
  when: { everyMinutes: { free: 4, paid: 1 } },
  budget: { free: { statements: 2, cpuMs: 0.2 }, paid: { statements: 2, cpuMs: 10 } },
  run: ({ engine }, now) => engine.db.batch(letGo(now)),
};
