/** What a fresh database needs before anyone can use it: a token, a source that may send, and the demo's settings. */
import { createHash } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import { sourceId } from './credentials.ts';
import { topUpPlan } from '../workers/sandbox/demo/promotions.ts';

const runOut = {
  id: 'TMPL_RUN_OUT',
  fields: { thing1: 'member', thing2: 'product', date3: 'endsOn', thing4: 'tip' },
};
const birthday = {
  id: 'TMPL_BIRTHDAY',
  fields: { thing1: 'member', date2: 'birthdayOn', thing3: 'store', thing4: 'tip' },
};

const stageUp = {
  id: 'TMPL_STAGE_UP',
  fields: { thing1: 'member', thing2: 'goods', thing3: 'stage', date4: 'on' },
};

/** One for every kind of message that goes by card, as the sandbox's template library has them. */
export const wechatTemplates = {
  'sale-earned': {
    id: 'TMPL_SALE_EARNED',
    fields: { amount1: 'paid', thing2: 'store', thing3: 'earned', time4: 'at' },
  },
  'transfer-waiting': {
    id: 'TMPL_WITHDRAWAL',
    fields: { amount1: 'amount', character_string2: 'bill', thing3: 'tip' },
  },
  'points-ending': {
    id: 'TMPL_POINTS',
    fields: { thing1: 'shop', character_string2: 'points', date3: 'lastOn', thing4: 'tip' },
  },
  'taken-back': { id: 'TMPL_TAKEN_BACK', fields: { thing1: 'shop', thing2: 'campaign', thing3: 'taken' } },
  'associate-changed': {
    id: 'TMPL_ASSOCIATE',
    fields: { thing1: 'before', thing2: 'after', thing3: 'tip' },
  },
  joined: { id: 'TMPL_JOINED', fields: { thing1: 'shop', thing2: 'earned' } },
  'run-out-member': runOut,
  'run-out-associate': runOut,
  'birthday-member': birthday,
  'birthday-associate': birthday,
  'stage-up-member': stageUp,
  'stage-up-associate': stageUp,
  'chat-associate': { id: 'TMPL_MESSAGE', fields: { thing1: 'member', thing2: 'said', thing3: 'tip' } },
};

const demoSettings = (url: string): object => ({
  shopName: '阳光小镇母婴',
  publicUrl: url,
  wechatTemplates,
  sms: {
    on: true,
    signName: '阳光小镇母婴',
    templates: { code: { id: 'SMS_100001', params: { code: 'code' } } },
  },
  checkIn: { on: true },
  storedValue: { ceilingPercent: 50, plans: [topUpPlan] },
  wechat: {
    keywords: [
      { match: 'contains', words: ['营业时间', '几点开门'], reply: '{店名}每天9点到21点营业，欢迎来坐坐。' },
      { match: 'exact', words: ['积分'], reply: '您现在有{积分}积分，到店可以换券。' },
    ],
    fallback: '收到啦，店里看到后会尽快回复您。',
  },
});

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** True when the database was empty, and is now ready to be filled through the API. */
export async function firstRun(
  db: D1Database,
  { apiToken, erpSecret }: Credentials,
  url: string,
): Promise<boolean> {
  const known = await db.prepare(`SELECT count(*) AS sources FROM sources`).first<{ sources: number }>();
  if (known && known.sources > 0) return false;
  const now = Date.now();
  await db.batch([
    db
      .prepare(
        `INSERT INTO api_tokens (hash, id, name, scopes, created_at) VALUES (?, 'tk_local', ?, ?, CAST(? AS INTEGER))`,
      )
      .bind(tokenHash(apiToken), 'local', '["admin","pos"]', now),
    db
      .prepare(`INSERT INTO settings (key, value) VALUES ('merchant', ?)`)
      .bind(JSON.stringify(demoSettings(url))),
    db.prepare(`INSERT INTO settings (key, value) VALUES ('config_version', '1')`),
    db
      .prepare(
        `INSERT INTO sources (id, name, adapter, namespace, secrets, created_at)
         VALUES (?, ?, 'generic', 'erp', ?, CAST(? AS INTEGER))`,
      )
      .bind(sourceId, '演示收银机', JSON.stringify([{ secret: erpSecret, validTo: null }]), now),
  ]);
  return true;
}
