import { expect, test } from 'vitest';
import type { Db, Value } from '../../../workers/db/db.ts';
import { refund, sale } from '../../support/builders.ts';
import { openShop } from '../../support/shop.ts';
import { openOffice } from '../support.ts';

/** Campaigns, templates, plans and sources are few; of these a shop has a million. */
const scansOfGrowingTables =
  /^SCAN (t|m|l|n|i|members|ledger|identities|sales|sale_lines|coupons|inbox|outbox|i|d|decisions)\b/;

const noting =
  (sent: Map<string, readonly Value[]>) =>
  (db: Db): Db => ({
    batch: (statements) => {
      for (const { sql, params } of statements) sent.set(sql, params);
      return db.batch(statements);
    },
  });

test.each([
  '/whoami',
  '/members',
  '/members?phone=13912345487',
  '/members?externalId=M1',
  '/members/m_1',
  '/members/m_1/ledger',
  '/members/m_1/coupons',
  '/members/m_1/sales',
  '/members/m_1/timeline',
  '/events/ev_1',
  '/messages',
  '/messages?state=parked',
  '/transfers',
  '/transfers?state=failed',
  '/transfers?member=m_1',
  '/transfers/HK1',
])('GET %s walks through no table that grows with the shop', async (path) => {
  const sent = new Map<string, readonly Value[]>();
  const { admin, shop } = await openOffice({ through: noting(sent) });
  sent.clear();
  await admin('GET', path);
  const steps = [...sent].flatMap(([sql, params]) => shop.db.all(`EXPLAIN QUERY PLAN ${sql}`, ...params));
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.map(({ detail }) => String(detail)).filter((step) => scansOfGrowingTables.test(step))).toEqual(
    [],
  );
});

test('a sale, its return that came first and one that nobody can read walk through neither the inbox nor the decisions', async () => {
  const sent = new Map<string, readonly Value[]>();
  const shop = await openShop({ through: noting(sent) });
  await shop.tell(refund({ orderNo: 'A' }));
  await shop.tell(sale({ orderNo: 'A' }), { ...sale({ orderNo: 'B' }), data: { orderNo: 'B' } });
  const steps = [...sent].flatMap(([sql, params]) => shop.db.all(`EXPLAIN QUERY PLAN ${sql}`, ...params));
  expect(steps.length).toBeGreaterThan(0);
  expect(
    steps.map(({ detail }) => String(detail)).filter((step) => /^SCAN (i|d|w|inbox|decisions)\b/.test(step)),
  ).toEqual([]);
});
