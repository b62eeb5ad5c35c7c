/** 公众号 that takes every question of a diagnosis; a test lets one of them go wrong. */
import type { AccountCalls } from '../../workers/commands/diagnosis/wechat-asked.ts';

const good = { errcode: 0, errmsg: 'ok' } as const;

export const allTaken: AccountCalls = {
  callbackIps: async () => ({ ok: true, reply: good }),
  templates: async () => ({
    ok: true,
    reply: { ...good, templates: [{ id: 'TMPL_SALE', fields: ['amount1', 'thing2'] }] },
  }),
  quota: async () => ({ ok: true, reply: { ...good, quota: { limit: 100_000, left: 99_000 } } }),
  checkCallback: async () => ({
    ok: true,
    reply: { ...good, check: { pings: [{ packetLoss: '100%' }, { packetLoss: '0%' }] } },
  }),
};
