/** What may be connected, in the order in which it is asked for. */
import type { Part } from './define.ts';
import { officialAccount, relay } from './official-account.ts';
import { pay } from './pay.ts';
import { sms } from './sms.ts';
import { wecom } from './wecom.ts';

export const parts: readonly Part[] = [officialAccount, relay, wecom, sms, pay];
