/** 储值充值: what is put on the card is on the card once, and is not yet a sale (K-35, D-15). */
import { expect, test } from 'vitest';
import { campaign, line, recharge, sale, template } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  inboxRows,
  ledgerFaults,
  ledgerRows,
  memberId,
  memberRows,
  openShop,
  type Shop,
} from '../../support/shop.ts';

const m1 = 'ext:pos:M1';

const cardOf = (shop: Shop, key = m1) => ({
  principalFen: balanceOf(shop.db, key, 'principal'),
  bonusFen: balanceOf(shop.db, key, 'bonus'),
});
const wrong = (says: unknown) => ({ code: 'UNREADABLE', faults: [{ field: 'data.principalFen', says }] });
const closed = (shop: Shop) => inboxRows(shop.db).map(({ state, note }) => [state, note]);

test('500 put in and 50 on top are on the card; no points, no order, nothing spent', async () => {
  const shop = await openShop();
  await shop.tell(recharge());
  expect(cardOf(shop)).toEqual({ principalFen: 50_000, bonusFen: 5_000 });
  expect(balanceOf(shop.db, m1)).toBe(0);
  expect(memberRows(shop.db)).toMatchObject([{ orders: 0, spentFen: 0, firstAt: null, lastAt: null }]);
  expect(ledgerRows(shop.db).map(({ account, delta, cause }) => [account, delta, cause])).toEqual([
    ['bonus', 5_000, 'recharge:pos:CZ1'],
    ['principal', 50_000, 'recharge:pos:CZ1'],
  ]);
  expect(inboxRows(shop.db)).toMatchObject([
    { memberId: memberId(shop.db, m1), outcome: { principalFen: 50_000, bonusFen: 5_000 } },
  ]);
});

test('without anything on top only the money that was put in is posted', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ bonusFen: 0 }));
  expect(ledgerRows(shop.db).map(({ account, delta }) => [account, delta])).toEqual([['principal', 50_000]]);
});

test('told again under another event id, at once or the day after, it is put in once', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ id: 'a' }), recharge({ id: 'b' }));
  await shop.tell(recharge({ id: 'c', at: '2026-11-23 09:00' }));
  expect(cardOf(shop)).toEqual({ principalFen: 50_000, bonusFen: 5_000 });
  expect(closed(shop)).toEqual([
    ['done', null],
    ['ignored', { code: 'RECHARGE_KNOWN', rechargeNo: 'CZ1' }],
    ['ignored', { code: 'RECHARGE_KNOWN', rechargeNo: 'CZ1' }],
  ]);
});

test('two recharges of one day add up', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ rechargeNo: 'CZ1' }), recharge({ rechargeNo: 'CZ2' }));
  expect(cardOf(shop)).toEqual({ principalFen: 100_000, bonusFen: 10_000 });
});

test('another amount under a number that is known is parked with both, and posts nothing', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ id: 'a' }));
  await shop.tell(recharge({ id: 'b', principalFen: 60_000 }), recharge({ id: 'c', bonusFen: 0 }));
  expect(cardOf(shop)).toEqual({ principalFen: 50_000, bonusFen: 5_000 });
  expect(closed(shop).slice(1)).toEqual([
    [
      'parked',
      { code: 'RECHARGE_CHANGED', rechargeNo: 'CZ1', toldFen: [60_000, 5_000], knownFen: [50_000, 5_000] },
    ],
    [
      'parked',
      { code: 'RECHARGE_CHANGED', rechargeNo: 'CZ1', toldFen: [50_000, 0], knownFen: [50_000, 5_000] },
    ],
  ]);
});

test('the same recharge for another member is parked, and neither card changes', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ id: 'a' }), sale({ member: { externalId: 'M2' } }));
  await shop.tell(recharge({ id: 'b', member: { externalId: 'M2' } }));
  expect([cardOf(shop), cardOf(shop, 'ext:pos:M2')]).toEqual([
    { principalFen: 50_000, bonusFen: 5_000 },
    { principalFen: 0, bonusFen: 0 },
  ]);
  expect(closed(shop).at(-1)).toEqual(['parked', { code: 'RECHARGE_MOVED', rechargeNo: 'CZ1' }]);
});

