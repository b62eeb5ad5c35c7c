import { expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { items, openOffice } from '../support.ts';

const coupon = {
  name: '满80减8',
  kind: 'cash',
  valueFen: 800,
  validity: { relative: { afterDays: 0, forDays: 7 } },
};

test('a coupon template is drawn up, listed, and counted only where it has a stock', async () => {
  const { admin, shop } = await openOffice();
  const { json } = await admin('POST', '/coupon-templates', { body: coupon });
  expect(json).toEqual({
    id: expect.stringMatching(/^t_[0-9a-z]{16}$/),
    ...coupon,
    minSpendFen: 0,
    scope: { include: [], exclude: [] },
    furtherFromFen: null,
    furtherOffFen: null,
    stores: null,
    stacksWith: 'none',
    perSale: null,
    stock: null,
    perMember: null,
    perMemberPerDay: null,
    perDay: null,
    associateQuota: null,
    reclaimAfterDays: 14,
    giveBack: true,
    onPartialReturn: 'keep',
    transferable: false,
    faceCostFen: null,
    coupons: { sent: 0, revoked: 0, used: 0, rate: null },
    createdAt: '2026-11-22T07:00:00.000Z',
  });
  shop.clock.now += 1;
  const percent = { ...coupon, kind: 'percent', valueFen: undefined, payBps: 9000, stock: 50 };
  const { json: stocked } = await admin('POST', '/coupon-templates', { body: percent });
  expect(items(await admin('GET', '/coupon-templates'))).toEqual([stocked, json]);
  expect(shop.db.all(`SELECT * FROM coupon_template_counters`)).toEqual([
    { template_id: stocked['id'], issued: 0, stock: 50 },
  ]);
  const wrong = await admin('POST', '/coupon-templates', { body: { ...coupon, validity: { relative: {} } } });
  expect(wrong.json).toMatchObject({ status: 422, field: 'validity' });
});

test('a coupon given by a campaign shows in the member’s hand with what it promises', async () => {
  const { admin, shop } = await openOffice();
  const { json: drawn } = await admin('POST', '/coupon-templates', { body: coupon });
  const templateId = drawn['id'];
  await admin('POST', '/campaigns', {
    body: { name: '满38送券', status: 'active', rewards: [{ kind: 'coupon', templateId, count: 2 }] },
  });
  await shop.tell(sale({ orderNo: 'A', at: '2026-11-22 15:00' }));
  const [member] = items(await admin('GET', '/members?externalId=M1'));
  const held = items(await admin('GET', `/members/${String(member?.['id'])}/coupons`));
  expect(held).toHaveLength(2);
  expect(held[0]).toMatchObject({
    state: 'issued',
    templateId,
    name: '满80减8',
    kind: 'cash',
    valueFen: 800,
    validFrom: '2026-11-22T07:00:00.000Z',
    validTo: '2026-11-28T16:00:00.000Z',
    saleId: 'pos:A',
  });
});
