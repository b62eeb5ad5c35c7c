/** 连通测试: a sender checks the connection. */
import type { Ping } from '../../../schema/index.ts';
import { ignore } from '../effects.ts';
import type { On } from './define.ts';

export const ping: On<Ping> = {
  needs() {},
  decide: () => ignore({ code: 'PING' }),
};
