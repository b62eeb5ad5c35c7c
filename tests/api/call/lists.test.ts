import { expect, test } from 'vitest';
import { campaign, line, plan, product, refund, sale, template } from '../../support/builders.ts';
import { plant } from '../../support/kept.ts';
import { onTime } from '../../support/on-time.ts';
import { memberId, reminderRows } from '../../support/shop.ts';
import { items, openOffice, pages, type Office } from '../support.ts';

const setup = {
  products: [product()],
  templates: [template('t')],
  plans: [plan('p')],
  campaigns: [
    campaign('券', { conditions: [], rewards: [{ kind: 'coupon', templateId: 't' }] }),
    campaign('红包', { conditions: [], rewards: [{ kind: 'red-packet', minFen: 100, maxFen: 100 }] }),
  ],
};

/** A member with a history: five sales, one of them partly returned, all with their coupons, packets and messages. */
async function withHistory(): Promise<Office & { readonly id: string }> {
  const office = await openOffice(setup);
  const shop = onTime(office.shop);
  for (const [place, orderNo] of ['A', 'B', 'C', 'D', 'E'].entries()) {
    const lines = [line({ amountFen: 20_000 }), line({ sku: 'diaper', amountFen: 5000 })];
    await shop.tell(
      sale({ orderNo, lines, member: { externalId: 'M1', openid: 'o1' }, at: `2026-11-2${place} 10:00` }),
    );
  }
  await shop.tell(
    refund({ orderNo: 'B', lines: [line({ sku: 'diaper', amountFen: 5000 })], refundedFen: 5000 }),
  );
  // As if its time had come.
  for (const row of reminderRows(shop.db)) plant(shop.db, 'reminders', { ...row, state: 'sent' });
  return { ...office, shop, id: memberId(shop.db, 'ext:pos:M1') };
}

test('the ledger is newest first, each row with the balance after it', async () => {
  const { admin, id } = await withHistory();
  const rows = items(await admin('GET', `/members/${id}/ledger`));
  expect(rows.map(({ seq, delta, balance }) => [seq, delta, balance])).toEqual([
    [6, -50, 1200],
    [5, 250, 1250],
    [4, 250, 1000],
    [3, 250, 750],
    [2, 250, 500],
    [1, 250, 250],
  ]);
  expect((await pages(admin, `/members/${id}/ledger`, 4)).flat()).toEqual(rows);
  const wallet = items(await admin('GET', `/members/${id}/ledger?account=wallet`));
  expect(wallet.map(({ delta }) => delta)).toEqual([100, 100, 100, 100, 100]);
  expect((await admin('GET', `/members/${id}/ledger?account=purse`)).json).toMatchObject({
    field: 'account',
  });
});

test.each([1, 2, 5, 200])(
  'coupons, sales and the timeline are the same list in pages of %i',
  async (limit) => {
    const { admin, pos, id } = await withHistory();
    for (const list of ['coupons', 'sales', 'timeline']) {
      const all = items(await admin('GET', `/members/${id}/${list}?limit=200`));
      expect((await pages(pos, `/members/${id}/${list}`, limit)).flat()).toEqual(all);
      expect(all.length).toBeGreaterThanOrEqual(5);
    }
  },
);

test('a page of sales does not shift when another sale arrives', async () => {
  const { admin, shop, id } = await withHistory();
  const first = await admin('GET', `/members/${id}/sales?limit=2`);
  await shop.tell(sale({ orderNo: 'F', at: '2026-11-25 10:00' }));
  const second = await admin('GET', `/members/${id}/sales?limit=2&after=${String(first.json['next'])}`);
  expect([...items(first), ...items(second)].map(({ orderNo }) => orderNo)).toEqual(['E', 'D', 'C', 'B']);
  expect(items(second)[1]).toMatchObject({ paidFen: 25_000, keptFen: 20_000, lines: [{}, {}] });
});

test('the timeline holds sales, postings, coupons, messages and reminders, newest first', async () => {
  const { admin, id } = await withHistory();
  const all = items(await admin('GET', `/members/${id}/timeline?limit=200`));
  const count = (kind: string) => all.filter((entry) => entry['kind'] === kind).length;
  expect({
    sales: count('sale'),
    coupons: count('coupon'),
    messages: count('message'),
    reminders: count('reminder'),
    postings: count('posting'),
  }).toEqual({ sales: 5, coupons: 5, messages: 5, reminders: 2, postings: 17 });
  const instants = all.map(({ at }) => String(at));
  expect(instants).toEqual(instants.toSorted().toReversed());
  expect(all.find(({ kind }) => kind === 'message')).toMatchObject({
    message: 'sale-earned',
    state: 'pending',
  });
});
