/** 两处同时写: what the office enters while a sale is being decided is not written over by what the till happened to say. */
import { expect, test } from 'vitest';
import type { AssociateId, StoreId } from '../../schema/index.ts';
import type { Db } from '../../workers/db/db.ts';
import { putAssociate, putStore } from '../../workers/db/shop/stores.ts';
import { product, sale } from '../support/builders.ts';
import { isWrite } from '../support/faults.ts';
import { inboxRows, openShop } from '../support/shop.ts';

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
