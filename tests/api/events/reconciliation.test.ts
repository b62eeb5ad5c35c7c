import { expect, test } from 'vitest';
import { at, refund, sale, store, voided } from '../../support/builders.ts';
import { items, openOffice, type Client, type Json } from '../support.ts';

const path = '/sources/till/reconciliation/2026-11-22';
const reconcile = async (admin: Client, ...stores: object[]): Promise<Json> =>
  (await admin('PUT', path, { body: { stores } })).json;

test('a day on which everything arrived is equal', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }), sale({ orderNo: 'B', member: null }));
  await shop.tell(refund({ orderNo: 'A', at: '2026-11-22 18:00', refundedFen: 10_000 }));
  expect(
    await reconcile(admin, { id: '8005', orders: 2, refunds: 1, paidFen: 20_000, refundedFen: 10_000 }),
  ).toEqual({
    date: '2026-11-22',
    isEqual: true,
    stores: [
      {
        id: '8005',
        said: { orders: 2, refunds: 1, paidFen: 20_000, refundedFen: 10_000 },
        received: { orders: 2, refunds: 1, paidFen: 20_000, refundedFen: 10_000 },
        differs: [],
        orderNos: [],
        refundNos: [],
      },
    ],
    saidAt: '2026-11-22T07:00:00.000Z',
    comparedAt: '2026-11-22T07:00:00.000Z',
  });
});

test('where a sale is missing, our order numbers are listed to find it by', async () => {
  const { admin, shop } = await openOffice({ stores: [store(), store({ id: '8006' })] });
  await shop.tell(sale({ orderNo: 'A' }), sale({ orderNo: 'B' }), sale({ orderNo: 'C', store: '8006' }));
  const json = await reconcile(
    admin,
    { id: '8005', orders: 3, paidFen: 30_000 },
    { id: '8006', orders: 1, paidFen: 9_900 },
  );
  expect(json).toMatchObject({
    isEqual: false,
    stores: [
      {
        id: '8005',
        received: { orders: 2, paidFen: 20_000 },
        differs: ['orders', 'paidFen'],
        orderNos: ['A', 'B'],
      },
      { id: '8006', received: { orders: 1, paidFen: 10_000 }, differs: ['paidFen'], orderNos: [] },
    ],
  });
});

test('a source that lists its receipts is told which are not here, and which it does not know', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }), sale({ orderNo: 'B' }));
  const said = { orders: 2, paidFen: 20_000 };
  expect(await reconcile(admin, { id: '8005', ...said, orderNos: ['A', 'C'] })).toMatchObject({
    isEqual: false,
    stores: [{ said, differs: ['orderNos'], missingNos: ['C'], surplusNos: ['B'], orderNos: ['A', 'B'] }],
  });
  expect(await reconcile(admin, { id: '8005', ...said, orderNos: ['B', 'A'] })).toMatchObject({
    isEqual: true,
    stores: [{ differs: [], missingNos: [], surplusNos: [], orderNos: [] }],
  });
});

test('a store the source did not name is shown, and is no difference', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }), sale({ orderNo: 'B', store: '8007' }));
  expect(await reconcile(admin, { id: '8005', orders: 1, paidFen: 10_000 })).toMatchObject({
    isEqual: true,
    stores: [
      { id: '8005', differs: [] },
      { id: '8007', said: null, received: { orders: 1, paidFen: 10_000 }, differs: [] },
    ],
  });
});

test('voided sales, other days and other systems do not count; a correction counts as it stands now', async () => {
  const { admin, shop } = await openOffice();
  shop.db.all(
    `INSERT INTO sources SELECT 'mall', name, adapter, 'mall', secrets, config, created_at FROM sources`,
  );
  await shop.tell(
    sale({ orderNo: 'A' }),
    sale({ orderNo: 'void' }),
    sale({ orderNo: 'eve', at: '2026-11-21 23:59' }),
  );
  await shop.tell(voided({ orderNo: 'void' }));
  await shop.tell(
    sale({ orderNo: 'A', version: '2', lines: [{ sku: 'milk', quantity: '1', amountFen: 8_000 }] }),
  );
  expect(await reconcile(admin, { id: '8005', orders: 1, paidFen: 8_000 })).toMatchObject({ isEqual: true });
  const mall = await admin('PUT', '/sources/mall/reconciliation/2026-11-22', {
    body: { stores: [{ id: '8005', orders: 0, paidFen: 0 }] },
  });
  expect(mall.json).toMatchObject({ isEqual: true });
});

