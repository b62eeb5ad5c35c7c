/** 散客: a number that a till sends for everybody is noticed, and once it is listed it names nobody. */
import { describe, expect, test } from 'vitest';
import { salesPerHourMax } from '../../../workers/decide/members/everybody.ts';
import { sale, type Body } from '../../support/builders.ts';
import { balanceOf, inboxRows, memberRows, openShop, saleRows, type Shop } from '../../support/shop.ts';

const alerts = ({ db }: Shop): string[] =>
  db.all(`SELECT text FROM alerts WHERE kind = 'member.everybody'`).map(({ text }) => String(text));

const salesOf = (member: object, count: number, hour = '14'): Body[] =>
  Array.from({ length: count }, (_, place) =>
    sale({ orderNo: `${hour}-${String(place)}`, at: `2026-11-22 ${hour}:${String(10 + place)}`, member }),
  );

describe('a number with many buyers', () => {
  test.each([['散客'], ['000000'], ['wechat']])(
    '“%s” is said to the shop once, with what to do',
    async (cardNo) => {
      const shop = await openShop();
      await shop.tell(...salesOf({ cardNo }, 30));
      expect(alerts(shop)).toHaveLength(1);
      expect(alerts(shop)[0]).toContain(`“${cardNo}”`);
      expect(alerts(shop)[0]).toContain('nobody');
    },
  );

  test('is not said of seven sales in an hour, nor of as many as you like over the day', async () => {
    const shop = await openShop();
    await shop.tell(...salesOf({ cardNo: '11' }, salesPerHourMax, '09'));
    await shop.tell(...salesOf({ cardNo: '11' }, salesPerHourMax, '10'));
    expect(alerts(shop)).toEqual([]);
    await shop.tell(sale({ orderNo: 'one more', at: '2026-11-22 10:59', member: { cardNo: '11' } }));
    expect(alerts(shop)).toHaveLength(1);
  });

  test('that may be somebody’s is shown by its ends alone', async () => {
    const shop = await openShop();
    await shop.tell(...salesOf({ phone: '13912345487' }, 8));
    expect(alerts(shop)[0]).toContain('“13****87”');
    expect(alerts(shop)[0]).not.toContain('13912345487');
  });
});

describe('a number that the shop has listed', () => {
  const listed = { settings: { nobody: ['散客', '13800000000', 'GUEST'] } };

  test('names nobody, as card, customer number or phone: the sale counts, and no member is made', async () => {
    const shop = await openShop(listed);
    await shop.tell(
      sale({ orderNo: '1', member: { cardNo: '散客' } }),
      sale({ orderNo: '2', member: { externalId: 'GUEST' } }),
      sale({ orderNo: '3', member: { phone: '138 0000 0000' } }),
    );
    expect(memberRows(shop.db)).toEqual([]);
    expect(saleRows(shop.db).map((sold) => sold.memberId)).toEqual([null, null, null]);
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  test('needs nobody’s attention when the till tells its record', async () => {
    const shop = await openShop(listed);
    await shop.tell({
      type: 'member.updated',
      id: 'u1',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { cardNo: '散客', name: '散客' },
    });
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note?.code])).toEqual([
      ['ignored', 'MEMBER_UNNAMED'],
    ]);
    expect(memberRows(shop.db)).toEqual([]);
  });

  test('stands in nobody’s way: the phone beside it decides, and two customers stay two', async () => {
    const shop = await openShop(listed);
    await shop.tell(
      sale({ orderNo: '1', member: { cardNo: '散客', phone: '13912345487' } }),
      sale({ orderNo: '2', member: { cardNo: '散客', phone: '13912345488' } }),
    );
    expect([balanceOf(shop.db, 'phone:13912345487'), balanceOf(shop.db, 'phone:13912345488')]).toEqual([
      100, 100,
    ]);
  });

  test('is a walk-in from the moment it is listed, also when it was a member before', async () => {
    const shop = await openShop();
    await shop.tell(sale({ orderNo: '1', member: { cardNo: '散客' } }));
    const { putSettings, readSettings } = await import('../../../workers/db/shop/settings.ts');
    await putSettings(shop.db, { ...(await readSettings(shop.db)), nobody: ['散客'] });
    await shop.tell(sale({ orderNo: '2', member: { cardNo: '散客' } }));
    expect(saleRows(shop.db).map(({ orderNo, memberId }) => [orderNo, memberId === null])).toEqual([
      ['1', false],
      ['2', true],
    ]);
  });
});
