/** 可信的时间: no receipt is from before ten years ago or from after tomorrow; who says so has a clock that is wrong. */
import { describe, expect, test } from 'vitest';
import { refund, recharge, sale, voided, type Body } from '../../support/builders.ts';
import { inboxRows, memberRows, openShop, rowCounts } from '../../support/shop.ts';

/** Received at 15:00 on 2026-11-22. */
const told = async (body: object, when: string): Promise<unknown> => {
  const shop = await openShop();
  await shop.tell({ ...body, occurredAt: when });
  return inboxRows(shop.db)[0]?.note;
};

const documents: [string, Body][] = [
  ['a sale', sale()],
  [
    'a return without its receipt',
    refund({ scope: 'no_original', orderNo: null, member: { externalId: 'M1' } }),
  ],
  ['a recharge', recharge()],
];

describe.each(documents)('%s', (_, body) => {
  test.each([
    '2026-11-23T15:00:01+08:00',
    '2027-11-22T14:59:00+08:00',
    '2100-01-01T00:00:00Z',
    '9999-12-31T23:59:59+14:00',
    '2016-11-21T00:00:00+08:00',
    '1970-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
  ])('of %s is parked, and the reason names both days', async (when) => {
    expect(await told(body, when)).toEqual({
      code: 'MOMENT_IMPLAUSIBLE',
      at: Date.parse(when),
      receivedAt: Date.parse('2026-11-22T15:00:00+08:00'),
    });
  });

  test.each(['2026-11-23T15:00:00+08:00', '2026-11-22T15:00:00+08:00', '2016-11-23T00:00:00+08:00'])(
    'of %s is done',
    async (when) => expect(await told(body, when)).toBeNull(),
  );
});

test('so is a void, and nothing is written for either', async () => {
  const shop = await openShop();
  const before = rowCounts(shop.db);
  await shop.post({ ...voided(), occurredAt: '2036-01-01T00:00:00Z' });
  await shop.post({ ...sale(), occurredAt: '1999-01-01T00:00:00Z' });
  await shop.work();
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['parked', 'parked']);
  expect(rowCounts(shop.db)).toEqual({ ...before, inbox: 2, decisions: 2 });
});

test('a member may have registered in 1998, before there were receipts to tell of', async () => {
  const shop = await openShop();
  const member = (id: string, occurredAt: string) => ({
    type: 'member.created',
    id,
    occurredAt,
    data: { externalId: id },
  });
  await shop.tell(member('old', '1998-05-01T10:00:00+08:00'), member('older', '1900-01-01T00:00:00Z'));
  expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'parked']);
  expect(memberRows(shop.db)).toHaveLength(1);
});

test('told again a year later it is judged by the day it came, and so says the same', async () => {
  const shop = await openShop();
  await shop.tell({ ...sale(), occurredAt: '2027-06-01T10:00:00+08:00' });
  shop.clock.now = Date.parse('2027-11-22T15:00:00+08:00');
  shop.db.all(`INSERT INTO reopened (seq, attempts, decided_at) SELECT seq, 0, decided_at FROM decisions`);
  shop.db.all(`DELETE FROM decisions`);
  await shop.work();
  expect(inboxRows(shop.db)[0]?.note).toMatchObject({ code: 'MOMENT_IMPLAUSIBLE' });
});
