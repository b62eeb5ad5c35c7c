/** 收银员说了不算: a till's token may say who somebody is, not let somebody in. */
import { describe, expect, test } from 'vitest';
import { campaign, sale, template } from '../../support/builders.ts';
import { couponRows, memberId, memberRows, rowCounts } from '../../support/shop.ts';
import { openOffice } from '../support.ts';

const phone = '13912345487';

describe('what a till may not say of a member', () => {
  test.each([
    ['openid', 'oCashier'],
    ['unionid', 'uCashier'],
    ['level', 'SVIP'],
    ['superUntil', '2099-01-01T00:00:00+08:00'],
  ])('%s is refused, by name, and nothing is written', async (field, value) => {
    const { pos, shop } = await openOffice();
    await shop.tell(sale({ member: { phone } }));
    const before = rowCounts(shop.db);
    const { json } = await pos('POST', '/members', { body: { phone, [field]: value } });
    expect(json).toMatchObject({ status: 403, code: 'insufficient_scope', field });
    expect(json['detail']).toContain('a till may say who somebody is, not let somebody in');
    expect(rowCounts(shop.db)).toEqual(before);
  });

  test('nor may it take a membership away by leaving it empty', async () => {
    const { admin, pos, shop } = await openOffice();
    await admin('POST', '/members', { body: { phone, superUntil: '2099-01-01T00:00:00+08:00' } });
    expect((await pos('POST', '/members', { body: { phone, superUntil: null, level: null } })).status).toBe(
      200,
    );
    expect(memberRows(shop.db)[0]?.superUntil).toBe(Date.parse('2099-01-01T00:00:00+08:00'));
  });

  test('two numbers, of the cashier with a WeChat and of a stranger, are not made one', async () => {
    const { pos, shop } = await openOffice();
    await shop.tell(
      sale({ orderNo: 'A', member: { externalId: 'CASHIER', openid: 'oCashier' } }),
      sale({ orderNo: 'B', member: { phone } }),
    );
    const { json } = await pos('POST', '/members', {
      body: { externalId: 'CASHIER', phone, source: 'till' },
    });
    expect(json).toMatchObject({ status: 403, code: 'insufficient_scope', field: 'phone' });
    expect(memberId(shop.db, 'openid:oCashier')).not.toBe(memberId(shop.db, `phone:${phone}`));
  });

  test('an associate is entered for a newcomer, and not changed for a member who has one', async () => {
    const { admin, pos } = await openOffice();
    for (const id of ['g7', 'g8']) await admin('PUT', `/associates/${id}`, { body: { name: id } });
    const enrolled = await pos('POST', '/members', { body: { phone, associateId: 'g7' } });
    expect([enrolled.status, enrolled.json['associate']]).toEqual([201, { id: 'g7', name: 'g7' }]);
    const { json } = await pos('POST', '/members', { body: { phone, associateId: 'g8' } });
    expect(json).toMatchObject({ status: 403, field: 'associateId' });
    expect((await pos('POST', '/members', { body: { phone, associateId: 'g7' } })).status).toBe(200);
  });
});

test('a mother entered by hand with a baby of 20 days gets what newborns get, not what is for no baby (K-08)', async () => {
  const gives = (templateId: string, stage: string) =>
    campaign(templateId, {
      trigger: 'member.created',
      conditions: [{ kind: 'stage', stages: [stage] }],
      rewards: [{ kind: 'coupon', templateId, count: 1 }],
    });
  const { pos, shop } = await openOffice({
    now: '2026-11-22 15:00',
    templates: [template('新生儿礼'), template('普通礼')],
    campaigns: [gives('新生儿礼', 'months-0-12'), gives('普通礼', 'none')],
  });
  await pos('POST', '/members', { body: { phone, children: [{ born: '2026-11-02' }] } });
  expect(couponRows(shop.db).map(({ templateId }) => templateId)).toEqual(['新生儿礼']);
});

test('a number that the shop has listed as nobody’s registers nobody', async () => {
  const { admin } = await openOffice({ settings: { nobody: ['散客'] } });
  const { json } = await admin('POST', '/members', { body: { cardNo: '散客' } });
  expect(json).toMatchObject({ status: 422, field: 'externalId' });
});
