/** 会员识别: one person, whichever of their numbers the till happened to send. */
import { describe, expect, test } from 'vitest';
import { readRecipients } from '../../../workers/db/outbox/recipients.ts';
import { identityKeys } from '../../../workers/decide/members/who/identity-keys.ts';
import { campaign, line, refund, sale, template, type Body } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  inboxRows,
  ledgerFaults,
  memberId,
  memberRows,
  openShop,
  outboxRows,
  saleRows,
} from '../../support/shop.ts';

const welcome = {
  campaigns: [
    campaign('welcome', {
      trigger: 'member.created',
      rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
    }),
  ],
  templates: [template('新人券')],
};

const merged = (from: object, into: object, id = 'merge-1'): Body => ({
  type: 'member.merged',
  id,
  occurredAt: '2026-11-23T10:00:00+08:00',
  data: { from, into },
});

describe('which numbers name a member', () => {
  test('a card, a customer number, an openid and a phone each name the member, the till’s own numbers within its namespace', () => {
    const ref = { externalId: 'M1', cardNo: '11', phone: '13912345487', unionid: 'u', openid: 'o' };
    expect(identityKeys(ref, 'pos')).toEqual([
      'ext:pos:M1',
      'card:pos:11',
      'unionid:u',
      'openid:o',
      'phone:13912345487',
    ]);
  });

  test('customer number 0, an empty card and a phone with stars name nobody', () => {
    expect(identityKeys({ externalId: '0', cardNo: '', phone: '139****5487' }, 'pos')).toEqual([]);
  });
});

describe('members come to exist', () => {
  test('a sale to a masked phone makes no member and still counts as a sale', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: { phone: '139****5487', name: '李' } }));
    expect({ members: memberRows(shop.db), inbox: inboxRows(shop.db).map(({ state }) => state) }).toEqual({
      members: [],
      inbox: ['done'],
    });
  });

  test('a sale corrected to another new member leaves two members, and the points with the second', async () => {
    const shop = await openShop(welcome);
    await shop.tell(sale({ member: { externalId: 'A', phone: '13900000001' } }));
    await shop.tell(sale({ version: '2', member: { externalId: 'B', phone: '13900000002' } }));
    expect(memberId(shop.db, 'ext:pos:A')).not.toBe(memberId(shop.db, 'ext:pos:B'));
    expect([balanceOf(shop.db, 'ext:pos:A'), balanceOf(shop.db, 'ext:pos:B')]).toEqual([0, 100]);
    expect(
      memberRows(shop.db)
        .map(({ phone, orders }) => `${String(phone)}: ${String(orders)}`)
        .toSorted(),
    ).toEqual(['13900000001: 0', '13900000002: 1']);
    expect(
      couponRows(shop.db)
        .map(({ memberId: owner }) => owner)
        .toSorted(),
    ).toEqual(['A', 'B'].map((name) => memberId(shop.db, `ext:pos:${name}`)).toSorted());
  });

  test('a return without a receipt makes nobody a member, by card or by phone, and gives no gift', async () => {
    const shop = await openShop(welcome);
    await shop.tell(
      refund({ refundNo: 'R1', scope: 'no_original', member: { externalId: 'A' }, refundedFen: 1_000 }),
      refund({ refundNo: 'R2', scope: 'no_original', member: { phone: '13912345487' }, refundedFen: 1_000 }),
    );
    expect(inboxRows(shop.db).map(({ state, note }) => [state, note])).toEqual([
      ['done', null],
      ['done', null],
    ]);
    expect([memberRows(shop.db), couponRows(shop.db)]).toEqual([[], []]);
  });

  test('a merger into a number that nobody has yet makes no newcomer: the member keeps everything and gets it as well', async () => {
    const shop = await openShop(welcome);
    await shop.tell(sale({ member: { externalId: 'A' } }));
    const [before] = memberRows(shop.db);
    await shop.tell(merged({ externalId: 'A' }, { externalId: 'B', phone: '13912345487' }));
    expect(memberRows(shop.db).map(({ id }) => id)).toEqual([before?.id]);
    expect(memberId(shop.db, 'ext:pos:B')).toBe(before?.id);
    expect([balanceOf(shop.db, 'ext:pos:B'), couponRows(shop.db).length]).toEqual([100, 1]);
  });
});

