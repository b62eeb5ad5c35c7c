/** 充值礼 where numbers begin again: what a top-up brought is taken back with it, also when it is kept under the number of before. */
import { expect, test } from 'vitest';
import { openOffice } from '../api/support.ts';
import { campaign, recharge, rfc3339 } from '../support/builders.ts';
import { balanceOf, inboxRows } from '../support/shop.ts';

test('a top-up of 500 brought 100 points; its source says that its numbers begin again; called off, it takes the 100 points with it', async () => {
  const office = await openOffice({
    now: '2026-11-24 15:00',
    campaigns: [
      campaign('top-up', {
        trigger: 'stored_value.recharged',
        conditions: [],
        rewards: [{ kind: 'points', points: 100 }],
      }),
    ],
  });
  const { shop, admin } = office;
  await shop.tell(recharge({ store: { id: 'A' }, at: '2026-11-22 12:00' }));
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(100);
  const config = { numbering: 'per-store-day' };
  await admin('PUT', '/sources/till', { body: { name: '收银系统', adapter: 'generic', config } });
  await shop.receiver.sources.renew();
  await shop.tell({
    type: 'stored_value.reversed',
    id: 'undo',
    occurredAt: rfc3339('2026-11-22 12:05'),
    data: { rechargeNo: 'CZ1', orderedOn: '2026-11-22', store: { id: 'A' } },
  });
  expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
    ['done', null],
    ['done', null],
  ]);
  const stands = ['principal', 'bonus', 'points'].map((account) =>
    balanceOf(shop.db, 'ext:pos:M1', account as 'points'),
  );
  expect(stands).toEqual([0, 0, 0]);
});
