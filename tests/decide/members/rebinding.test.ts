/** 换绑: a code proves whose a phone is, and what opened a member's page before opens it no more. */
import { describe, expect, test } from 'vitest';
import { join, type Joined, type Joining } from '../../../workers/commands/members/join.ts';
import { campaign, sale, template } from '../../support/builders.ts';
import {
  balanceOf,
  couponRows,
  memberId,
  memberRows,
  openShop,
  outboxRows,
  type Shop,
} from '../../support/shop.ts';

const [phone, newPhone] = ['13912345487', '13800138000'];
let proofs = 0;

function proves(shop: Shop, given: Partial<Joining> = {}): Promise<Joined> {
  proofs += 1;
  const joining: Joining = {
    proofId: `rebinding${String(proofs)}`,
    openid: 'oOld',
    unionid: null,
    phone,
    name: null,
    children: [],
    birthdayOn: null,
    isRebinding: false,
    invitation: { guide: null, source: null },
    ...given,
  };
  return join(shop.engine, joining, shop.clock.now);
}

const keys = ({ db }: Shop): string[] =>
  db.all(`SELECT key FROM identities ORDER BY key`).map(({ key }) => String(key));
const records = ({ db }: Shop): unknown[] =>
  db.all(`SELECT kind, channel, text FROM contacts ORDER BY seq`).map((row) => Object.values(row));

/** A member with 100 points, who registered with the old WeChat. */
async function registered(): Promise<Shop> {
  const shop = await openShop({
    templates: [template('新人券')],
    campaigns: [
      campaign('新人礼', {
        trigger: 'member.joined',
        conditions: [],
        rewards: [{ kind: 'coupon', templateId: '新人券', count: 1 }],
      }),
    ],
  });
  await shop.tell(sale({ member: { externalId: 'M1', phone } }));
  expect(await proves(shop)).toBe('joined');
  return shop;
}

describe('a new WeChat', () => {
  test('is asked back first: the phone may have been handed on', async () => {
    const shop = await registered();
    expect(await proves(shop, { openid: 'oNew' })).toBe('bound');
    expect(keys(shop)).toEqual(['ext:pos:M1', 'openid:oOld', `phone:${phone}`]);
  });

  test('replaces the old one on the person’s word and the code: same member, same 100 points, no second gift', async () => {
    const shop = await registered();
    expect(await proves(shop, { openid: 'oNew', isRebinding: true })).toBe('joined');
    expect(keys(shop)).toEqual(['ext:pos:M1', 'openid:oNew', `phone:${phone}`]);
    expect([balanceOf(shop.db, 'openid:oNew'), couponRows(shop.db).length]).toEqual([100, 1]);
  });

  test('is told to the old one, and kept on record', async () => {
    const shop = await registered();
    await proves(shop, { openid: 'oNew', isRebinding: true });
    const told = outboxRows(shop.db).filter(({ openid }) => openid === 'oOld');
    expect(told.map(({ payload }) => String(payload['text']).includes('换绑到另一个微信'))).toEqual([true]);
    expect(records(shop)).toEqual([['rebound', 'wechat', '会员用短信验证码换绑了微信。']]);
  });

  test('of somebody who registered with it under another number joins both: one person, by both proofs', async () => {
    const shop = await registered();
    await proves(shop, { openid: 'oNew', phone: newPhone });
    await proves(shop, { openid: 'oNew', isRebinding: true });
    expect(memberId(shop.db, 'openid:oNew')).toBe(memberId(shop.db, 'ext:pos:M1'));
    expect(keys(shop)).not.toContain('openid:oOld');
    expect(balanceOf(shop.db, 'openid:oNew')).toBe(100);
  });

  test('does not take the points of somebody with another card', async () => {
    const shop = await registered();
    await shop.tell(sale({ orderNo: 'B', member: { externalId: 'M2', phone: newPhone } }));
    await proves(shop, { openid: 'oNew', phone: newPhone });
    expect(await proves(shop, { openid: 'oNew', isRebinding: true })).toBe('taken');
    expect(memberId(shop.db, 'openid:oOld')).toBe(memberId(shop.db, 'ext:pos:M1'));
  });
});

describe('a new phone', () => {
  test('proven by who is logged in replaces the old one, which may have a new owner tomorrow', async () => {
    const shop = await registered();
    expect(await proves(shop, { phone: newPhone })).toBe('joined');
    expect(keys(shop)).toEqual(['ext:pos:M1', 'openid:oOld', `phone:${newPhone}`]);
    expect(memberRows(shop.db)).toMatchObject([{ phone: newPhone }]);
    expect(records(shop)).toEqual([
      ['rebound', 'wechat', '会员用短信验证码把手机号从 139****5487 换成 138****8000。'],
    ]);
    // The next owner of the old number is somebody new.
    expect(await proves(shop, { openid: 'oNextOwner' })).toBe('joined');
    expect(balanceOf(shop.db, 'openid:oNextOwner')).toBe(0);
  });

  test('brings what the till knows under it, and no second gift', async () => {
    const shop = await registered();
    await shop.tell(sale({ orderNo: 'B', member: { phone: newPhone } }));
    await proves(shop, { phone: newPhone });
    expect(balanceOf(shop.db, 'openid:oOld')).toBe(200);
    expect(couponRows(shop.db)).toHaveLength(1);
  });
});

describe('what a till says opens no page', () => {
  test('a phone that a cashier typed beside a member’s card belongs to whoever proves it, and shows them nothing of the member', async () => {
    const shop = await registered();
    await shop.tell(sale({ orderNo: 'B', member: { externalId: 'M1', phone: newPhone } }));
    expect(memberId(shop.db, `phone:${newPhone}`)).toBe(memberId(shop.db, 'ext:pos:M1'));
    expect(await proves(shop, { openid: 'oCashier', phone: newPhone })).toBe('joined');
    expect([balanceOf(shop.db, 'openid:oCashier'), balanceOf(shop.db, 'openid:oOld')]).toEqual([0, 200]);
  });

  test('a number that a code proved is not changed by what a till tells afterwards', async () => {
    const shop = await registered();
    await shop.tell({
      type: 'member.updated',
      id: 'u1',
      occurredAt: '2026-11-22T15:00:00+08:00',
      data: { externalId: 'M1', phone: newPhone },
    });
    expect(memberRows(shop.db)).toMatchObject([{ phone }]);
    expect(await proves(shop, { openid: 'oCashier', phone: newPhone, isRebinding: true })).toBe('joined');
    expect(memberId(shop.db, 'openid:oOld')).toBe(memberId(shop.db, 'ext:pos:M1'));
  });
});
