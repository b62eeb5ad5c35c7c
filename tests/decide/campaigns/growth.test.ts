/** 成长值 as a reward: on top of what the sale brings, and taken back with it. */
import { expect, test } from 'vitest';
import { campaign, line, refund, sale } from '../../support/builders.ts';
import { postElsewhere } from '../../support/kept.ts';
import { balanceOf, grantRows, ledgerRows, memberId, openShop, outboxRows } from '../../support/shop.ts';
import { messageKinds } from '../../../workers/deliver/words/words.ts';

const m1 = 'ext:pos:M1';
const open = () =>
  openShop({
    settings: { tellSale: true },
    campaigns: [campaign('c', { limits: { total: 1 }, rewards: [{ kind: 'growth', growth: 50 }] })],
  });
const bought = sale({
  member: { externalId: 'M1', openid: 'open-M1' },
  lines: [line({ amountFen: 20_000 })],
});

test('200.00 spent bring 200 growth and 50 more, and a return of the whole takes all 250', async () => {
  const shop = await open();
  await shop.tell(bought);
  expect([balanceOf(shop.db, m1, 'growth'), grantRows(shop.db)[0]?.awards]).toEqual([250, { growth: 50 }]);
  const [told] = outboxRows(shop.db);
  const slots = messageKinds['sale-earned']?.slots({
    payload: told?.payload ?? {},
    shopName: '店',
    storeName: () => '店',
  });
  expect(slots).toMatchObject({ earned: '200积分、50成长值' });
  await shop.tell(refund());
  expect(ledgerRows(shop.db).map(({ account, delta }) => [account, delta])).toEqual([
    ['growth', 200],
    ['growth', 50],
    ['growth', -250],
    ['points', 200],
    ['points', -200],
  ]);
  expect(grantRows(shop.db)[0]?.awards).toEqual({});
});

test('growth that is not there any more stands, and keeps the slot taken', async () => {
  const shop = await open();
  await shop.tell(bought);
  postElsewhere(shop.db, memberId(shop.db, m1), 'growth', -230);
  await shop.tell(refund());
  expect(balanceOf(shop.db, m1, 'growth')).toBe(0);
  expect(grantRows(shop.db)[0]?.awards).toEqual({ growth: 50 });
  expect(shop.db.all(`SELECT used FROM campaign_counters`).map(({ used }) => used)).toEqual([1]);
});