test('recharge 1 of another store, or of another day with another amount, is another recharge: parked, and what is on the card stays', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ id: 'a' }));
  await shop.tell(
    recharge({ id: 'b', store: { id: '8006' } }),
    recharge({ id: 'c', at: '2026-11-23 09:00', principalFen: 20_000 }),
  );
  expect(cardOf(shop)).toEqual({ principalFen: 50_000, bonusFen: 5_000 });
  const taken = { code: 'NUMBER_TAKEN', about: 'recharge', number: 'CZ1' };
  expect(closed(shop).slice(1)).toEqual([
    [
      'parked',
      { ...taken, differs: [{ part: 'store', known: '8005', told: '8006' }], numbering: 'per-store' },
    ],
    [
      'parked',
      {
        ...taken,
        differs: [{ part: 'day', known: '2026-11-22', told: '2026-11-23' }],
        numbering: 'per-store-day',
      },
    ],
  ]);
});

test('a recharge that names nobody is parked: money belongs to somebody', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ member: { externalId: '0', phone: '139****5487' } }));
  await shop.tell(recharge({ rechargeNo: 'CZ2', member: null }));
  expect(closed(shop).map(([state]) => state)).toEqual(['parked', 'parked']);
  expect(closed(shop)[0]?.[1]).toEqual({ code: 'IDENTITY_MISSING', field: 'data.member' });
  expect(ledgerRows(shop.db)).toEqual([]);
});

test('nothing put in, or less than nothing, is parked with the field that says so', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ principalFen: 0, bonusFen: 0 }), recharge({ id: 'b', principalFen: -1 }));
  expect(closed(shop)).toEqual([
    ['parked', wrong('nothing was put in')],
    ['parked', wrong(expect.any(String))],
  ]);
});

test('who recharges before ever buying is a member from then on, with the gift for new ones', async () => {
  const shop = await openShop({
    templates: [template('新人券')],
    campaigns: [
      campaign('welcome', {
        trigger: 'member.created',
        rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
      }),
    ],
  });
  await shop.tell(recharge({ member: { externalId: 'M9', phone: '13912345487' } }));
  expect(memberId(shop.db, 'phone:13912345487')).toBe(memberId(shop.db, 'ext:pos:M9'));
  expect(couponRows(shop.db)).toHaveLength(1);
  await shop.tell(sale({ member: { phone: '13912345487' } }));
  expect(memberRows(shop.db)).toMatchObject([{ orders: 1, storeId: '8005' }]);
});

test('two cards that turn out to be one person’s hold the sum, and a number told again is still known', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ member: { externalId: 'M1' } }));
  await shop.tell(recharge({ rechargeNo: 'CZ2', member: { phone: '13912345487' } }));
  await shop.tell(sale({ member: { externalId: 'M1', phone: '13912345487' } }));
  expect(memberRows(shop.db).filter(({ mergedInto }) => mergedInto === null)).toHaveLength(1);
  expect(cardOf(shop)).toEqual({ principalFen: 100_000, bonusFen: 10_000 });
  await shop.tell(recharge({ id: 'again', rechargeNo: 'CZ2', member: { externalId: 'M1' } }));
  expect(closed(shop).at(-1)).toEqual(['ignored', { code: 'RECHARGE_KNOWN', rechargeNo: 'CZ2' }]);
  expect(ledgerFaults(shop.db)).toEqual([]);
});

test('put on a card that is merged away in the same breath, it is the survivor’s', async () => {
  const shop = await openShop();
  await shop.tell(sale({ orderNo: '1', member: { externalId: 'M1' }, at: '2026-11-20 10:00' }));
  await shop.tell(
    recharge({ member: { phone: '13912345487' } }),
    sale({ orderNo: '2', member: { externalId: 'M1', phone: '13912345487' } }),
  );
  const survivor = memberId(shop.db, m1);
  expect(shop.db.all('SELECT member_id FROM recharges')).toEqual([{ member_id: survivor }]);
  expect(cardOf(shop)).toEqual({ principalFen: 50_000, bonusFen: 5_000 });
});

test('5,000 put in earn nothing; the 1,200 of it that are spent earn their 1,200 points', async () => {
  const shop = await openShop();
  await shop.tell(recharge({ principalFen: 500_000, bonusFen: 0 }));
  await shop.tell(
    sale({
      lines: [line({ amountFen: 120_000 })],
      payments: [{ method: 'stored_value', amountFen: 120_000 }],
    }),
  );
  expect(balanceOf(shop.db, m1)).toBe(1_200);
  expect(memberRows(shop.db)).toMatchObject([{ orders: 1, spentFen: 120_000 }]);
});