test('the business day is the store’s own', async () => {
  const { admin, shop } = await openOffice({ stores: [store({ timezone: 'America/Los_Angeles' })] });
  // In Los Angeles it is still half past ten in the evening of the 22nd.
  await shop.tell(sale({ orderNo: 'A', at: '2026-11-23 14:30' }));
  await shop.tell(refund({ orderNo: 'A', at: '2026-11-23 14:40', refundedFen: 10_000 }));
  const said = { id: '8005', orders: 1, refunds: 1, paidFen: 10_000, refundedFen: 10_000 };
  expect(await reconcile(admin, said)).toMatchObject({ isEqual: true });
});

test('a sale uploaded six days late counts; one that comes after eight days does not', async () => {
  const { admin, shop } = await openOffice();
  shop.clock.now = at('2026-11-28 09:00');
  await shop.tell(sale({ orderNo: 'late' }));
  expect(await reconcile(admin, { id: '8005', orders: 1, paidFen: 10_000 })).toMatchObject({ isEqual: true });
  shop.clock.now = at('2026-12-02 09:00');
  await shop.tell(sale({ orderNo: 'too late' }));
  expect(await reconcile(admin, { id: '8005', orders: 2, paidFen: 20_000 })).toMatchObject({
    stores: [{ received: { orders: 1 }, orderNos: ['late'] }],
  });
});

test('of a store with 300 sales, 200 numbers are listed', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(...Array.from({ length: 300 }, (_, place) => sale({ orderNo: `N${place + 1000}` })));
  const json = await reconcile(admin, { id: '8005', orders: 301, paidFen: 3_010_000 });
  const [compared] = json['stores'] as Json[];
  expect(compared?.['orderNos']).toHaveLength(200);
  expect(compared).toMatchObject({ received: { orders: 300, paidFen: 3_000_000 } });
});

test('a day is reconciled in five round trips, the token’s and the audit’s included, and keeps one row', async () => {
  const { admin, shop } = await openOffice();
  await shop.tell(sale({ orderNo: 'A' }));
  const before = { ...shop.db.counts };
  await reconcile(admin, { id: '8005', orders: 1, paidFen: 10_000 });
  expect(shop.db.counts.batches - before.batches).toBe(5);
  expect(shop.db.counts.statements - before.statements).toBe(6);
  await reconcile(admin, { id: '8005', orders: 2, paidFen: 10_000 });
  expect(shop.db.counts.batches - before.batches).toBe(11);
  expect(shop.db.all('SELECT count(*) AS n FROM reconciliations')).toEqual([{ n: 1 }]);
});

test('reconciled days are listed newest first, between two days', async () => {
  const { admin, shop } = await openOffice();
  for (const day of ['19', '20', '21', '22']) {
    await admin('PUT', `/sources/till/reconciliation/2026-11-${day}`, {
      body: { stores: [{ id: '8005', orders: 0, paidFen: 0 }] },
    });
  }
  const dates = async (query: string) =>
    items(await admin('GET', `/sources/till/reconciliation?${query}`)).map(({ date }) => date);
  expect(await dates('from=2026-11-20&to=2026-11-21')).toEqual(['2026-11-21', '2026-11-20']);
  const first = await admin('GET', '/sources/till/reconciliation?limit=3');
  expect(await dates(`limit=3&after=${String(first.json['next'])}`)).toEqual(['2026-11-19']);
  expect(items(first)).toHaveLength(3);
  expect(shop.db.all('SELECT count(*) AS n FROM reconciliations')).toEqual([{ n: 4 }]);
});

const one = { id: '8005', orders: 1, paidFen: 1 };

test.each([
  [path, { stores: [] }, 'stores'],
  [path, { stores: [one, one] }, 'stores'],
  [path, { stores: [{ ...one, paidFen: 1.5 }] }, 'stores[0].paidFen'],
  [path, { stores: [{ ...one, orders: -1 }] }, 'stores[0].orders'],
  ['/sources/till/reconciliation/2026-02-30', { stores: [one] }, 'date'],
  ['/sources/till/reconciliation/2026-11-25', { stores: [one] }, 'date'],
])('%s %j is refused for its %s', async (where, body, field) => {
  const { admin } = await openOffice();
  expect((await admin('PUT', where, { body })).json).toMatchObject({ status: 422, field });
});

test('only the office reconciles, and only sources that are there', async () => {
  const { admin, pos } = await openOffice();
  expect((await pos('PUT', path, { body: { stores: [one] } })).status).toBe(403);
  const nowhere = '/sources/none/reconciliation';
  expect((await admin('PUT', `${nowhere}/2026-11-22`, { body: { stores: [one] } })).json).toMatchObject({
    code: 'unknown_source',
  });
  expect((await admin('GET', nowhere)).json).toMatchObject({ code: 'unknown_source' });
});
