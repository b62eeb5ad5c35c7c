/** 券的表单: each kind asks what it has to know, and a coupon without a cost is refused at its field, in words. */
import { expect, test } from 'vitest';
import { words } from '../support.ts';
import { openConsole } from './support.ts';

const drawn = {
  name: '券',
  minSpendFen: '0',
  'validity.~shape': 'relative',
  'validity.relative.afterDays': '0',
  'validity.relative.forDays': '30',
};
const giving = (templateId: string) => ({
  name: '满188送券',
  trigger: 'sale.completed',
  status: 'active',
  repeat: 'once',
  pick: 'best',
  'rewards~count': '1',
  'rewards[0].kind': 'coupon',
  'rewards[0].templateId': templateId,
  'rewards[0].count': '1',
});

test.each([
  ['gift', {}],
  ['experience', {}],
  ['percent', { payBps: '9' }],
])(
  'a %s without a cost cannot stand under a budget or be compared, and the form says so',
  async (kind, more) => {
    const { send, shop, owner } = await openConsole();
    const form = await owner.get('/console/coupons/new');
    expect(words(form)).toContain('就不能参加“送最值的一个”和有预算的活动');
    const made = await send('/console/coupons/new', { ...drawn, kind, ...more });
    expect(made.location).toBe('/console/coupons?said=created');
    const id = String(shop.db.all(`SELECT id FROM coupon_templates`)[0]?.['id']);
    for (const counted of [{ 'limits.budgetFen': '500' }, { group: '消费红包' }]) {
      const refused = await send('/console/campaigns/new', { ...giving(id), ...counted });
      expect([refused.status, words(refused)]).toEqual([422, expect.stringContaining('这张券没有填成本')]);
    }
    await send('/console/campaigns/new', giving(id));
    await send('/console/coupons/new', { ...drawn, kind, ...more, faceCostFen: '30' });
    const costed = shop.db.all(`SELECT id FROM coupon_templates WHERE id <> ?`, id)[0]?.['id'];
    await send('/console/campaigns/new', { ...giving(String(costed)), 'limits.budgetFen': '500' });
    expect(shop.db.all(`SELECT 1 FROM campaigns`)).toHaveLength(2);
  },
);

const presale = {
  ...drawn,
  kind: 'presale',
  name: '618 预售券',
  priceFen: '10',
  saleFrom: '2026-06-11T00:00',
  saleTo: '2026-06-18T00:00',
  valueFen: '20',
  furtherFromFen: '618',
  furtherOffFen: '61.8',
  ifUnused: 'keep',
};

test('K-56: a presale voucher is drawn up with its price, its window and its further sum; what does not fit is said at its field', async () => {
  const { send, owner, shop } = await openConsole();
  const late = words(await send('/console/coupons/new', { ...presale, saleTo: '2026-06-10T00:00' }));
  expect(late).toContain('要晚于开始卖的时间。');
  const dear = words(await send('/console/coupons/new', { ...presale, priceFen: '20' }));
  expect(dear).toContain('面值要比卖的钱多');
  const half = words(await send('/console/coupons/new', { ...presale, furtherFromFen: '' }));
  expect(half).toContain('要么都填，要么都不填');
  expect((await send('/console/coupons/new', presale)).location).toBe('/console/coupons?said=created');
  expect(shop.db.all(`SELECT 1 FROM coupon_templates`)).toHaveLength(1);
  const list = words(await owner.get('/console/coupons'));
  expect(list).toContain('预售券 20元');
  expect(list).toContain('满 618 元再减 61.80 元');
});
