/** 注销与单据: whose an event is follows from what was decided about it; what comes after somebody was forgotten leaves nothing either. */
import { describe, expect, test } from 'vitest';
import { events, openAccount } from '../support/account.ts';
import { line, refund, rfc3339, sale } from '../support/builders.ts';
import { forgetAll, linesOf, speakingOf } from '../support/forgetting.ts';
import {
  balanceOf,
  inboxRows,
  memberId,
  memberRows,
  openShop,
  outboxRows,
  type Shop,
} from '../support/shop.ts';
import { items, openOffice } from '../api/support.ts';
import { at } from '../support/builders.ts';
import { run } from '../schedule/cron-support.ts';

const phone = '13866309097';
const wang = { externalId: 'W1', phone, name: '王秀英' };
const li = { externalId: 'L1', phone: '13912345487', name: '李建国' };
const wangs = ['王秀英', phone];

const deletion = (data: object, id = 'gone'): object => ({
  type: 'member.deleted',
  id,
  occurredAt: rfc3339('2026-11-23 10:00'),
  data,
});

async function forget(shop: Shop, data: object = { phone }): Promise<void> {
  await shop.tell(deletion(data));
  await forgetAll(shop);
}

const stateOf = ({ state, body }: ReturnType<typeof inboxRows>[number]) => [
  state,
  body === '' ? 'empty' : 'kept',
];
const states = (shop: Shop) => inboxRows(shop.db).map(stateOf);
const left = (shop: Shop): string[] => speakingOf(linesOf(shop.db), wangs);

describe('a word that everybody’s events contain', () => {
  test.each(['wechat', 'occurredAt', '天河店', '8005'])(
    'may be somebody’s number: with %s goes nobody else’s parked or waiting sale',
    async (word) => {
      const { shop, admin } = await openOffice();
      const payments = [{ method: 'wechat' as const, amountFen: 10_000 }];
      await shop.tell(sale({ orderNo: '1', member: { cardNo: word, externalId: word } }));
      await shop.tell(sale({ orderNo: '2', member: li, payments }));
      await shop.tell(sale({ orderNo: '2', id: 'other', member: li, payments, paidFen: 1 }));
      await shop.tell(
        refund({ orderNo: '3', refundNo: 'R3', member: li, lines: [line({ amountFen: 5_000 })] }),
      );
      await forget(shop, { cardNo: word });
      expect(states(shop).slice(1, 4)).toEqual([
        ['done', 'kept'],
        ['parked', 'kept'],
        ['waiting', 'kept'],
      ]);
      const [parked] = items(await admin('GET', '/events?state=parked'));
      expect((await admin('POST', `/events/${String(parked?.['id'])}/replay`)).status).toBe(200);
      await shop.tell(sale({ orderNo: '3', member: li }));
      expect(balanceOf(shop.db, 'ext:pos:L1')).toBe(150);
    },
  );
});

