/** K-61 超级会员 on the pages: a cashier sells, renews and undoes; the office sees what is paid back, and pays; the member reads it. */
import { expect, test } from 'vitest';
import { MerchantSettings } from '../../../schema/index.ts';
import { at, sale, store } from '../../support/builders.ts';
import { memberId, memberRows } from '../../support/shop.ts';
import { logIn, words, type Visitor } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const plans = [
  { name: '年卡', priceFen: 36_500, days: 365, refund: 'by-days' },
  { name: '月卡', priceFen: 3_000, months: 1 },
];
const settings = MerchantSettings.parse({ shopName: '阳光母婴', superMembership: { plans } });

type Front = Console & { readonly own: string; readonly cashier: Visitor };
async function open(): Promise<Front> {
  const opened = await openConsole({
    now: '2026-01-01 10:00',
    settings,
    stores: [store(), store({ id: 'S2' })],
  });
  const member = { externalId: 'M1', name: '周女士', openid: 'oZhou' };
  await opened.shop.tell(sale({ orderNo: 'x', at: '2026-01-01 09:00', member }));
  const cashier = await signInAs(opened, await employ(opened, 'cashier', { storeIds: ['8005'] }));
  return { ...opened, cashier, own: `/console/members/${String(memberId(opened.shop.db, 'ext:pos:M1'))}` };
}
const plain = async (visitor: Visitor, path: string): Promise<string> =>
  words(await visitor.get(path)).replaceAll(' ', '');
const sold = { plan: '年卡', storeId: '8005', saleNo: 'C1' };

test('a cashier sells one, the same form twice is one, and undoes it within the day; another store is refused', async () => {
  const { own, cashier, send, shop } = await open();
  expect(words(await cashier.get(`${own}/super`))).toContain('年卡：365 元，365 天');
  for (const _ of [1, 2])
    expect((await send(`${own}/super`, sold, cashier)).location).toBe(`${own}?said=super.sell`);
  const page = await plain(cashier, own);
  for (const part of ['超级会员到12月31日', '买过1次', '续费', '撤销', '现在退364元'])
    expect(page).toContain(part);
  expect(page).not.toContain('/super-refund');
  expect((await send(`${own}/super`, { ...sold, storeId: 'S2', saleNo: 'C2' }, cashier)).status).toBe(409);
  const undo = await cashier.get(`${own}/super-undo`);
  expect(words(undo)).toContain('退 365 元');
  expect((await send(`${own}/super-undo`, { membershipId: '36500@:C1' }, cashier)).location).toBe(
    `${own}?said=super.undo`,
  );
  expect(memberRows(shop.db)[0]?.superUntil).toBeNull();
  expect(await plain(cashier, own)).toContain('退了365元');
});

test('the office is shown 265.00 before it pays back, is asked once more, and refused when the sum has changed meanwhile', async () => {
  const opened = await open();
  const { own, shop, cashier, boss } = opened;
  await opened.send(`${own}/super`, sold, cashier);
  expect((await cashier.get(`${own}/super-refund`)).status).toBe(403);
  shop.clock.now = at('2026-04-10 18:00');
  const owner = await signInAs(opened, boss);
  const send = (path: string, fields: Record<string, string>) => opened.send(path, fields, owner);
  expect(words(await owner.get(`${own}/super-refund`))).toContain('退 265 元');
  const asked = { membershipId: '26500@:C1', reason: '不想要了' };
  expect(words(await send(`${own}/super-refund`, asked))).toContain('退给顾客 265元');
  shop.clock.now = at('2026-04-11 00:00');
  expect(words(await send(`${own}/super-refund`, { ...asked, isSure: 'yes' }))).toContain('金额刚刚变了');
  shop.clock.now = at('2026-04-10 23:59');
  expect((await send(`${own}/super-refund`, { ...asked, isSure: 'yes' })).location).toBe(
    `${own}?said=super.refund`,
  );
  expect(await plain(owner, own)).toContain('4月10日23:59到期了');
  expect(words(await owner.get('/console/audit'))).toContain('退超级会员');
});

test('a plan is drawn up on the settings page, and stands on the form of a sale and on the member’s page', async () => {
  const { own, send, owner, cashier, visitor, ...pages } = await open();
  const path = '/console/settings/super-membership';
  expect(words(await owner.get(path))).toContain('按剩下的整天退（不足一分的舍去）');
  const plan = { name: '季卡', priceFen: '88', days: '', months: '3', refund: 'none', refundWithinDays: '7' };
  const fields = Object.entries(plan).map(([name, value]) => [`superMembership.plans[0].${name}`, value]);
  const saved = await send(path, { ...Object.fromEntries(fields), 'superMembership.plans~count': '1' });
  expect(saved.location).toBe(`${path}?said=saved`);
  expect(words(await cashier.get(`${own}/super`))).toContain('季卡：88 元，3 个月');
  const zhou = visitor();
  await logIn({ visitor, ...pages } as never, zhou, 'oZhou');
  expect(await plain(zhou, '/m/')).toContain('超级会员期限和方案');
  expect(await plain(zhou, '/m/super')).toContain('您还不是超级会员。到店里就能开通。');
  await send(`${own}/super`, { ...sold, plan: '季卡' }, cashier);
  expect(await plain(zhou, '/m/')).toContain('超级会员到3月31日。');
  const page = await plain(zhou, '/m/super');
  for (const part of ['您是超级会员，到3月31日。', '季卡·有效', '1月1日10:00到3月31日', '实付88元；不退款'])
    expect(page).toContain(part);
  expect((await owner.get(path)).text).toContain('季卡');
});

test('a coupon that ends with the membership is drawn up by its choice alone', async () => {
  const { send, shop } = await open();
  const made = await send('/console/coupons/new', {
    kind: 'cash',
    name: '超级会员券',
    valueFen: '10',
    minSpendFen: '0',
    'validity.~shape': 'superMember',
  });
  expect(made.location).toContain('/console/coupons');
  expect(JSON.stringify(shop.db.all('SELECT definition FROM coupon_templates'))).toContain('superMember');
});
