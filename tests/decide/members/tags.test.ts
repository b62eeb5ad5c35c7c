/** 标签: what was bought says who the member is, for as long as a purchase says so (K-62, Q-13). */
import { expect, test } from 'vitest';
import type { MemberId } from '../../../schema/index.ts';
import { campaign, line, product, refund, sale, voided } from '../../support/builders.ts';
import { plant } from '../../support/kept.ts';
import { memberId, openShop, tagsOf } from '../../support/shop.ts';

const m1 = 'ext:pos:M1';
const opened = () => openShop({ products: [product({ sku: 'milk', tags: ['enfamil-s2', '奶粉'] })] });

test('a product’s tags are the buyer’s at once, and go when everything came back', async () => {
  const shop = await opened();
  await shop.tell(sale({ lines: [line(), line()] }));
  expect(tagsOf(shop.db, m1)).toEqual(['enfamil-s2', '奶粉']);
  await shop.tell(refund());
  expect(tagsOf(shop.db, m1)).toEqual([]);
});

test('a tag that another purchase supports stays until that comes back too', async () => {
  const shop = await opened();
  await shop.tell(sale({ orderNo: '1' }), sale({ orderNo: '2' }));
  await shop.tell(refund({ refundNo: 'R1', orderNo: '1' }));
  expect(tagsOf(shop.db, m1)).toEqual(['enfamil-s2', '奶粉']);
  await shop.tell(voided({ orderNo: '2' }));
  expect(tagsOf(shop.db, m1)).toEqual([]);
});

test('a tag that somebody put on by hand is not taken off by a return', async () => {
  const shop = await opened();
  await shop.tell(sale());
  plant(shop.db, 'tags', {
    memberId: memberId(shop.db, m1) as MemberId,
    tag: '奶粉',
    support: 1,
    manual: true,
  });
  await shop.tell(refund());
  expect(tagsOf(shop.db, m1)).toEqual(['奶粉']);
});

test('the tags of the day of the sale come back, though the product wears others by then', async () => {
  const shop = await opened();
  await shop.tell(sale());
  await shop.tell({
    type: 'product.upserted',
    id: 'p',
    occurredAt: '2026-11-23T09:00:00+08:00',
    data: { sku: 'milk', name: '奶粉', tags: ['新包装'] },
  });
  await shop.tell(refund());
  expect(tagsOf(shop.db, m1)).toEqual([]);
});

test('a campaign’s tag goes when the return breaks its condition', async () => {
  const shop = await openShop({ campaigns: [campaign('c', { rewards: [{ kind: 'tag', tag: '奶粉客' }] })] });
  await shop.tell(sale({ lines: [line({ amountFen: 20_000 })] }));
  expect(tagsOf(shop.db, m1)).toEqual(['奶粉客']);
  await shop.tell(refund({ lines: [line({ originalLineNo: '1', quantity: '0.1', amountFen: 1_201 })] }));
  expect(tagsOf(shop.db, m1)).toEqual([]);
});
