/** 两处同时写: what the office enters while a sale is being decided is not written over by what the till happened to say. */
import { describe, expect, test } from 'vitest';
import type { AssociateId, MemberId, StoreId } from '../../schema/index.ts';
import type { Db } from '../../workers/db/db.ts';
import { putAssociate, putStore } from '../../workers/db/shop/stores.ts';
import { line, product, sale } from '../support/builders.ts';
import { isWrite, misbehaving } from '../support/faults.ts';
import { headFaults, nounRows, plant, postElsewhere } from '../support/kept.ts';
import {
  balanceOf,
  inboxRows,
  ledgerFaults,
  ledgerRows,
  memberId,
  openShop,
  tagsOf,
  type Shop,
} from '../support/shop.ts';
import type { TestDb } from '../support/sqlite.ts';

const m1 = 'ext:pos:M1';

/** Does `act` once, after everything has been read and before anything is written. */
function meanwhile(act: (db: Db) => Promise<unknown>): { through: (db: Db) => Db; times: () => number } {
  let acted = 0;
  let writes = 0;
  return {
    times: () => writes,
    through: (db) => ({
      batch: async (statements) => {
        if (isWrite(statements)) {
          writes += 1;
          if (acted === 0) {
            acted += 1;
            await act(db);
          }
        }
        return db.batch(statements);
      },
    }),
  };
}

test('an associate whom the office enters with her WeCom account keeps it, though a sale names her at that moment', async () => {
  const office = meanwhile((db) =>
    putAssociate(db, {
      id: 'g7' as AssociateId,
      name: '王小丽',
      storeId: null,
      wecomUserId: 'wang',
      openid: undefined,
    }),
  );
  const shop = await openShop({ through: office.through });
  await shop.tell(sale({ associate: { id: 'g7', name: '小王' } }));
  expect(shop.db.all(`SELECT name, wecom_user_id AS wecom FROM associates`)).toEqual([
    { name: '王小丽', wecom: 'wang' },
  ]);
  expect([office.times(), inboxRows(shop.db).map(({ state }) => state)]).toEqual([2, ['done']]);
});

test('a shop that the office enters with its time zone keeps it, though its first sale comes at that moment', async () => {
  const office = meanwhile((db) =>
    putStore(db, { id: '9001' as StoreId, name: '乌鲁木齐店', timezone: 'Asia/Urumqi' }),
  );
  const shop = await openShop({ through: office.through });
  await shop.tell(sale({ store: '9001' }));
  expect(shop.db.all(`SELECT name, timezone FROM stores WHERE id = '9001'`)).toEqual([
    { name: '乌鲁木齐店', timezone: 'Asia/Urumqi' },
  ]);
  expect([office.times(), inboxRows(shop.db).map(({ state }) => state)]).toEqual([2, ['done']]);
});

test('a product that the office renames stays renamed, though the till takes it out of sale at that moment', async () => {
  const office = meanwhile((db) =>
    db.batch([
      { sql: `UPDATE products SET name = '爱他美1段', rev = rev + 1 WHERE sku = 'milk'`, params: [] },
    ]),
  );
  const shop = await openShop({
    through: office.through,
    products: [product({ sku: 'milk', name: '奶粉' })],
  });
  await shop.tell({
    type: 'product.removed',
    id: 'p1',
    occurredAt: '2026-11-22T14:00:00+08:00',
    data: { sku: 'milk' },
  });
  expect(shop.db.all(`SELECT name, status FROM products`)).toEqual([
    { name: '爱他美1段', status: 'removed' },
  ]);
});

describe('a stale document', () => {
  /** 李 has bought once; `act` is what somebody else does to her while her second sale is being decided. */
  async function sellingTwice(act: (db: TestDb, id: MemberId) => void): Promise<Shop> {
    let isArmed = false;
    const shop = await openShop({
      products: [product({ sku: 'milk', name: '奶粉', tags: ['奶粉'] })],
      through: misbehaving((statements) => {
        if (!isArmed || !isWrite(statements)) return null;
        isArmed = false;
        return { stay: async () => act(shop.db, memberId(shop.db, m1) as MemberId) };
      }),
    });
    await shop.tell(sale({ orderNo: '1', lines: [line({ amountFen: 10_000 })] }));
    isArmed = true;
    await shop.post(sale({ orderNo: '2', lines: [line({ amountFen: 10_000 })] }));
    return shop;
  }

  test('is not written over a tag that the office puts on at that moment', async () => {
    const shop = await sellingTwice((db, id) =>
      plant(db, 'tags', { memberId: id, tag: '熟客', support: 0, manual: true }),
    );
    await shop.work();
    expect(tagsOf(shop.db, m1)).toEqual(['奶粉', '熟客']);
    expect(nounRows(shop.db, 'tags', 'tag').map(({ support }) => support)).toEqual([2, 0]);
    expect(balanceOf(shop.db, m1)).toBe(200);
  });

  test('is not written over 50 points spent at that moment: 150 are left, and both stand in the ledger', async () => {
    const shop = await sellingTwice((db, id) => postElsewhere(db, id, 'points', -50));
    await shop.work();
    expect([balanceOf(shop.db, m1), ledgerFaults(shop.db)]).toEqual([150, []]);
    expect(ledgerRows(shop.db).map(({ account, delta }) => [account, delta])).toEqual([
      ['growth', 100],
      ['growth', 100],
      ['points', 100],
      ['points', -50],
      ['points', 100],
    ]);
  });

  test('whose head is behind its ledger posts nothing: the ledger refuses a number that it has', async () => {
    const shop = await openShop();
    await shop.tell(sale({ orderNo: '1', lines: [line({ amountFen: 10_000 })] }));
    shop.db.all(`UPDATE members SET document = replace(document, '["points",1,100,100],', '')`);
    expect(headFaults(shop.db)).toHaveLength(1);
    await shop.post(sale({ orderNo: '2', lines: [line({ amountFen: 10_000 })] }));
    await expect(shop.work()).rejects.toThrow('lost the race');
    expect(ledgerRows(shop.db).map(({ account, delta }) => [account, delta])).toEqual([
      ['growth', 100],
      ['points', 100],
    ]);
  });

  test('of a version that nobody knows parks the event with its name, and the member next to her is served', async () => {
    const shop = await openShop();
    const buy = (who: string, orderNo: string) => sale({ orderNo, member: { externalId: who } });
    await shop.tell(buy('M1', '1'));
    const id = memberId(shop.db, m1);
    shop.db.all(`UPDATE members SET document = json_set(document, '$.v', 3) WHERE id = ?`, id);
    await shop.tell(buy('M1', '2'), buy('M2', '3'));
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['parked', { code: 'FAILED', detail: `document of ${id}: version 3 is not 1 or 2` }],
      ['done', null],
    ]);
  });
});