describe('an event', () => {
  test('says whose it is, whether it was applied, passed over or parked; what names nobody is nobody’s', async () => {
    const { shop, admin } = await openOffice();
    const lines = [line({ lineNo: '1' }), line({ lineNo: '1' })];
    await shop.tell(sale({ member: wang }), sale({ member: wang, id: 'again' }));
    await shop.tell(sale({ orderNo: '2', member: { phone }, lines }), sale({ orderNo: '3', member: null }));
    const id = memberId(shop.db, `phone:${phone}`);
    const told = items(await admin('GET', '/events'));
    expect(told.map(({ state, memberId: whose }) => [state, whose])).toEqual([
      ['done', null],
      ['parked', id],
      ['ignored', id],
      ['done', id],
    ]);
    expect(told[3]?.['effects']).toMatchObject({ memberId: id, points: 100 });
  });

  test('that moved a sale to somebody else is theirs, and what was told of it before is not', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: wang }));
    await shop.tell(sale({ version: '2', member: li }));
    await forget(shop);
    expect(states(shop)).toEqual([
      ['done', 'empty'],
      ['done', 'kept'],
      ['done', 'empty'],
    ]);
    expect(inboxRows(shop.db)[1]?.body).toContain('李建国');
  });

  test('decided in one group with the deletion goes with it, and nothing of it waits to be done', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: wang }), sale({ member: wang, id: 'b', paidFen: 1 }), deletion({ phone }));
    expect(states(shop)).toEqual([
      ['done', 'empty'],
      ['ignored', 'empty'],
      ['done', 'empty'],
    ]);
    expect(inboxRows(shop.db)[1]?.note).toEqual({ code: 'EMPTIED' });
    await forgetAll(shop);
    expect(left(shop)).toEqual([]);
  });

  test('about a forgotten member’s sale leaves no body when it is decided later, and still takes the points back', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: wang }));
    const id = memberId(shop.db, `phone:${phone}`);
    await forget(shop);
    await shop.tell({ ...refund({ refundedFen: 10_000 }), remark: `退给王秀英 ${phone}` });
    expect(left(shop)).toEqual([]);
    const points = shop.db.all(
      `SELECT sum(delta) AS n FROM ledger WHERE member_id = ? AND account = 'points'`,
      id,
    );
    expect(points).toEqual([{ n: 0 }]);
  });

  test('that was parked is not told again in the time between: it would make them known once more', async () => {
    const { shop, admin } = await openOffice();
    await shop.tell(sale({ member: wang }), sale({ member: wang, id: 'b', paidFen: 1 }));
    const [parked] = items(await admin('GET', '/events?state=parked'));
    await shop.tell(deletion({ phone }));
    await admin('POST', `/events/${String(parked?.['id'])}/replay`);
    await shop.work();
    expect(memberRows(shop.db)).toHaveLength(1);
    await forgetAll(shop);
    expect([left(shop), states(shop)[1]]).toEqual([[], ['ignored', 'empty']]);
  });

  test('whose body had gone with time keeps no phone number in its sender’s name for it', async () => {
    const shop = await openShop();
    await shop.tell(sale({ id: `member:phone:${phone}@1`, member: wang }));
    shop.db.all(`UPDATE inbox SET body = ''`);
    await forget(shop);
    expect(left(shop)).toEqual([]);
  });

  test('that names nobody and that nobody has dealt with is kept for 180 days', async () => {
    const { shop } = await openOffice();
    await shop.tell(sale({ member: wang }));
    await shop.tell({ ...sale({ orderNo: '2', member: wang, paidFen: 1 }), occurredAt: 'yesterday' });
    await shop.tell(sale({ member: wang, id: 'b', paidFen: 1 }));
    await run(shop, at('2027-05-21 03:00'));
    expect(states(shop)[1]).toEqual(['parked', 'kept']);
    // Half a year and a month after the last pass began.
    await run(shop, at('2027-06-21 03:00'));
    await run(shop, at('2027-06-21 03:01'));
    expect(states(shop).slice(1)).toEqual([
      ['parked', 'empty'],
      ['parked', 'kept'],
    ]);
  });
});

test('a message about somebody else is sent, whatever words of the forgotten stand in it', async () => {
  const shop = await openShop();
  const account = openAccount(shop);
  for (const openid of ['oLi', 'oWang']) await account.push(openid, events.follow());
  await shop.tell(sale({ member: { cardNo: 'points', openid: 'oWang' } }));
  await shop.tell(sale({ orderNo: '2', member: { ...li, openid: 'oLi' } }));
  await forget(shop, { cardNo: 'points' });
  const tellings = outboxRows(shop.db).filter(({ kind }) => kind !== 'reply');
  expect(tellings.map(({ state, payload }) => [state, JSON.stringify(payload) === '{}'])).toEqual([
    ['parked', true],
    ['pending', false],
  ]);
});