describe('two members turn out to be one', () => {
  test('a phone and a card sent together join the member of each: points, coupons and orders add up', async () => {
    const shop = await openShop(welcome);
    await shop.tell(
      sale({ orderNo: '1', at: '2026-11-20 10:00', member: { phone: '13912345487' } }),
      sale({ orderNo: '2', at: '2026-11-21 10:00', member: { cardNo: '11' } }),
    );
    await shop.tell(sale({ orderNo: '3', member: { cardNo: '11', phone: '13912345487' } }));
    const survivor = memberId(shop.db, 'card:pos:11');
    expect(memberId(shop.db, 'phone:13912345487')).toBe(survivor);
    expect(balanceOf(shop.db, 'card:pos:11')).toBe(300);
    const members = memberRows(shop.db).map(({ id, orders, spentFen, mergedInto }) => ({
      id,
      orders,
      spentFen,
      mergedInto,
    }));
    expect(members.find(({ id }) => id === survivor)).toEqual({
      id: survivor,
      orders: 3,
      spentFen: 30_000,
      mergedInto: null,
    });
    expect(
      members.filter(({ id }) => id !== survivor).map(({ orders, mergedInto }) => [orders, mergedInto]),
    ).toEqual([[0, survivor]]);
    expect(couponRows(shop.db).map(({ memberId: owner }) => owner)).toEqual([survivor, survivor]);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });

  test('two members with different cards are not joined by a shared phone', async () => {
    const shop = await openShop();
    await shop.tell(
      sale({ orderNo: '1', member: { cardNo: '11', phone: '13912345487' } }),
      sale({ orderNo: '2', member: { cardNo: '12' } }),
      sale({ orderNo: '3', member: { cardNo: '12', phone: '13912345487' } }),
    );
    expect(memberId(shop.db, 'card:pos:11')).not.toBe(memberId(shop.db, 'card:pos:12'));
    expect([balanceOf(shop.db, 'card:pos:11'), balanceOf(shop.db, 'card:pos:12')]).toEqual([100, 200]);
  });

  test('a registration, a purchase and a merger told in one group are decided in one group', async () => {
    const shop = await openShop({ ...welcome, plans: [] });
    const batchesBefore = shop.db.counts.batches;
    await shop.post(
      sale({ orderNo: '1', member: { externalId: 'A' } }),
      merged({ externalId: 'A' }, { phone: '13912345487' }),
    );
    await shop.post(
      sale({ orderNo: '2', member: { cardNo: '7' } }),
      merged({ externalId: 'A' }, { cardNo: '7' }, 'merge-2'),
    );
    await shop.work();
    expect(inboxRows(shop.db).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
    expect(memberId(shop.db, 'card:pos:7')).toBe(memberId(shop.db, 'ext:pos:A'));
    // Two requests, then: find, configuration, read, write, and once more find nothing.
    expect(shop.db.counts.batches - batchesBefore).toBeLessThanOrEqual(9);
  });

  test('three members that become one in the same moment leave nothing behind with the first two', async () => {
    const shop = await openShop(welcome);
    await shop.tell(
      sale({ orderNo: '1', at: '2026-11-20 10:00', member: { externalId: 'A', openid: 'open-a' } }),
      sale({ orderNo: '2', at: '2026-11-19 10:00', member: { cardNo: '7' } }),
      sale({ orderNo: '3', at: '2026-11-18 10:00', member: { phone: '13912345487' } }),
    );
    await shop.tell(
      merged({ externalId: 'A' }, { cardNo: '7' }),
      merged({ externalId: 'A' }, { phone: '13912345487' }, 'merge-2'),
    );
    const last = memberId(shop.db, 'phone:13912345487');
    const owners = [
      ...saleRows(shop.db).map(({ memberId: owner }) => owner),
      ...couponRows(shop.db).map(({ memberId: owner }) => owner),
      memberId(shop.db, 'ext:pos:A'),
      memberId(shop.db, 'card:pos:7'),
    ];
    expect(owners).toEqual(owners.map(() => last));
    expect(balanceOf(shop.db, 'ext:pos:A')).toBe(300);
    // What was to be said to the first of them still finds its way.
    const messages = outboxRows(shop.db);
    const recipients = await readRecipients(shop.db, messages, shop.clock.now);
    expect(messages.map((message) => recipients.of(message).openid)).toEqual(['open-a']);
  });

  test('a return after the merger takes the points from the member that survived', async () => {
    const shop = await openShop();
    await shop.tell(
      sale({ orderNo: '1', member: { phone: '13912345487' } }),
      sale({ orderNo: '2', member: { cardNo: '11' } }),
    );
    await shop.tell(merged({ phone: '13912345487' }, { cardNo: '11' }));
    await shop.tell(refund({ orderNo: '1' }));
    expect(balanceOf(shop.db, 'card:pos:11')).toBe(100);
    expect(ledgerFaults(shop.db)).toEqual([]);
  });
});

describe('a member leaves', () => {
  test('everything personal goes, the ledger stays, and no message goes out any more', async () => {
    const shop = await openShop();
    await shop.tell(sale({ member: { externalId: 'A', phone: '13912345487', name: '李', openid: 'o-1' } }));
    const messagesBefore = outboxRows(shop.db).length;
    const id = memberId(shop.db, 'ext:pos:A');
    await shop.tell({
      type: 'member.deleted',
      id: 'del',
      occurredAt: '2026-11-23T10:00:00+08:00',
      data: { externalId: 'A' },
    });
    const [member] = memberRows(shop.db);
    expect({ name: member?.name, phone: member?.phone }).toEqual({ name: null, phone: null });
    expect(shop.db.all(`SELECT key FROM identities`)).toEqual([]);
    expect(shop.db.all(`SELECT balance FROM ledger WHERE member_id = ? AND account = 'points'`, id)).toEqual([
      { balance: 100 },
      // What she leaves is owed to nobody any more.
      { balance: 0 },
    ]);
    await shop.tell(refund({ lines: [line({ originalLineNo: '1', amountFen: 5_000 })] }));
    expect(outboxRows(shop.db)).toHaveLength(messagesBefore);
  });
});
