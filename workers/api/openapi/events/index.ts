/** 标准单据: what the reference says of each. An event without its line here does not compile. */
import type { EventType, EventWords } from './define.ts';
import { recordEvents } from './members.ts';
import { packageEvents } from './packages.ts';
import { saleEvents } from './sales.ts';
import { storedEvents } from './stored.ts';

export const eventWords: Readonly<Record<EventType, EventWords>> = {
  ...saleEvents,
  ...recordEvents,
  ...storedEvents,
  ...packageEvents,
};
