/** 转赠 as the office sees it: whose the coupon is now, how it came there, and how it is taken back from there. */
import { expect, test } from 'vitest';
import { CouponId, MemberId, type IdentityKey } from '../../../schema/index.ts';
import { linkOf, offerCoupon, openLink, takeCoupon } from '../../../workers/commands/coupons/pass.ts';
import { split, unite } from '../../../workers/commands/members/merge.ts';
import { readCouponRow } from '../../../workers/db/coupons/coupons.ts';
import { newWord } from '../../../workers/pages/keys.ts';
import { campaign, line, refund, sale, spend, store, template } from '../../support/builders.ts';
import { couponRows, memberId, type Shop } from '../../support/shop.ts';
import { words } from '../support.ts';
import { openConsole, type Console } from './support.ts';

const li = { externalId: 'L', phone: '13912345487', name: '李女士' };
const zhao = { externalId: 'Z', phone: '13800001111', name: '赵女士' };

/** Ms Li has a coupon from a purchase of 200.00; Ms Zhao bought for little. */
async function opened(): Promise<Console> {
  const office = await openConsole({
    templates: [
      template('T5', { name: '五元券', valueFen: 500, transferable: true, perMember: 1, stock: 10 }),
    ],
    campaigns: [
      campaign('C1', {
        name: '满188送券',
        conditions: [spend(18_800)],
        rewards: [{ kind: 'coupon', templateId: 'T5', count: 1 }],
      }),
    ],
    stores: [store({ id: '8005' })],
  });
  await office.shop.tell(
    sale({ orderNo: '8005-1', member: li, lines: [line({ amountFen: 20_000 })] }),
    sale({ orderNo: '8005-2', member: zhao, lines: [line({ amountFen: 5_000 })] }),
  );
  return office;
}

async function offer({ engine, db, clock }: Shop): Promise<string> {
  const [coupon] = couponRows(db);
  if (!coupon) throw new Error('she has none');
  await offerCoupon(engine, { coupon, once: newWord().toLowerCase() }, clock.now);
  const life = await readCouponRow(db, coupon.id);
  return (life && (await linkOf(engine, life.coupon, clock.now))) ?? '';
}

async function pass(shop: Shop, link: string): Promise<void> {
  const { engine, clock } = shop;
  const seen = await openLink(engine, { link, key: 'ext:pos:Z' as IdentityKey }, clock.now);
  if (!seen?.memberId) throw new Error('the link leads nowhere');
  const done = await takeCoupon(engine, { coupon: seen.life.coupon, memberId: seen.memberId }, clock.now);
  expect(done).toMatchObject({ held: { coupon: { memberId: memberId(shop.db, 'ext:pos:Z') } } });
}

const find = async ({ send, owner }: Console, code: string): Promise<string> => {
  const { location } = await send('/console/find-coupon', { code }, owner);
  return location ?? '';
};

test('on its way it says so and until when; passed on, it is found by its new code alone, under the friend, with its whole life', async () => {
  const office = await opened();
  const { shop, owner } = office;
  const [{ id } = { id: CouponId.parse('none') }] = couponRows(shop.db);
  const link = await offer(shop);
  const waiting = words(await owner.get(await find(office, id)));
  for (const said of ['正在转给朋友', '前朋友可以收下', '会员发出转赠链接']) expect(waiting).toContain(said);
  await pass(shop, link);
  expect(await find(office, id)).toBe('');
  const address = await find(office, couponRows(shop.db)[0]?.code ?? '');
  expect(address).toContain(String(memberId(shop.db, 'ext:pos:Z')));
  const life = await owner.get(address);
  for (const said of ['由 另一位会员 转来，券码已换新', '满188送券', '朋友收下 转赠'])
    expect(words(life)).toContain(said);
  expect(life.text).toContain(`/console/members/${String(memberId(shop.db, 'ext:pos:L'))}`);
});

test('taken back by hand from the friend, it is hers no more: she may have one again, the stock too; the giver’s place stays used', async () => {
  const office = await opened();
  const { shop } = office;
  await pass(shop, await offer(shop));
  const address = await find(office, couponRows(shop.db)[0]?.code ?? '');
  const done = await office.send(`${address}/revoke`, {
    reason: '发错了',
    coupon: couponRows(shop.db)[0]?.id ?? '',
  });
  expect([done.status, done.location]).toEqual([303, `${address}?said=coupon-revoked`]);
  await shop.tell(
    sale({ orderNo: '8005-3', member: li, lines: [line({ amountFen: 20_000 })] }),
    sale({ orderNo: '8005-4', member: zhao, lines: [line({ amountFen: 20_000 })] }),
  );
  expect(couponRows(shop.db).map(({ state, memberId: whose }) => [state, whose])).toEqual([
    ['revoked', memberId(shop.db, 'ext:pos:Z')],
    ['issued', memberId(shop.db, 'ext:pos:Z')],
  ]);
  expect(shop.db.all(`SELECT issued FROM coupon_template_counters`)).toEqual([{ issued: 1 }]);
});

test('used by the friend before the sale that earned it came back, it is flagged; her own return then takes it for good', async () => {
  const { shop } = await opened();
  await pass(shop, await offer(shop));
  const couponCodes = [couponRows(shop.db)[0]?.code ?? ''];
  await shop.tell(
    sale({ orderNo: '8005-5', member: zhao, couponCodes, lines: [line({ amountFen: 6_000 })] }),
    refund({ orderNo: '8005-1', refundNo: 'R1', refundedFen: 20_000 }),
  );
  expect(couponRows(shop.db)).toMatchObject([{ state: 'used', flag: 'earned-by-returned-sale' }]);
  await shop.tell(refund({ orderNo: '8005-5', refundNo: 'R2', refundedFen: 6_000 }));
  expect(couponRows(shop.db)).toMatchObject([{ state: 'revoked' }]);
});

test('two cards made one by mistake and told apart again: who passed it on is who did it', async () => {
  const office = await opened();
  const { shop } = office;
  await shop.tell(sale({ orderNo: '8005-6', member: { externalId: 'W', phone: '13700002222' } }));
  const giver = MemberId.parse(memberId(shop.db, 'ext:pos:L'));
  const other = MemberId.parse(memberId(shop.db, 'ext:pos:W'));
  await pass(shop, await offer(shop));
  const pair = { fromId: giver, intoId: other } as const;
  const { engine, clock } = shop;
  expect(await unite(engine, { key: newWord().toLowerCase(), ...pair }, clock.now)).not.toHaveProperty(
    'refusal',
  );
  expect(couponRows(shop.db)[0]?.passedBy).toBe(other);
  await split(engine, { key: newWord().toLowerCase(), ...pair }, clock.now);
  expect(couponRows(shop.db)[0]?.passedBy).toBe(giver);
});
