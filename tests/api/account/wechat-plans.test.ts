/** What the calls around the account ask of the database: a shop has a million followers, and as many words. */
import { expect, test } from 'vitest';
import type { MassAudience } from '../../../schema/index.ts';
import type { Value } from '../../../workers/db/db.ts';
import { candidatesOf } from '../../../workers/db/mass/mass-audience.ts';
import { nextMassWork } from '../../../workers/db/mass/mass-messages.ts';
import { scenesToRenew } from '../../../workers/db/shop/scenes.ts';
import { sealOpenid } from '../../../workers/views/thread-ids.ts';
import { acted } from '../../support/wechat.ts';
import { openOffice, type Office } from '../support.ts';

const growing =
  'contacts|outbox|fans|fan_windows|identities|members|mass_counters|mass_pages|mass_messages|scenes';
const scans = new RegExp(`^SCAN (c|f|i|m|n|o|r|s|t|u|w|${growing})\\b(?! USING INDEX)`);

async function open(): Promise<{
  office: Office;
  sent: Map<string, readonly Value[]>;
  plan: () => string[];
}> {
  const sent = new Map<string, readonly Value[]>();
  const office = await openOffice({
    through: (db) => ({
      batch: (statements) => {
        for (const { sql, params } of statements) sent.set(sql, params);
        return db.batch(statements);
      },
    }),
  });
  sent.clear();
  const plan = (): string[] =>
    [...sent].flatMap(([sql, params]) =>
      office.shop.db.all(`EXPLAIN QUERY PLAN ${sql}`, ...params).map(({ detail }) => String(detail)),
    );
  return { office, sent, plan };
}

test.each([
  '/conversations',
  '/conversations?associate=12',
  '/conversations/THREAD/messages',
  '/conversations/MEMBER/messages',
  '/members/MEMBER/contacts',
  '/fans',
  '/scenes',
  '/scenes/adv_12',
])('GET %s walks through no table that grows with the shop', async (path) => {
  const { office, sent, plan } = await open();
  const { shop, admin, pos } = office;
  acted(shop, 'oA');
  const { json } = await pos('POST', '/members', { body: { openid: 'oA' } });
  shop.db.all(`INSERT INTO contacts VALUES (1, 'oA', NULL, NULL, 'in', 'wechat', 'text', 'x', 'c', 0, NULL)`);
  shop.db.all(`INSERT INTO fans VALUES ('oA', NULL, 0, NULL, NULL, NULL, NULL)`);
  const thread = await sealOpenid(shop.engine, 'oB');
  sent.clear();
  await admin('GET', path.replace('THREAD', thread).replace('MEMBER', String(json['id'])));
  const steps = plan();
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.filter((step) => scans.test(step))).toEqual([]);
});

test.each<[string, MassAudience]>([
  ['all', { all: true }],
  ['a tag', { tag: '奶粉客' }],
])('the next page of %s begins where the last one ended, and sorts nobody', async (_, audience) => {
  const { office } = await open();
  const { sql, params } = candidatesOf(audience, { cursor: 'o5', month: '2026-11', limit: 10_001 });
  const steps = office.shop.db
    .all(`EXPLAIN QUERY PLAN ${sql}`, ...params)
    .map(({ detail }) => String(detail));
  expect(steps.filter((step) => scans.test(step) || step.includes('TEMP B-TREE'))).toEqual([]);
  expect(steps[0]).toBe('SEARCH f USING PRIMARY KEY (openid>?)');
});

test('the cron looks for work by index alone', async () => {
  const { office, plan } = await open();
  const { db } = office.shop.engine;
  await nextMassWork(db, office.shop.clock.now, 1);
  await scenesToRenew(db, office.shop.clock.now, 1);
  expect(plan().filter((step) => scans.test(step))).toEqual([]);
});
