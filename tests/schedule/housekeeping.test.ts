/** 夜间清理 and 静默告警, seen from the cron: what a minute of it does at a given time. */
import { expect, test } from 'vitest';
import type { Source } from '../../schema/index.ts';
import { tick } from '../../workers/schedule/tick.ts';
import type { Workshop } from '../../workers/work.ts';
import { at, rfc3339, sale } from '../support/builders.ts';
import { inboxRows, rowCounts, till, type Shop } from '../support/shop.ts';
import { items, openOffice } from '../api/support.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

const workshopOf = (shop: Shop): Workshop => ({
  engine: shop.engine,
  doorbell: shop.receiver.doorbell,
  clock: () => shop.clock.now,
  plan: { eventsPerGroup: 250, groupsPerInvocation: 20, messagesPerInvocation: 6, remindersPerTick: 250 },
  delivery: {
    db: shop.engine.db,
    config: shop.engine.config,
    client: { send: () => Promise.reject(new Error('nothing is sent here')) } as never,
    tokens: { token: () => Promise.reject(new Error('nothing is sent here')) } as never,
    jitter: () => 0,
  },
});
