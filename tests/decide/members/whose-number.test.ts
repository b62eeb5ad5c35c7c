/** 这是谁: the strongest number that a till tells decides whose a sale is, today and the next time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phonesMax } from '../../../workers/decide/members/who/identities.ts';
import { identityKeys } from '../../../workers/decide/members/who/identity-keys.ts';
import { campaign, line, sale, template, type SaleGiven } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  emptied,
  inboxRows,
  memberId,
  memberRows,
  openShop,
  saleRows,
  type Shop,
} from '../../support/shop.ts';
import { sqliteDb } from '../../support/sqlite.ts';

const phone = '13912345487';
const worth = (yuan: number): Pick<SaleGiven, 'lines'> => ({ lines: [line({ amountFen: yuan * 100 })] });

describe('a cashier types a known phone beside a card that is new', () => {
  const lent = async (second: object): Promise<Shop> => {
    const shop = await openShop();
    await shop.tell({
      type: 'member.created',
      id: 'c1',
      occurredAt: '2026-11-20T10:00:00+08:00',
      data: { externalId: 'M1', cardNo: '11', phone },
    });
    await shop.tell(
      sale({ orderNo: 'A', ...worth(200), member: { ...second, phone } }),
      sale({ orderNo: 'B', ...worth(300), member: second }),
    );
    return shop;
  };

  test('both sales, 200.00 and 300.00, are the new card’s: 500 points, and none to the phone’s owner', async () => {
    const shop = await lent({ externalId: 'M2' });
    expect([balanceOf(shop.db, 'ext:pos:M2'), balanceOf(shop.db, 'ext:pos:M1')]).toEqual([500, 0]);
    expect(memberRows(shop.db)).toHaveLength(2);
  });

  test('and so it is with a card number instead of a customer number', async () => {
    const shop = await lent({ cardNo: '12' });
    expect([balanceOf(shop.db, 'card:pos:12'), balanceOf(shop.db, 'card:pos:11')]).toEqual([500, 0]);
  });

  test('the phone stays its owner’s, also where it is shown and written to', async () => {
    const shop = await lent({ externalId: 'M2' });
    expect(memberId(shop.db, `phone:${phone}`)).toBe(memberId(shop.db, 'ext:pos:M1'));
    const shown = new Map(memberRows(shop.db).map((member) => [member.id as string, member.phone]));
    expect(shown.get(memberId(shop.db, 'ext:pos:M1'))).toBe(phone);
    expect(shown.get(memberId(shop.db, 'ext:pos:M2'))).toBeNull();
  });
});

test('a card told under the customer number it belongs to replaces the lost one: the next sale by card alone is theirs', async () => {
  const shop = await openShop();
  await shop.tell(
    sale({ orderNo: 'A', member: { externalId: 'M1', cardNo: '11' } }),
    sale({ orderNo: 'B', member: { externalId: 'M1', cardNo: '12' } }),
    sale({ orderNo: 'C', member: { cardNo: '12' } }),
  );
  expect(balanceOf(shop.db, 'ext:pos:M1')).toBe(300);
  expect(memberRows(shop.db)).toHaveLength(1);
});

const few = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const ref = fc
  .record({
    externalId: few('M1', 'M2', 'M3'),
    cardNo: few('11', '12', '13'),
    phone: few('13912345481', '13912345482', '13912345483'),
  })
  .filter((given) => Object.values(given).some((value) => value !== undefined));

test('whatever was told before, a sale is credited to whom its strongest number leads to from then on', async () => {
  const database = sqliteDb();
  await fc.assert(
    fc.asyncProperty(fc.array(ref, { minLength: 1, maxLength: 8 }), async (refs) => {
      const shop = await openShop({ db: emptied(database) });
      for (const [place, member] of refs.entries()) {
        const orderNo = `S${String(place)}`;
        await shop.tell(sale({ orderNo, member }));
        const sold = saleRows(shop.db).find((one) => one.orderNo === orderNo);
        const [strongest = ''] = identityKeys(member, 'pos');
        expect(sold?.memberId).toBe(memberId(shop.db, strongest));
      }
      expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
    }),
    { numRuns: 40 },
  );
});

describe('what a member is told with is there before gifts for newcomers are decided', () => {
  const byLevel = {
    templates: [template('金卡礼'), template('普通礼')],
    campaigns: [
      campaign('金卡礼', {
        trigger: 'member.created',
        conditions: [],
        levels: ['金卡'],
        rewards: [{ kind: 'coupon', templateId: '金卡礼', count: 1 }],
      }),
    ],
  };

  test('a member created as 金卡 gets what 金卡 get', async () => {
    const shop = await openShop(byLevel);
    await shop.tell({
      type: 'member.created',
      id: 'c1',
      occurredAt: '2026-11-20T10:00:00+08:00',
      data: { externalId: 'M1', level: '金卡' },
    });
    expect(couponRows(shop.db).map(({ templateId }) => templateId)).toEqual(['金卡礼']);
  });
});

test(`a card joins at most ${String(phonesMax)} phones: people who are asked for their phones beside a card for everybody stay apart`, async () => {
  const shop = await openShop();
  const phones = Array.from({ length: 6 }, (_, place) => `1391234548${String(place)}`);
  for (const [place, number] of phones.entries()) {
    await shop.tell(sale({ orderNo: `own${String(place)}`, member: { phone: number } }));
  }
  for (const [place, number] of phones.entries()) {
    await shop.tell(sale({ orderNo: `all${String(place)}`, member: { cardNo: '散客', phone: number } }));
  }
  const everybody = memberId(shop.db, 'card:pos:散客');
  const joined = phones.filter((number) => memberId(shop.db, `phone:${number}`) === everybody);
  expect(joined).toHaveLength(phonesMax);
  expect(inboxRows(shop.db).every(({ state }) => state === 'done')).toBe(true);
});
